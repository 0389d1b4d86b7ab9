"""One line in the log for each request and each WebSocket; queries and keys are left out."""

from __future__ import annotations

import time
from contextvars import ContextVar

from aiohttp import web
from msgspec import MsgspecError, Struct, json

from fillproof.harness.serve.aside import Aside, is_aside
from fillproof.harness.serve.log import Log
from fillproof.simulator.server import Handler

_LISTEN_KEY_LENGTH = 60
_NANOSECONDS_PER_MICROSECOND = 1000

_CONNECTION: ContextVar[str] = ContextVar("connection")


class _Frame(Struct):
    """What is written down of a frame; all else in it stays unread."""

    method: object = None
    status: object = None


class Watch:
    """Stands around the venue: sends each request to the venue or aside, and writes it down."""

    def __init__(self, aside: Aside, log: Log, weight_header: str) -> None:
        self._aside = aside
        self._log = log
        self._weight_header = weight_header
        self.requests = 0

    def around(self, venue: Handler) -> Handler:
        """Return the handler of all requests."""

        async def handle(request: web.BaseRequest) -> web.StreamResponse:
            self.requests += 1
            answer = self._aside.answer if is_aside(request.path) else venue
            if not self._log.is_on:
                return await answer(request)
            if request.headers.get("Upgrade", "").lower() == "websocket":
                return await self._socket(request, answer)
            return await self._request(request, answer)

        return handle

    def frame(self, text: str, reply: str) -> None:
        """Write down one request on a WebSocket; it is called by the task that serves it."""
        if self._log.is_on:
            asked, answered = _read(text), _read(reply)
            method = asked.method if isinstance(asked.method, str) else None
            self._log.say(
                "call", connection=_CONNECTION.get(), method=method, status=answered.status
            )

    async def _request(self, request: web.BaseRequest, answer: Handler) -> web.StreamResponse:
        begun = time.monotonic_ns()
        status: int | None = None
        weight = None
        try:
            response = await answer(request)
            status = response.status
            weight = response.headers.get(self._weight_header)
        except web.HTTPException as refusal:
            status = refusal.status
            raise
        finally:
            self._log.say(
                "request",
                **_who(request),
                status=status,
                used_weight=None if weight is None else int(weight),
                microseconds=(time.monotonic_ns() - begun) // _NANOSECONDS_PER_MICROSECOND,
            )
        return response

    async def _socket(self, request: web.BaseRequest, answer: Handler) -> web.StreamResponse:
        """Write down when a WebSocket begins and how it ends; a refused one has a status."""
        who = _who(request)
        _CONNECTION.set(str(who["connection"]))
        self._log.say("socket_begins", **who)
        response = None
        try:
            response = await answer(request)
        finally:
            ended = response if isinstance(response, web.WebSocketResponse) else None
            self._log.say(
                "socket_ends",
                **who,
                status=None if response is None else response.status,
                close_code=ended.close_code if ended else None,
            )
        return response


def _read(text: str) -> _Frame:
    try:
        return json.decode(text, type=_Frame)
    except MsgspecError:
        return _Frame()


def _who(request: web.BaseRequest) -> dict[str, object]:
    transport = request.transport
    peer = transport.get_extra_info("peername") if transport else None
    return {
        "connection": f"{peer[0]}:{peer[1]}" if peer else request.remote,
        "method": request.method,
        "path": "/".join(map(_shown, request.path.split("/"))),
    }


def _shown(part: str) -> str:
    """Return a part of a path; one that may be a listen key is left out."""
    return "..." if len(part) >= _LISTEN_KEY_LENGTH and "@" not in part else part
