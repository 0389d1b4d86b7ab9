"""The market streams of all sockets: requests in, events out, and when to wake up for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.door import rest
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.public.books import note_book
from fillproof.simulator.dialects.binance.public.live import Event, live_events
from fillproof.simulator.dialects.binance.public.requests import ControlError
from fillproof.simulator.dialects.binance.public.session import (
    TOO_MANY_MESSAGES,
    MarketSession,
    streams_named,
)
from fillproof.simulator.dialects.binance.public.subscriptions import Subscriptions, alone
from fillproof.simulator.dialects.binance.public.timed import TimedStreams
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import FrameAnswer, HttpReply, HttpRequest, Push
from fillproof.simulator.vocabulary.reports import Report


class MarketStreams:
    """Sockets by their numbers; events are made only for streams that somebody listens to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._timed = TimedStreams(desk)
        self._subscriptions = Subscriptions(self._timed)
        self._sessions: dict[int, MarketSession] = {}

    def __contains__(self, socket: int) -> bool:
        return socket in self._sessions

    def open(
        self, socket: int, handshake: HttpRequest, unit: TimeUnit, now_ns: int
    ) -> HttpReply | None:
        """Accept a socket with the streams that its path names, or say why not."""
        limited = self._desk.quirks.rate_limits
        session = MarketSession(socket, handshake, unit, self._subscriptions, limited=limited)
        try:
            session.listen(streams_named(handshake), now_ns)
        except ControlError:
            return rest.page(400)
        self._sessions[socket] = session
        return None

    def receive(self, socket: int, text: str, now_ns: int) -> FrameAnswer:
        """Answer a text frame."""
        return self._sessions[socket].receive(text, now_ns)

    def receive_control(self, socket: int, now_ns: int) -> tuple[int, str] | None:
        """Count a ping or a pong; return how to close when that was too many."""
        return TOO_MANY_MESSAGES if self._sessions[socket].arrives_too_fast(now_ns) else None

    def close(self, socket: int) -> None:
        """Forget a socket."""
        self._sessions.pop(socket).hush()

    def sockets(self) -> tuple[int, ...]:
        """Return the sockets that are subscribed to anything."""
        return tuple(n for n, one in self._sessions.items() if one.streams)

    def user_sockets(self) -> tuple[int, ...]:
        """Return the sockets that hear somebody's user data, by a listen key that is alive."""
        keys = self._desk.listen_keys
        return tuple(
            n for n, one in self._sessions.items() if any(name in keys for name in one.streams)
        )

    def publish(
        self, reports: Sequence[Report], listened: Iterable[Event], now_ns: int
    ) -> list[Push]:
        """Return what is said at once: user data of listen keys, then a batch of reports.

        Counts the batch on the tape, so each must come exactly once.
        """
        changes = self._desk.tape.note(reports)
        if self._desk.quirks.snapshot_age_ns:
            for symbol in changes:
                note_book(self._desk, symbol, now_ns)
        if not self._sessions:
            return []
        events = list(listened)
        for change in changes.values():
            events += live_events(self._desk, change, now_ns, self._subscriptions.wanted)
            self._timed.hear(change, now_ns)
        return self._subscriptions.pushes(events)

    @property
    def next_wake_ns(self) -> int | None:
        """When `wake` will next have something to say; None as long as nothing happens."""
        return self._timed.next_wake_ns

    def wake(self, now_ns: int) -> list[Push]:
        """Return what is due by now."""
        return self._subscriptions.pushes(self._timed.wake(now_ns))

    def farewell(self, now_ns: int) -> list[Push]:
        """Return the venue's word that it is about to stop, for each socket."""
        event = {"e": "serverShutdown", "E": moment(now_ns)}
        return [alone(session, "!serverShutdown", event) for session in self._sessions.values()]
