"""Who listens to which stream, and one encoding of an event for all who do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.public.live import Event
from fillproof.simulator.dialects.binance.public.timed import TimedStreams
from fillproof.simulator.dialects.protocol import Json, Push


class Listener(Protocol):
    """One socket, and how it wants events."""

    @property
    def socket(self) -> int: ...
    @property
    def combined(self) -> bool: ...
    @property
    def unit(self) -> TimeUnit: ...


class Subscriptions:
    """The listeners of each stream. Any name may be listened to; most say nothing."""

    def __init__(self, timed: TimedStreams) -> None:
        self._timed = timed
        self._listeners: dict[str, dict[int, Listener]] = {}

    def begin(self, listener: Listener, stream: str, now_ns: int) -> None:
        """Let a socket hear a stream from now on."""
        self._listeners.setdefault(stream, {})[listener.socket] = listener
        self._timed.listen(stream, now_ns)

    def end(self, listener: Listener, stream: str) -> None:
        """Let a socket hear a stream no more."""
        listeners = self._listeners[stream]
        del listeners[listener.socket]
        if not listeners:
            del self._listeners[stream]
            self._timed.forget(stream)

    def wanted(self, stream: str) -> bool:
        """Return whether anybody listens to a stream."""
        return stream in self._listeners

    def pushes(self, events: Iterable[Event]) -> list[Push]:
        """Return what each socket hears, by the age of the sockets."""
        pushes = []
        for stream, event in events:
            raw: dict[TimeUnit, str] = {}
            for listener in self._listeners.get(stream, {}).values():
                if listener.unit not in raw:
                    raw[listener.unit] = compact(event, listener.unit)
                text = raw[listener.unit]
                pushes.append(Push(listener.socket, _framed(listener, stream, text)))
        # A stable sort: each socket hears the events in their order.
        pushes.sort(key=lambda push: push.socket)
        return pushes


def alone(listener: Listener, stream: str, event: Json) -> Push:
    """Return an event for one socket."""
    return Push(listener.socket, _framed(listener, stream, compact(event, listener.unit)))


def _framed(listener: Listener, stream: str, text: str) -> str:
    return f'{{"stream":"{stream}","data":{text}}}' if listener.combined else text
