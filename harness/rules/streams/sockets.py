"""What crossed the connections of the user stream beside user data: handshakes, pings, nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fillproof.harness.history import History, Line
from fillproof.harness.history.wire import Unit
from fillproof.harness.rules.streams.spans import Moment, Span, last_moment, spans

PONG_NS = 30_000_000_000
"""How long a pong may take: half as long as a venue waits for it."""

_KEEPS_BUSY = frozenset({"stall", "slow_reader"})
"""Faults of the client's own machine: it cannot answer then."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A connection that was opened for the user stream; `status` is the handshake's."""

    begin: Moment
    status: int | None
    answered: int | None


@dataclass(frozen=True, slots=True)
class Silence:
    """From the first unit that never arrived on, nothing arrived; `noticed`: it was given up."""

    connection: str
    begin: Moment
    end: Moment
    noticed: bool

    @property
    def lasted(self) -> int:
        """How long, in virtual nanoseconds."""
        return self.end.t - self.begin.t


def attempts(history: History) -> list[Attempt]:
    """Return the attempts to open the user stream, in their order.

    They are the handshakes with hosts that ever brought user data, or were asked for it.
    """
    hosts = {span.host for span in spans(history)}
    hosts |= {
        socket.host
        for socket in history.sockets
        for fact in history.stream_facts
        if fact.connection == socket.connection and fact.fact == "subscription_refused"
    }
    units = _by_connection(history)
    found = []
    for socket in history.sockets:
        crossed = units.get(socket.connection, [])
        if socket.host in hosts and (not crossed or crossed[0].channel == "control"):
            answer = next((unit for unit in crossed if unit.status is not None), None)
            status, n = (answer.status, answer.n) if answer else (None, None)
            found.append(Attempt(Moment(socket.n, socket.t), status, n))
    return found


def pings(history: History) -> Iterator[tuple[Unit, Moment]]:
    """Yield the pings that arrived on connections of the user stream, and when."""
    carriers = {span.connection for span in spans(history)}
    for line in history.lines:
        if (line.ledger, line.kind) != ("wire", "delivered") or line.data["direction"] != "v2c":
            continue
        unit = history.units.get(str(line.get("unit")))
        if unit and unit.message.get("frame") == "ping" and unit.connection in carriers:
            yield unit, Moment(line.n, line.t)


def unanswered(history: History) -> Iterator[tuple[Moment, str]]:
    """Yield the pings that no pong followed in time, and what came of it."""
    if any(fault.what in _KEEPS_BUSY for fault in history.faults):
        return
    sockets = {socket.connection: socket for socket in history.sockets}
    last_pong: dict[str, int] = {}
    for unit in history.units.values():
        if unit.direction == "c2v" and unit.message.get("frame") == "pong":
            last_pong[unit.connection] = unit.n
    over = last_moment(history)
    for ping, arrived in pings(history):
        due, socket = arrived.t + PONG_NS, sockets[ping.connection]
        was_closed = socket.closed_t is not None and socket.closed_t < due
        if last_pong.get(ping.connection, -1) < arrived.n and over.t >= due and not was_closed:
            closed = "closed" if socket.closed_by == "venue" else "would have closed"
            yield arrived, f"The venue {closed} the connection for it."


def silences(history: History, standing: Sequence[Span]) -> Iterator[Silence]:
    """Yield when nothing arrived on a connection of the user stream though the venue spoke."""
    crossed = [
        line
        for line in history.lines
        if line.ledger == "wire" and line.kind in {"lost", "delivered"}
    ]
    if not any(line.kind == "lost" for line in crossed):
        return
    over = last_moment(history)
    for span in standing:
        lost = _first_of_the_last_lost(history, crossed, span, (span.end or over).n)
        if lost is not None:
            yield _silence(history, span, standing, lost)


def _first_of_the_last_lost(
    history: History, crossed: Sequence[Line], span: Span, before: int
) -> Moment | None:
    """Return from when on all that the venue sent was lost; None when the last of it arrived."""
    lost: Moment | None = None
    for line in crossed:
        if not span.begin.n < line.n < before or line.get("direction") != "v2c":
            continue
        unit = history.units.get(str(line.get("unit")))
        if unit is None or unit.connection != span.connection:
            continue
        if line.kind == "delivered":
            lost = None
        elif lost is None:
            lost = Moment(line.n, line.t)
    return lost


def _silence(history: History, span: Span, standing: Sequence[Span], lost: Moment) -> Silence:
    """Return how a silence ended: the connector closed, or subscribed elsewhere, or it did not."""
    elsewhere = [one.begin for one in standing if lost.n < one.begin.n and one is not span]
    socket = next(one for one in history.sockets if one.connection == span.connection)
    ends = [(one, True) for one in elsewhere]
    if span.end is not None:
        ends.append((span.end, socket.closed_by == "connector" or span.was_given_up))
    over = (last_moment(history), False)
    end, noticed = min(ends, key=lambda pair: pair[0].n, default=over)
    return Silence(span.connection, lost, end, noticed)


def _by_connection(history: History) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in history.units.values():
        found.setdefault(unit.connection, []).append(unit)
    return found
