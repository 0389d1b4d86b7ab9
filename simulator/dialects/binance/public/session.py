"""One connection to the market streams: what it is subscribed to, and how it wants events."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection
from urllib.parse import unquote

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.public.requests import (
    ControlError,
    ControlRequest,
    read_request,
)
from fillproof.simulator.dialects.binance.public.subscriptions import Subscriptions
from fillproof.simulator.dialects.binance.user.listen_keys import is_listen_key
from fillproof.simulator.dialects.protocol import FrameAnswer, HttpRequest, Json

MOST_STREAMS = 1_024
MOST_MESSAGES = 5
"""So many messages a second may come from the client, pings and pongs among them."""

TOO_MANY_MESSAGES = (1008, "Too many requests")

_SECOND_NS = 1_000_000_000
_STREAM_NAME = re.compile(r"[A-Za-z0-9!@_:+.-]{1,100}")
_INVALID_STREAM = ControlError(2, "Invalid request: invalid stream")
_TOO_MANY_STREAMS = ControlError(4, "Too many subscriptions")
_TOO_MANY_PARAMETERS = ControlError(2, "Invalid request: too many parameters")
_NO_PROPERTY_NAME = ControlError(2, "Invalid request: property name must be a string")
_UNKNOWN_PROPERTY = ControlError(0, "Unknown property")
_NO_BOOLEAN = ControlError(1, "Invalid value type: expected Boolean")


class MarketSession:
    """What one socket of the stream hosts knows. `/stream` paths want combined events."""

    def __init__(
        self,
        socket: int,
        handshake: HttpRequest,
        unit: TimeUnit,
        subscriptions: Subscriptions,
        *,
        limited: bool,
    ) -> None:
        self.socket = socket
        self.unit = unit
        self.combined = handshake.path.startswith("/stream")
        self._subscriptions = subscriptions
        self._arrivals: deque[int] | None = deque(maxlen=MOST_MESSAGES) if limited else None
        # A dict as an ordered set: subscriptions are listed as they were made.
        self._streams: dict[str, None] = {}
        self._methods: dict[str, Callable[[list[Json], int], Json]] = {
            "SUBSCRIBE": self._subscribe,
            "UNSUBSCRIBE": self._unsubscribe,
            "LIST_SUBSCRIPTIONS": self._list,
            "SET_PROPERTY": self._set_property,
            "GET_PROPERTY": self._get_property,
        }

    @property
    def streams(self) -> Collection[str]:
        """What it is subscribed to."""
        return self._streams

    def listen(self, streams: list[str], now_ns: int) -> None:
        """Subscribe to more streams; raises ControlError when that is too many, or no name."""
        if not all(_STREAM_NAME.fullmatch(stream) for stream in streams):
            raise _INVALID_STREAM
        new = [stream for stream in dict.fromkeys(streams) if stream not in self._streams]
        if len(self._streams) + len(new) > MOST_STREAMS:
            raise _TOO_MANY_STREAMS
        for stream in new:
            self._streams[stream] = None
            self._subscriptions.begin(self, stream, now_ns)

    def hush(self) -> None:
        """End all subscriptions."""
        for stream in self._streams:
            self._subscriptions.end(self, stream)
        self._streams.clear()

    def receive(self, text: str, now_ns: int) -> FrameAnswer:
        """Answer one text frame."""
        if self.arrives_too_fast(now_ns):
            return FrameAnswer("", close=TOO_MANY_MESSAGES)
        request: ControlRequest | None = None
        try:
            request = read_request(text, self._methods)
            result = self._methods[request.method](request.parameters, now_ns)
        except ControlError as error:
            number = error.number if request is None else request.number
            problem = {"code": error.code, "msg": error.text}
            return FrameAnswer(compact({"error": problem, "id": number}))
        return FrameAnswer(compact({"result": result, "id": request.number}))

    def arrives_too_fast(self, now_ns: int) -> bool:
        """Count a message from the client; return whether that is too many in a second."""
        if self._arrivals is None:
            return False
        full = len(self._arrivals) == MOST_MESSAGES
        too_fast = full and now_ns - self._arrivals[0] < _SECOND_NS
        self._arrivals.append(now_ns)
        return too_fast

    def _subscribe(self, streams: list[Json], now_ns: int) -> None:
        self.listen(_names(streams), now_ns)

    def _unsubscribe(self, streams: list[Json], _: int) -> None:
        for stream in _names(streams):
            if stream in self._streams:
                del self._streams[stream]
                self._subscriptions.end(self, stream)

    def _list(self, parameters: list[Json], _: int) -> Json:
        if parameters:
            raise _TOO_MANY_PARAMETERS
        return list(self._streams)

    def _set_property(self, parameters: list[Json], _: int) -> None:
        _require_property(parameters[:-1] if len(parameters) > 1 else parameters)
        if len(parameters) == 1 or not isinstance(parameters[-1], bool):
            raise _NO_BOOLEAN
        self.combined = parameters[-1]

    def _get_property(self, parameters: list[Json], _: int) -> Json:
        _require_property(parameters)
        return self.combined


def streams_named(handshake: HttpRequest) -> list[str]:
    """Return the streams that a path names; ccxt's running numbers (`/ws/0`) name none."""
    names = unquote(handshake.path).split("/")[2:]
    for part in handshake.query.split("&"):
        name, _, value = part.partition("=")
        if name == "streams":
            names += unquote(value).split("/")
    return [name for name in names if "@" in name or is_listen_key(name)]


def _names(streams: list[Json]) -> list[str]:
    if not all(isinstance(stream, str) for stream in streams):
        raise _INVALID_STREAM
    return streams


def _require_property(parameters: list[Json]) -> None:
    if len(parameters) > 1:
        raise _TOO_MANY_PARAMETERS
    if not parameters or not isinstance(parameters[0], str):
        raise _NO_PROPERTY_NAME
    if parameters[0] != "combined":
        raise _UNKNOWN_PROPERTY
