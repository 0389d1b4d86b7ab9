"""The wire tap's side of the dialect: the channel of each unit, its message and its facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fillproof.simulator.dialects.decoded import (
    CONTROL,
    PUBLIC_STREAM,
    TEXT,
    USER_STREAM,
    control_message,
    decoded,
)
from fillproof.simulator.dialects.hyperliquid.door import rest
from fillproof.simulator.dialects.hyperliquid.facts import Fact, FactReader, placed_ids
from fillproof.simulator.dialects.hyperliquid.info.table import QUERIES
from fillproof.simulator.dialects.hyperliquid.markets import Markets
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import (
    KINDS,
    SPOT_CONTEXT_CHANNEL,
)
from fillproof.simulator.dialects.hyperliquid.trading.actions import ACTIONS
from fillproof.simulator.dialects.protocol import Json, WireUnit

_USER_CHANNELS = frozenset(kind.channel for kind in KINDS.values() if kind.is_user)
_PUBLIC_CHANNELS = frozenset(kind.channel for kind in KINDS.values() if not kind.is_user) | {
    SPOT_CONTEXT_CHANNEL
}
_OK, _UNPROCESSABLE = 200, 422


@dataclass(frozen=True, slots=True)
class _Asked:
    """A posted request: what its answer will be about."""

    role: str | None
    body: Mapping[str, Json]


_NOBODY_ASKED = _Asked(None, {})


class Tap:
    """Remembers, for each connection, which posted request has which id."""

    def __init__(self, markets: Markets) -> None:
        self._facts = FactReader(markets)
        self._asked: dict[tuple[str, str], _Asked] = {}

    def channel(self, unit: WireUnit) -> str:
        """Return the channel; a posted request is remembered for its answer."""
        if unit.form != "frame":
            request = unit if unit.form == "request" else unit.request
            role = None if request is None else _http_role(request)
            return channel_of(role, is_request=unit.form == "request")
        if unit.opcode != TEXT:
            return CONTROL
        if unit.direction == "c2v":
            return channel_of(self._remember(unit).role, is_request=True)
        return self._told_channel(unit)

    def message(self, unit: WireUnit) -> dict[str, Json]:
        """Return the unit decoded."""
        if unit.form == "request":
            path, body = unit.path.partition("?")[0], decoded(unit.body)
            return {"method": unit.method, "path": path, "parameters": _object(body)}
        if unit.form == "response":
            return {"status": unit.status, "body": decoded(unit.body)}
        if unit.opcode == TEXT:
            message = decoded(unit.body)
            return message if isinstance(message, dict) else {"frame": "text", "data": message}
        return control_message(unit)

    def placed_ids(self, unit: WireUnit) -> tuple[str, ...]:
        """Return the client order ids that a request gives to the orders it is to place."""
        body = _object(decoded(unit.body))
        asked = body if unit.form == "request" else _posted(body)
        return placed_ids(_object(asked.get("action")))

    def facts(self, unit: WireUnit) -> list[Fact]:
        """Return what a unit from the venue states."""
        if unit.direction != "v2c":
            return []
        if unit.form == "response":
            return self._reply_facts(unit)
        message = _object(decoded(unit.body)) if unit.opcode == TEXT else {}
        channel = message.get("channel")
        if channel == "post":
            return self._post_facts(unit, message)
        if channel in _USER_CHANNELS:
            return self._facts.of_event(str(channel), message.get("data"))
        return _subscription_facts(message)

    def book_facts(self, unit: WireUnit) -> list[Fact]:
        """Return the book that a unit from the venue shows, if it shows one."""
        if unit.direction != "v2c" or (unit.form == "frame" and unit.opcode != TEXT):
            return []
        message = _object(decoded(unit.body))
        if unit.form == "frame" and message.get("channel") != "l2Book":
            return []
        return self._facts.of_book(message if unit.form == "response" else message.get("data"))

    def _told_channel(self, unit: WireUnit) -> str:
        """Return the channel of a text frame of the venue."""
        message = decoded(unit.body)
        channel = message.get("channel") if isinstance(message, dict) else None
        if channel == "post":
            return channel_of(self._recall(unit, message).role, is_request=False)
        if channel in _USER_CHANNELS:
            return USER_STREAM
        return PUBLIC_STREAM if channel in _PUBLIC_CHANNELS else CONTROL

    def _reply_facts(self, unit: WireUnit) -> list[Fact]:
        if unit.request is None:
            return []
        role, asked = _http_role(unit.request), _object(decoded(unit.request.body))
        return self._facts.of_reply(role, asked, unit.status, decoded(unit.body))

    def _post_facts(self, unit: WireUnit, message: Mapping[str, Json]) -> list[Fact]:
        asked = self._recall(unit, message)
        answer = _object(_object(message.get("data")).get("response"))
        payload = answer.get("payload")
        if answer.get("type") == "info":
            payload = _object(payload).get("data")
        status = _status_in(str(payload)) if answer.get("type") == "error" else _OK
        return self._facts.of_reply(asked.role, asked.body, status, payload)

    def _remember(self, unit: WireUnit) -> _Asked:
        frame = _object(decoded(unit.body))
        if frame.get("method") != "post":
            return _NOBODY_ASKED
        body = _posted(frame)
        asked = _Asked(_role(body), body)
        self._asked[unit.connection, json.dumps(frame.get("id"))] = asked
        return asked

    def _recall(self, unit: WireUnit, message: Mapping[str, Json]) -> _Asked:
        number = _object(message.get("data")).get("id")
        return self._asked.get((unit.connection, json.dumps(number)), _NOBODY_ASKED)


def channel_of(role: str | None, *, is_request: bool) -> str:
    """Return the channel of a request or reply of this role."""
    if role is None:
        return CONTROL
    return f"{role}_request" if is_request else f"{role}_reply"


def body_role(path: str, body: bytes) -> str | None:
    """Return the role of a request, if it is any endpoint's."""
    if path.partition("?")[0] not in rest.PATHS:
        return None
    return _role(_object(decoded(body)))


def frame_role(text: str) -> str | None:
    """Return the role of a text frame from a client; subscriptions and pings have none."""
    frame = _object(decoded(text.encode("utf-8", "replace")))
    return _role(_posted(frame)) if frame.get("method") == "post" else None


def _http_role(request: WireUnit) -> str | None:
    return body_role(request.path, request.body)


def _posted(frame: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return what a posted frame asks: a query, or an action with its signature."""
    return _object(_object(frame.get("request")).get("payload"))


def _role(body: Mapping[str, Json]) -> str | None:
    if "action" in body:
        action = ACTIONS.get(str(_object(body["action"]).get("type")))
        return None if action is None else action.role
    query = QUERIES.get(str(body.get("type")))
    return None if query is None else query.role


def _status_in(error: str) -> int:
    """Return the HTTP status that the text of a posted request's error begins with."""
    first = error.partition(" ")[0]
    return int(first) if first.isdecimal() else _UNPROCESSABLE


def _subscription_facts(message: Mapping[str, Json]) -> list[Fact]:
    """Return that user data is subscribed to, or is no more."""
    if message.get("channel") != "subscriptionResponse":
        return []
    data = _object(message.get("data"))
    wanted = _object(data.get("subscription"))
    kind = KINDS.get(str(wanted.get("type")))
    if kind is None or not kind.is_user:
        return []
    fact = "subscribed" if data.get("method") == "subscribe" else "subscription_ended"
    return [{"fact": fact, "stream": USER_STREAM, "subscription": str(wanted["type"])}]


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
