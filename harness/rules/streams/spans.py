"""When the user stream was there: its subscriptions, what ended them, and what disturbed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.history.wire import Socket

USER = "user_stream"
GIVEN_UP = "it was given up"
_GONE = frozenset({"down", "restarting", "stopping"})
"""Phases in which the connector is not there by somebody's will."""


_UNTIL_HEALED = frozenset({"skew"})
"""Faults without an end of their own."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the recording and its time."""

    n: int
    t: int


@dataclass(frozen=True, slots=True)
class Span:
    """One subscription from when it stood to its end (None: it stood when the case was over).

    `name` is what the venue calls it: those of one name bring the same events.
    """

    connection: str
    name: str | None
    host: str
    begin: Moment
    end: Moment | None
    how: str

    @property
    def was_given_up(self) -> bool:
        """True when the connector turned to another connection though nobody had told it to."""
        return self.how == GIVEN_UP

    def covers(self, n: int) -> bool:
        """Return whether it stood at a line."""
        return self.begin.n < n and (self.end is None or n < self.end.n)


@dataclass(frozen=True, slots=True)
class Deafness:
    """From the end of the last subscription to the next (None: there was none any more)."""

    begin: Moment
    end: Moment | None
    how: str


def spans(history: History) -> tuple[Span, ...]:
    """Return the subscriptions to user data, in the order in which they began."""
    sockets = {socket.connection: socket for socket in history.sockets}
    found = []
    for fact in history.stream_facts:
        if fact.stream != USER or fact.fact != "subscribed" or not fact.heard:
            continue
        ends = [
            (end.n, end.t, "the venue ended the subscription")
            for end in history.stream_facts
            if end.fact == "subscription_ended"
            and (end.connection, end.subscription) == (fact.connection, fact.subscription)
            and end.n > fact.n
        ]
        socket = sockets.get(fact.connection)
        if socket is not None:
            ends.extend(_closings(history, socket))
        n, t, how = min(ends, default=(None, None, ""))
        end = None if n is None or t is None else Moment(n, t)
        host = socket.host if socket else ""
        begin = Moment(fact.n, fact.t)
        found.append(Span(fact.connection, fact.subscription, host, begin, end, how))
    return tuple(found)


def _closings(history: History, socket: Socket) -> Iterator[tuple[int, int, str]]:
    """Yield when the connector knew that a connection is over: once, or not at all.

    Of a venue that closes in a silence nobody hears: the connector gives up by itself and opens
    another connection, or the silence ends with a reset.
    """
    if socket.closed_n is None or socket.closed_t is None:
        return
    silence = _silence_over(history, socket) if socket.closed_by == "venue" else None
    if silence is None:
        yield socket.closed_n, socket.closed_t, f"its connection was closed (by {socket.closed_by})"
        return
    ends = [
        (other.n, other.t, GIVEN_UP)
        for other in history.sockets
        if other.host == socket.host and other.n > socket.closed_n and other.t < silence
    ]
    after = next((line for line in history.lines if line.t >= silence), None)
    if after is not None:
        ends.append((after.n, after.t, "its connection was reset"))
    if ends:
        yield min(ends)


def _silence_over(history: History, socket: Socket) -> int | None:
    """Return when the silence ends in which a connection was closed, None when it was in none."""
    for fault in history.faults:
        if fault.what != "half_open":
            continue
        until = fault.t + int(history.line(fault.n).data.get("for", 0))
        silenced = any(
            line.kind == "lost"
            and fault.fault in line.texts("faults")
            and history.units[str(line.get("unit"))].connection == socket.connection
            for line in history.lines[fault.n : socket.closed_n]
            if line.ledger == "wire"
        )
        if silenced and socket.closed_t is not None and socket.closed_t < until:
            return until if fault.healed_t is None else min(until, fault.healed_t)
    return None


def deafnesses(history: History) -> Iterator[Deafness]:
    """Yield when no subscription stood after one had, but for when the connector was not there."""
    every = spans(history)
    over = last_moment(history)
    gone = [phase.n for phase in history.phases if phase.phase in _GONE and phase.n < over.n]
    for span in every:
        if span.end is None or any(other.covers(span.end.n) for other in every):
            continue
        later = (other.begin for other in every if other.begin.n > span.end.n)
        end = min(later, key=lambda moment: moment.n, default=None)
        until = over.n if end is None else end.n
        if not any(span.begin.n < n < until for n in gone):
            yield Deafness(span.end, end, span.how)


def last_moment(history: History) -> Moment:
    """Return where the case ended for the connector: when it was stopped for good."""
    over = history.phase("stopping")
    if over is not None:
        return Moment(over.n, over.t)
    return Moment(len(history.lines), history.lines[-1].t)


def calm_since(history: History, begin: int, end: int) -> int:
    """Return since when, between two times, no fault was at work any more."""
    ends = [begin]
    for fault in history.faults:
        armed = history.line(fault.n)
        until = fault.t + int(armed.data.get("for", 0))
        fired = [history.line(n).t for n, _ in fault.fired]
        if fault.what in _UNTIL_HEALED:
            until = end if fault.healed_t is None else fault.healed_t
        last = max([until, *fired])
        if fault.t < end and last > begin:
            ends.append(last)
    return min(max(ends), end)
