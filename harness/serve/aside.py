"""What is answered beside the dialect, below /fillproof: health for all, words for this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any

from aiohttp import web

from fillproof.harness.serve.control import Control, NotNow, Wrong
from fillproof.harness.serve.words import WORDS

ROOT = "/fillproof"
HEALTH = f"{ROOT}/health"

_LONGEST_BODY = 65_536
_POSTS = {f"{ROOT}/{word}": word for word in WORDS}
_ALLOWED = ", ".join((f"GET {HEALTH}", *(f"POST {path}" for path in _POSTS)))


class Aside:
    """Answers what is below /fillproof; no dialect has such a path."""

    def __init__(self, health: Callable[[], dict[str, Any]], control: Control) -> None:
        self._health = health
        self._control = control

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer a request; every mistake of the asker has a status of 4xx and one sentence."""
        if request.path == HEALTH:
            if request.method == "GET":
                return _json(200, self._health())
            return _error(405, f"{request.method} {HEALTH}; GET is allowed")
        word = _POSTS.get(request.path)
        if word is None:
            return _error(404, f"there is no {request.path}; allowed: {_ALLOWED}")
        if request.method != "POST":
            return _error(405, f"{request.method} {request.path}; POST is allowed")
        if not is_local(request.remote):
            return _error(403, f"{request.path} is only for this machine itself")
        return await self._say(word, request)

    async def _say(self, word: str, request: web.BaseRequest) -> web.Response:
        # A page of another origin cannot send this type unasked, so no page drives the venue.
        if request.content_type != "application/json":
            wanted = "send JSON with Content-Type: application/json"
            return _error(400, f"Content-Type {request.content_type}; {wanted}")
        if (request.content_length or 0) > _LONGEST_BODY:
            text = f"a body of {request.content_length} bytes; at most {_LONGEST_BODY} are allowed"
            return _error(400, text)
        try:
            return _json(200, self._control.say(word, await request.read()))
        except Wrong as wrong:
            return _error(400, str(wrong))
        except NotNow as not_now:
            return _error(409, str(not_now))


def is_aside(path: str) -> bool:
    """Return whether a path is not the dialect's."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def is_local(address: str | None) -> bool:
    """Return whether an IP address is of this machine's loopback."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped.is_loopback
    return parsed.is_loopback


def _json(status: int, value: Any) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(value).encode(), content_type="application/json"
    )


def _error(status: int, text: str) -> web.Response:
    return _json(status, {"error": text})
