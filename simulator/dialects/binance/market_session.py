"""One connection to the market streams: what it is subscribed to, and how it wants events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, unquote

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.listen_keys import ListenKeys, is_listen_key
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import HttpRequest, Json, Push

_METHODS = "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`"
_UNKNOWN_METHOD = 2
_INVALID_JSON = 3


class MarketSession:
    """What one socket of the stream hosts knows. `/stream` paths want combined events."""

    def __init__(self, socket: int, handshake: HttpRequest, unit: TimeUnit) -> None:
        self._socket = socket
        self._unit = unit
        self._combined = handshake.path.startswith("/stream")
        # A dict as an ordered set: subscriptions are listed as they were made.
        self._streams = dict.fromkeys(_named_in(handshake))
        self._methods: dict[str, Callable[[list[Json]], Json]] = {
            "SUBSCRIBE": self._subscribe,
            "UNSUBSCRIBE": self._unsubscribe,
            "LIST_SUBSCRIPTIONS": lambda _: list(self._streams),
            "SET_PROPERTY": self._set_property,
            "GET_PROPERTY": lambda _: self._combined,
        }

    @property
    def carries_public_stream(self) -> bool:
        """True while it is subscribed to any stream."""
        return bool(self._streams)

    def hears_any(self, listen_keys: ListenKeys) -> bool:
        """Return whether it hears somebody's user data, by a key that is alive."""
        return any(stream in listen_keys for stream in self._streams)

    def receive(self, text: str) -> str:
        """Answer one text frame."""
        try:
            frame = json.loads(text)
        except json.JSONDecodeError as error:
            return _error(None, _INVALID_JSON, f"Invalid JSON: {error}")
        if not isinstance(frame, dict):
            return _error(None, _INVALID_JSON, "Invalid JSON: expected an object")
        method = self._methods.get(str(frame.get("method")))
        if method is None:
            name = frame.get("method")
            text = f"Invalid request: unknown variant `{name}`, expected one of {_METHODS}"
            return _error(frame.get("id"), _UNKNOWN_METHOD, text)
        parameters = frame.get("params") or []
        if not isinstance(parameters, list):
            return _error(frame.get("id"), _UNKNOWN_METHOD, "Invalid request: params is no list")
        return compact({"result": method(parameters), "id": frame.get("id")})

    def publish(self, events: Iterable[tuple[str, Json]]) -> list[Push]:
        """Return those events that it is subscribed to."""
        return [
            Push(self._socket, self._write(stream, event))
            for stream, event in events
            if stream in self._streams
        ]

    def farewell(self, now_ns: int) -> Push:
        """Return what the socket is told when the venue is about to stop, subscribed or not."""
        event = {"e": "serverShutdown", "E": moment(now_ns)}
        return Push(self._socket, self._write("!serverShutdown", event))

    def _write(self, stream: str, event: Json) -> str:
        return compact({"stream": stream, "data": event} if self._combined else event, self._unit)

    def _subscribe(self, streams: list[Json]) -> None:
        self._streams.update(dict.fromkeys(map(str, streams)))

    def _unsubscribe(self, streams: list[Json]) -> None:
        for stream in streams:
            self._streams.pop(str(stream), None)

    def _set_property(self, parameters: list[Json]) -> None:
        self._combined = parameters == ["combined", True]


def _named_in(handshake: HttpRequest) -> list[str]:
    """Return the streams that a path names; ccxt's running numbers (`/ws/0`) name none."""
    names = unquote(handshake.path).split("/")[2:]
    for group in parse_qs(handshake.query).get("streams", ()):
        names += group.split("/")
    return [name for name in names if "@" in name or is_listen_key(name)]


def _error(number: Json, code: int, text: str) -> str:
    return compact({"error": {"code": code, "msg": text}, "id": number})
