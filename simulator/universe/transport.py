"""The in-memory connection: two transports and, between them, a link for each direction."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Any

from fillproof.simulator.universe.framing import Conversation, Cutter
from fillproof.simulator.universe.link import Link
from fillproof.simulator.universe.links import Disturbances, Latency, Tap
from fillproof.simulator.universe.loop import WorldLoop


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
