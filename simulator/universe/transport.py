"""The in-memory connection: two transports and, between them, a link for each direction."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.framing import Conversation, Cutter, FramingError
from fillproof.simulator.universe.links import Disturbances, Latency, Passage, Tap
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.units_on_wire import Form, Unit

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


class Connection:
    """Both ends of one connection."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        loop: WorldLoop,
        tap: Tap,
        disturbances: Disturbances,
        latency: Latency,
        numbers: Any,
    ) -> None:
        self.name = name
        self.host = host
        self.loop = loop
        self.tap = tap
        self.disturbances = disturbances
        self.numbers = numbers
        self.is_open = True
        self.close_code: int | None = None
        talk = Conversation(name, host)
        up = Link(self, "c2v", Cutter(talk, "c2v", self._on_head), latency)
        down = Link(self, "v2c", Cutter(talk, "v2c"), latency)
        client_address, venue_address = ("198.18.255.1", 40_000 + int(name[1:])), (host, port)
        self.client = WorldTransport(self, "connector", up, client_address, venue_address)
        self.venue = WorldTransport(self, "venue", down, venue_address, client_address)
        up.receiver, down.receiver = self.venue, self.client
        self.client.incoming, self.venue.incoming = down, up

    def _on_head(self, method: str, path: str) -> None:
        self.tap.head(self.host, method, path)

    def cut(self) -> None:
        """Both ends lose the connection at once, as after a reset."""
        for end in (self.client, self.venue):
            end.lose(ConnectionResetError("connection reset by peer"))
        self.note_closed("fault")

    def abandon(self) -> None:
        """The client's process is gone: what it has sent still arrives, and nobody reads here."""
        self.client.vanish()

    def note_closed(self, by: str) -> None:
        """Tell the tap once who closed, and with which WebSocket code if one crossed."""
        if self.is_open:
            self.is_open = False
            self.tap.closed(self.name, by, self.close_code)


class WorldTransport(asyncio.Transport):
    """One end of a connection, as asyncio protocols know it."""

    def __init__(
        self,
        connection: Connection,
        side: str,
        link: Link,
        own: tuple[str, int],
        peer: tuple[str, int],
    ) -> None:
        super().__init__({"sockname": own, "peername": peer})
        self._connection = connection
        self._side = side
        self._link = link
        self._protocol: asyncio.BaseProtocol | None = None
        self._closing = False
        self._reading = True
        self._unread: deque[bytes | None] = deque()
        self.is_lost = False
        self.incoming: Link

    @property
    def connection(self) -> Connection:
        """The connection this is an end of."""
        return self._connection

    # Called by the protocol --------------------------------------------------------------------

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Change who is called."""
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return who is called."""
        assert self._protocol is not None
        return self._protocol

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes; after close or loss they go nowhere, as with a socket."""
        if not self._closing and not self.is_lost:
            self._link.write(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """Send pieces as one write."""
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        """Half-closing is not offered, as with TLS."""
        return False

    def get_write_buffer_size(self) -> int:
        """Nothing is ever buffered on the sending side."""
        return 0

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """Return limits that are never reached."""
        return (0, 65_536)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Accept and ignore: writing never blocks here."""

    def is_closing(self) -> bool:
        """True after close, abort or loss."""
        return self._closing or self.is_lost

    def is_reading(self) -> bool:
        """True when arriving data goes to the protocol at once."""
        return self._reading and not self.is_closing()

    def pause_reading(self) -> None:
        """Keep arriving data back."""
        self._reading = False

    def resume_reading(self) -> None:
        """Hand over what was kept back."""
        self._reading = True
        while self._unread and self._reading:
            data = self._unread.popleft()
            if data is None:
                self._end_reached()
            else:
                self._hand_over(data)

    def close(self) -> None:
        """Close in order: the peer hears of it after all that was sent."""
        if self._closing or self.is_lost:
            return
        self._closing = True
        self._connection.note_closed(self._side)
        self.incoming.note_known()
        self._link.end()
        self._connection.loop.call_soon(self.lose, None)

    def abort(self) -> None:
        """Close without order; the peer hears of it no later than of a close."""
        self.close()

    def vanish(self) -> None:
        """Close as a machine does for a process that is gone: its protocol hears nothing of it."""
        if not self._closing and not self.is_lost:
            self._connection.note_closed(self._side)
            self._link.end()
        self._closing = self.is_lost = True
        self._protocol = None

    # Called by the link ------------------------------------------------------------------------

    def receive(self, data: bytes) -> None:
        """Take bytes that arrived."""
        if self.is_lost or not data:
            return
        if self._reading and not self._unread:
            self._hand_over(data)
        else:
            self._unread.append(data)

    def receive_end(self) -> None:
        """The peer closed."""
        if self.is_lost:
            return
        if self._reading and not self._unread:
            self._end_reached()
        else:
            self._unread.append(None)

    def lose(self, error: Exception | None) -> None:
        """Tell the protocol, once, that the connection is gone."""
        if self.is_lost:
            return
        self.is_lost = True
        protocol = self._protocol
        if protocol is not None:
            self._connection.loop.call_soon(protocol.connection_lost, error)

    def _hand_over(self, data: bytes) -> None:
        protocol = self._protocol
        if isinstance(protocol, asyncio.BufferedProtocol):
            _fill(protocol, data)
        else:
            assert isinstance(protocol, asyncio.Protocol)
            protocol.data_received(data)

    def _end_reached(self) -> None:
        eof_received = getattr(self._protocol, "eof_received", None)
        if eof_received is None or not eof_received():
            self.close()


def _fill(protocol: asyncio.BufferedProtocol, data: bytes) -> None:
    while data:
        view = memoryview(protocol.get_buffer(len(data)))
        count = min(len(view), len(data))
        view[:count] = data[:count]
        protocol.buffer_updated(count)
        data = data[count:]


def close_code(unit: Unit) -> int | None:
    """Return the code of a WebSocket close frame, or None for any other unit."""
    if unit.form is Form.FRAME and unit.opcode == _CLOSE_OPCODE and len(unit.body) >= 2:  # noqa: PLR2004
        return int.from_bytes(unit.body[:2], "big")
    return None
