"""The wire tap's side of the dialect: the channel of each unit, its message and its facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final
from urllib.parse import parse_qsl

from fillproof.simulator.dialects.binance import book_facts, door_facts, endpoints, stream_facts
from fillproof.simulator.dialects.binance.door.frames import Frame, read_frame
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.facts import NEW_ORDERS, Fact, FactReader
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.decoded import (
    CONTROL,
    PUBLIC_STREAM,
    TEXT,
    USER_STREAM,
    control_message,
    decoded,
)
from fillproof.simulator.dialects.protocol import Json, WireUnit

API_PATH: Final = "/ws-api/v3"

_FIRST_ERROR_STATUS = 400
_OK = 200
_SWITCHING = 101
_DEPTH_PATHS = frozenset({"/api/v3/depth"})
_DEPTH_METHOD = "depth"
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
    method: str = ""


_NOBODY_ASKED = _Asked(None, {})


class Tap:
    """Remembers, for each WebSocket connection, which request has which id."""

    def __init__(self, markets: Markets) -> None:
        self._markets = markets
        self._facts = FactReader(markets)
        self._asked: dict[tuple[str, str], _Asked] = {}

    def channel(self, unit: WireUnit) -> str:
        """Return the channel; a request frame is remembered for its reply."""
        if unit.form != "frame":
            request = unit if unit.form == "request" else unit.request
            return channel_of(_http_role(request), unit.form == "request")
        if unit.opcode != TEXT:
            return CONTROL
        if not _is_api(unit):
            return self._stream_channel(unit)
        if unit.direction == "c2v":
            return channel_of(self._remember(unit).role, is_request=True)
        if unit.body.startswith(_EVENT_START):
            return USER_STREAM
        return channel_of(self._recall(unit, decoded(unit.body)).role, is_request=False)

    def message(self, unit: WireUnit) -> dict[str, Json]:
        """Return the unit decoded."""
        if unit.form == "request":
            path = unit.path.partition("?")[0]
            return {"method": unit.method, "path": path, "parameters": _parameters(unit)}
        if unit.form == "response":
            return {"status": unit.status, "body": decoded(unit.body)}
        if unit.opcode == TEXT:
            message = decoded(unit.body)
            return message if isinstance(message, dict) else {"frame": "text", "data": message}
        return control_message(unit)

    def placed_ids(self, unit: WireUnit) -> tuple[str, ...]:
        """Return the client order ids that a request gives to the orders it is to place."""
        asked = _parameters(unit) if unit.form == "request" else _framed(unit)
        return tuple(str(asked[name]) for name in asked if name in NEW_ORDERS)

    def facts(self, unit: WireUnit) -> list[Fact]:
        """Return what a unit from the venue states."""
        if unit.direction != "v2c":
            return []
        if unit.form == "response":
            facts = self._reply_facts(unit, decoded(unit.body))
            if unit.status < _FIRST_ERROR_STATUS:
                return facts
            return facts + door_facts.of_response(unit.status, decoded(unit.body), unit.headers)
        if unit.opcode != TEXT:
            return []
        if _is_api(unit):
            message = decoded(unit.body)
            facts = self._frame_facts(unit, message)
            return facts + door_facts.of_frame(message) if isinstance(message, dict) else facts
        return self._market_facts(unit)

    def _market_facts(self, unit: WireUnit) -> list[Fact]:
        """Return the facts of a text frame of the stream hosts."""
        if _LISTENED.match(unit.body):
            event = decoded(unit.body)
            event = event.get("data", event)
            return self._facts.of_event(event) or stream_facts.of_event(event)
        if unit.body.startswith(_STREAM_REPLY_STARTS):
            reply = decoded(unit.body)
            asked = self._recall(unit, reply)
            return stream_facts.of_market_reply(self._markets, asked.method, _names(asked), reply)
        return []

    def book_facts(self, unit: WireUnit) -> list[Fact]:
        """Return what a unit from the venue states about books."""
        if unit.direction != "v2c":
            return []
        if unit.form == "response":
            return self._shown_book(unit)
        if unit.opcode != TEXT:
            return []
        message = decoded(unit.body)
        if _is_api(unit):
            asked = self._recall(unit, message)
            shows = asked.method == _DEPTH_METHOD and "result" in message
            symbol = str(asked.parameters.get("symbol"))
            return book_facts.of_snapshot(self._markets, symbol, message["result"]) if shows else []
        event = message.get("data", message) if isinstance(message, dict) else {}
        is_change = event.get("e") == book_facts.DIFF
        return book_facts.of_diff(self._markets, event) if is_change else []

    def _shown_book(self, unit: WireUnit) -> list[Fact]:
        asked = unit.request
        if asked is None or unit.status != _OK:
            return []
        if asked.path.partition("?")[0] not in _DEPTH_PATHS:
            return []
        symbol = _parameters(asked).get("symbol", "")
        return book_facts.of_snapshot(self._markets, symbol, decoded(unit.body))

    def _frame_facts(self, unit: WireUnit, message: Json) -> list[Fact]:
        if not isinstance(message, dict):
            return []
        if "event" in message:
            return self._facts.of_event(message["event"]) or stream_facts.of_event(message)
        asked = self._recall(unit, message)
        if asked.role is None:
            return stream_facts.of_api_reply(asked.method, message)
        if "error" in message:
            status = message["status"]
            return self._facts.of_error(asked.role, asked.parameters, status, message["error"])
        return self._facts.of_result(asked.role, message.get("result"))

    def _reply_facts(self, unit: WireUnit, message: Json) -> list[Fact]:
        role = _http_role(unit.request)
        if unit.request is None:
            return []
        if unit.status == _SWITCHING:
            names = stream_facts.names_in_path(unit.request.path)
            return stream_facts.of_names(self._markets, names)
        if role is None:
            return []
        if unit.status >= _FIRST_ERROR_STATUS or _is_error(message):
            return self._facts.of_error(role, _parameters(unit.request), unit.status, message)
        return self._facts.of_result(role, message)

    def _remember(self, unit: WireUnit) -> _Asked:
        frame = frame_of(unit.body.decode("utf-8", "replace"))
        if frame is None:
            return _NOBODY_ASKED
        asked = _Asked(frame_role(frame), frame.parameters, frame.method)
        self._asked[unit.connection, json.dumps(frame.id)] = asked
        return asked

    def _stream_channel(self, unit: WireUnit) -> str:
        """Return the channel of a text frame of the stream hosts; a request is remembered."""
        if unit.direction == "c2v":
            asked = decoded(unit.body)
            if isinstance(asked, dict):
                names = {"names": asked.get("params")}
                made = _Asked(None, names, str(asked.get("method")))
                self._asked[unit.connection, json.dumps(asked.get("id"))] = made
            return CONTROL
        if unit.body.startswith(_STREAM_REPLY_STARTS):
            return CONTROL
        return USER_STREAM if _LISTENED.match(unit.body) else PUBLIC_STREAM

    def _recall(self, unit: WireUnit, reply: Json) -> _Asked:
        number = reply.get("id") if isinstance(reply, dict) else None
        return self._asked.get((unit.connection, json.dumps(number)), _NOBODY_ASKED)


def _names(asked: _Asked) -> list[str]:
    """Return the streams that a request on a stream host names."""
    names = asked.parameters.get("names")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


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


def _is_error(message: Json) -> bool:
    """Return whether a body says an error, whatever status it came with."""
    return isinstance(message, dict) and {"code", "msg"} <= message.keys()


def _is_api(unit: WireUnit) -> bool:
    return unit.request is not None and unit.request.path.startswith(API_PATH)


def _framed(unit: WireUnit) -> Mapping[str, Json]:
    """Return the parameters of a request frame."""
    frame = frame_of(unit.body.decode("utf-8", "replace"))
    return {} if frame is None else frame.parameters


def _parameters(request: WireUnit) -> dict[str, str]:
    forms = (request.body.decode("latin-1"), request.path.partition("?")[2])
    pairs = (parse_qsl(form, keep_blank_values=True) for form in forms if form)
    return dict(chain.from_iterable(pairs))
