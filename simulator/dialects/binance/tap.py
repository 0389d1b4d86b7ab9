"""The wire tap's side of the dialect: the channel of each unit, its message and its facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final
from urllib.parse import parse_qsl

from fillproof.simulator.dialects.binance import endpoints
from fillproof.simulator.dialects.binance.door.frames import Frame, read_frame
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.facts import Fact, FactReader
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.protocol import Json, WireUnit

CONTROL: Final = "control"
USER_STREAM: Final = "user_stream"
PUBLIC_STREAM: Final = "public_stream"
API_PATH: Final = "/ws-api/v3"

_TEXT = 1
_CLOSE = 8
_FRAME_NAMES = {0: "continuation", 2: "binary", _CLOSE: "close", 9: "ping", 10: "pong"}
_FIRST_ERROR_STATUS = 400
_KEPT = 64
_EXACT = json.JSONDecoder(parse_float=str)
_EVENT_START = b'{"subscriptionId"'
_LISTENED = re.compile(
    rb'\{"e":"(executionReport|outboundAccountPosition|balanceUpdate|listStatus|listenKeyExpired)"'
    rb'|\{"stream":"[0-9a-f]{64}"'
)
"""User data as a listen key brings it: on its own, or under the key as the stream's name."""

_STREAM_REPLY_STARTS = (b'{"result"', b'{"error"')


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request frame: what its reply will be about."""

    role: str | None
    parameters: Mapping[str, Json]


_NOBODY_ASKED = _Asked(None, {})


class Tap:
    """Remembers, for each connection to the WebSocket API, which request has which id."""

    def __init__(self, markets: Markets) -> None:
        self._facts = FactReader(markets)
        self._asked: dict[tuple[str, str], _Asked] = {}

    def channel(self, unit: WireUnit) -> str:
        """Return the channel; a request frame is remembered for its reply."""
        if unit.form != "frame":
            request = unit if unit.form == "request" else unit.request
            return channel_of(_http_role(request), unit.form == "request")
        if unit.opcode != _TEXT:
            return CONTROL
        if not _is_api(unit):
            return _stream_channel(unit)
        if unit.direction == "c2v":
            return channel_of(self._remember(unit).role, is_request=True)
        if unit.body.startswith(_EVENT_START):
            return USER_STREAM
        return channel_of(self._recall(unit, _json(unit.body)).role, is_request=False)

    def message(self, unit: WireUnit) -> dict[str, Json]:
        """Return the unit decoded."""
        if unit.form == "request":
            path = unit.path.partition("?")[0]
            return {"method": unit.method, "path": path, "parameters": _parameters(unit)}
        if unit.form == "response":
            return {"status": unit.status, "body": _json(unit.body)}
        if unit.opcode == _TEXT:
            message = _json(unit.body)
            return message if isinstance(message, dict) else {"frame": "text", "data": message}
        return _control_message(unit)

    def facts(self, unit: WireUnit) -> list[Fact]:
        """Return what a unit from the venue states."""
        if unit.direction != "v2c":
            return []
        if unit.form == "response":
            return self._reply_facts(unit, _json(unit.body))
        if unit.opcode != _TEXT:
            return []
        if _is_api(unit):
            return self._frame_facts(unit, _json(unit.body))
        if _LISTENED.match(unit.body):
            event = _json(unit.body)
            return self._facts.of_event(event.get("data", event))
        return []

    def _frame_facts(self, unit: WireUnit, message: Json) -> list[Fact]:
        if not isinstance(message, dict):
            return []
        if "event" in message:
            return self._facts.of_event(message["event"])
        asked = self._recall(unit, message)
        if asked.role is None:
            return []
        if "error" in message:
            status = message["status"]
            return self._facts.of_error(asked.role, asked.parameters, status, message["error"])
        return self._facts.of_result(asked.role, message.get("result"))

    def _reply_facts(self, unit: WireUnit, message: Json) -> list[Fact]:
        role = _http_role(unit.request)
        if role is None or unit.request is None:
            return []
        if unit.status >= _FIRST_ERROR_STATUS:
            return self._facts.of_error(role, _parameters(unit.request), unit.status, message)
        return self._facts.of_result(role, message)

    def _remember(self, unit: WireUnit) -> _Asked:
        frame = frame_of(unit.body.decode("utf-8", "replace"))
        if frame is None:
            return _NOBODY_ASKED
        asked = _Asked(frame_role(frame), frame.parameters)
        self._asked[unit.connection, json.dumps(frame.id)] = asked
        return asked

    def _recall(self, unit: WireUnit, reply: Json) -> _Asked:
        number = reply.get("id") if isinstance(reply, dict) else None
        return self._asked.get((unit.connection, json.dumps(number)), _NOBODY_ASKED)


def _stream_channel(unit: WireUnit) -> str:
    """Return the channel of a text frame of the stream hosts."""
    if unit.direction == "c2v" or unit.body.startswith(_STREAM_REPLY_STARTS):
        return CONTROL
    return USER_STREAM if _LISTENED.match(unit.body) else PUBLIC_STREAM


def channel_of(role: str | None, is_request: bool) -> str:
    """Return the channel of a request or reply of this role."""
    if role is None:
        return CONTROL
    return f"{role}_request" if is_request else f"{role}_reply"


def rest_role(method: str, path: str) -> str | None:
    """Return the role of a request, if it is any endpoint's."""
    endpoint = endpoints.REST.get((method, path))
    return None if endpoint is None else endpoint.role


def frame_of(text: str) -> Frame | None:
    """Return a request frame, or None when it is no request."""
    try:
        return read_frame(text)
    except Refusal:
        return None


def frame_role(frame: Frame) -> str | None:
    """Return the role of a request frame; session methods have none."""
    endpoint = endpoints.METHODS.get(frame.method)
    return None if endpoint is None else endpoint.role


def _http_role(request: WireUnit | None) -> str | None:
    return None if request is None else rest_role(request.method, request.path.partition("?")[0])


def _is_api(unit: WireUnit) -> bool:
    return unit.request is not None and unit.request.path.startswith(API_PATH)


def _parameters(request: WireUnit) -> dict[str, str]:
    forms = (request.body.decode("latin-1"), request.path.partition("?")[2])
    pairs = (parse_qsl(form, keep_blank_values=True) for form in forms if form)
    return dict(chain.from_iterable(pairs))


@lru_cache(maxsize=_KEPT)
def _json(body: bytes) -> Json:
    """Return what the bytes say, fractions as text; bytes that are no JSON as text.

    A unit is asked about when it is sent and when it arrives; what is said of it is only read.
    """
    text = body.decode("utf-8", "replace")
    try:
        return _EXACT.decode(text)
    except (ValueError, RecursionError):
        return text


def _control_message(unit: WireUnit) -> dict[str, Json]:
    name = _FRAME_NAMES.get(unit.opcode, str(unit.opcode))
    if unit.opcode != _CLOSE:
        return {"frame": name, "data": unit.body.decode("latin-1")}
    code = int.from_bytes(unit.body[:2], "big") if unit.body else None
    return {"frame": name, "code": code, "reason": unit.body[2:].decode("utf-8", "replace")}
