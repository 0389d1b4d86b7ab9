"""One direction of a connection: bytes in, whole units out, late, held or lost on their way."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.framing import Cutter, FramingError
from fillproof.simulator.universe.links import Latency, Passage
from fillproof.simulator.universe.units_on_wire import Form, Unit

if TYPE_CHECKING:
    from fillproof.simulator.universe.transport import Connection, WorldTransport

_CLOSE_OPCODE = 8
_HEAD_END = b"\r\n\r\n"
_PIECES = 8
"""In how many pieces a slow body comes."""

_END_FOLLOWS_SECONDS = 0.001
"""How long after the last unit the end comes that waited for it: who got the unit acts on it."""


class Link:
    """One direction: bytes in, whole units out, in order within each channel."""

    def __init__(
        self,
        connection: Connection,
        direction: str,
        cutter: Cutter,
        latency: Latency,
    ) -> None:
        self._connection = connection
        self._loop = connection.loop
        self._sender = "connector" if direction == "c2v" else "venue"
        self._cutter = cutter
        self._latency = latency
        self._last_arrival = 0.0
        self._waiting: defaultdict[str, deque[tuple[Unit, Passage]]] = defaultdict(deque)
        self._under_way = 0
        self._end_is_due = self._is_known = False
        self.receiver: WorldTransport

    def write(self, data: bytes) -> None:
        """Let bytes enter; whole units are on their way when this returns."""
        try:
            units = self._cutter.feed(data)
        except FramingError as error:
            self._connection.tap.unreadable(self._connection.name, str(error))
            self._connection.cut()
            return
        for unit in units:
            self._enter(unit)

    def end(self) -> None:
        """The sender closed: the receiver hears of it after everything that is under way.

        What is late or held is under way, too: a socket that is closed still sends what it has.
        """
        self._schedule(self._latency.draw_ns(), self._arrive_end)

    def _enter(self, unit: Unit) -> None:
        connection = self._connection
        unit.number = next(connection.numbers)
        unit.channel = connection.tap.channel(unit)
        connection.close_code = close_code(unit) or connection.close_code
        connection.tap.sent(unit)
        dead = connection.disturbances.is_dead(connection.name)
        if dead is not None:
            connection.tap.lost(unit, (dead,))
            return
        passage = connection.disturbances.passage(unit)
        if passage.copies == 0:
            connection.tap.lost(unit, passage.faults)
            return
        self._under_way += passage.copies
        for _ in range(passage.copies):
            delay = self._latency.draw_ns() + passage.extra_ns
            if passage.spread_ns:
                self._trickle(unit, passage, delay)
            elif passage.extra_ns:
                when = self._loop.time() + delay / NANOSECONDS
                self._loop.deliver_at(when, self._arrive_late, unit, passage)
            else:
                self._waiting[unit.channel].append((unit, passage))
                self._schedule(delay, self._arrive_next, unit.channel)

    def _trickle(self, unit: Unit, passage: Passage, delay_ns: int) -> None:
        """Let the head arrive, and then the rest of the unit in equal pieces over its time."""
        head = len(unit.head) + len(_HEAD_END) if unit.head else 1
        rest = unit.raw[head:]
        size = max(1, -(-len(rest) // _PIECES))
        pieces = [rest[at : at + size] for at in range(0, len(rest), size)] or [b""]
        self._schedule(delay_ns, self._arrive_piece, unit.raw[:head])
        for number, piece in enumerate(pieces, start=1):
            later_ns = delay_ns + passage.spread_ns * number // len(pieces)
            last = number == len(pieces)
            late = (self._arrive_late, unit, passage, piece)
            arrival = late if last else (self._arrive_piece, piece)
            self._schedule(later_ns, *arrival)

    def _arrive_piece(self, data: bytes) -> None:
        if self._connection.disturbances.is_dead(self._connection.name) is None:
            self.receiver.receive(data)

    def _schedule(self, delay_ns: int, callback: Any, *args: Any) -> None:
        arrival = self._loop.time() + delay_ns / NANOSECONDS
        self._last_arrival = max(self._last_arrival, arrival)
        self._loop.deliver_at(self._last_arrival, callback, *args)

    def _arrive_next(self, channel: str) -> None:
        """The oldest unit of the channel is due, unless the channel is held."""
        waiting = self._waiting[channel]
        unit, passage = waiting[0]
        held = self._connection.disturbances.held_until(unit, self._now_ns())
        if held is not None:
            until_ns, fault = held
            waiting[0] = (unit, _touched(passage, fault))
            when = max(self._loop.time(), until_ns / NANOSECONDS)
            self._loop.deliver_at(when, self._arrive_next, channel)
            return
        waiting.popleft()
        self._arrive(unit, passage)

    def _arrive_late(self, unit: Unit, passage: Passage, data: bytes | None = None) -> None:
        """A unit that others may overtake is due, unless the channel is held."""
        held = self._connection.disturbances.held_until(unit, self._now_ns())
        if held is None:
            self._arrive(unit, passage, data)
            return
        until_ns, fault = held
        when = max(self._loop.time(), until_ns / NANOSECONDS)
        self._loop.deliver_at(when, self._arrive_late, unit, _touched(passage, fault), data)

    def _now_ns(self) -> int:
        return round(self._loop.time() * NANOSECONDS)

    def _arrive(self, unit: Unit, passage: Passage, data: bytes | None = None) -> None:
        self._under_way -= 1
        self._hand_in(unit, passage, data)
        if self._end_is_due and not self._under_way:
            when = self._loop.time() + _END_FOLLOWS_SECONDS
            self._loop.deliver_at(when, self._arrive_late_end)

    def _hand_in(self, unit: Unit, passage: Passage, data: bytes | None) -> None:
        """The unit arrives, with these bytes: all of it, unless the first came before."""
        connection = self._connection
        dead = connection.disturbances.is_dead(connection.name)
        if dead is not None or self.receiver.is_lost:
            connection.tap.lost(unit, passage.faults if dead is None else (dead,))
            return
        if passage.cut_at is not None:
            self.receiver.receive(unit.raw[: passage.cut_at])
            connection.tap.lost(unit, passage.faults)
            connection.cut()
            return
        connection.tap.delivered(unit, passage.faults)
        self.receiver.receive(unit.raw if data is None else data)

    def _arrive_late_end(self) -> None:
        if self._connection.disturbances.is_dead(self._connection.name) is None:
            self.note_known()
        self._arrive_end()

    def note_known(self) -> None:
        """The receiver knows, or closed as well, while the sender's end was still under way."""
        if self._end_is_due and not self._is_known:
            self._is_known = True
            self._connection.tap.ended(self._connection.name, self._sender)

    def _arrive_end(self) -> None:
        self._end_is_due = True
        if self._under_way:
            return
        self._is_known = True
        if self._connection.disturbances.is_dead(self._connection.name) is None:
            self.receiver.receive_end()


def _touched(passage: Passage, fault: str) -> Passage:
    touching = passage.faults if fault in passage.faults else (*passage.faults, fault)
    return replace(passage, faults=touching)


def close_code(unit: Unit) -> int | None:
    """Return the code of a WebSocket close frame, or None for any other unit."""
    if unit.form is Form.FRAME and unit.opcode == _CLOSE_OPCODE and len(unit.body) >= 2:  # noqa: PLR2004
        return int.from_bytes(unit.body[:2], "big")
    return None
