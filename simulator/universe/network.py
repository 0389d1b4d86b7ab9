"""The network of a world: names, addresses, listeners, connections. Nothing leaves the process."""

from __future__ import annotations

import asyncio
import errno
import itertools
import socket
from collections.abc import Callable
from typing import Any

from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.links import Disturbances, Latency, Tap, Way
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.transport import Connection

ProtocolFactory = Callable[[], asyncio.BaseProtocol]

_LONGEST_KNOCKING_SECONDS = 127
"""How long a machine repeats its first packet before it gives up (Linux, tcp_syn_retries 6)."""


class Network:
    """Listeners by (host, port), and every connection ever made to one of them."""

    def __init__(self, tap: Tap, disturbances: Disturbances, latency: Latency) -> None:
        self._tap = tap
        self._disturbances = disturbances
        self._latency = latency
        self._listeners: dict[tuple[str, int], ProtocolFactory] = {}
        self._addresses: dict[str, str] = {}
        self._hosts: dict[str, str] = {}
        self._destinations: dict[int, tuple[str, int]] = {}
        self._connections: list[Connection] = []
        self._names = itertools.count(1)
        self._unit_numbers = itertools.count(1)

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Every connection that was made, in order."""
        return tuple(self._connections)

    def open_connections(self) -> tuple[str, ...]:
        """Describe the connections that neither side has closed."""
        alive = (connection for connection in self._connections if connection.is_open)
        return tuple(f"{one.name} to {one.host}" for one in alive)

    def listen(self, host: str, port: int, factory: ProtocolFactory) -> None:
        """Serve a host under its production name."""
        self._listeners[host, port] = factory

    def resolve(self, host: str, port: int) -> str:
        """Return the address of a served host (198.18.0.0/15); raises socket.gaierror otherwise."""
        if host in self._hosts:
            return host
        if self._is_barred(Way.DNS, met=True):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if all(served != host for served, _ in self._listeners):
            self._tap.unknown_host(host, port)
            raise socket.gaierror(socket.EAI_NONAME, f"{host}: no such host in this world")
        if host not in self._addresses:
            count = len(self._addresses) + 1
            address = f"198.18.{count // 250}.{count % 250 + 1}"
            self._addresses[host] = address
            self._hosts[address] = host
        return self._addresses[host]

    def note_destination(self, sock: socket.socket, address: tuple[Any, ...]) -> None:
        """Remember where an unconnected socket wants to go."""
        self._destinations[sock.fileno()] = (str(address[0]), int(address[1]))

    async def connect(
        self,
        factory: ProtocolFactory,
        host: str | None,
        port: int | None,
        sock: socket.socket | None,
        tls_seconds: float | None = None,
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        """Make a connection; it takes one latency each way.

        `tls_seconds` is how long its handshake may take, None for a connection without TLS. Raises
        ConnectionRefusedError, TimeoutError and ConnectionAbortedError as a real one does.
        """
        if sock is not None:
            host, port = self._destinations.pop(sock.fileno())
            sock.close()
        assert host is not None
        assert port is not None
        if host in self._hosts:
            host = self._hosts[host]
        else:
            self.resolve(host, port)
        listener = self._listeners.get((host, port))
        if listener is None:
            self._tap.unknown_host(host, port)
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens on {host}:{port}")
        await asyncio.sleep((self._latency.draw_ns() + self._latency.draw_ns()) / NANOSECONDS)
        await self._get_through(host, port, tls_seconds)
        return self._join(host, port, factory(), listener)

    async def _get_through(self, host: str, port: int, tls_seconds: float | None) -> None:
        """Pass what bars the way, or fail as a client does who meets it."""
        if self._is_barred(Way.REFUSED, met=True):
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens on {host}:{port}")
        if not await self._outlast(Way.TIMEOUT, _LONGEST_KNOCKING_SECONDS):
            raise TimeoutError(errno.ETIMEDOUT, f"no answer from {host}:{port}")
        if tls_seconds is not None and not await self._outlast(Way.TLS, tls_seconds):
            raise ConnectionAbortedError(
                f"SSL handshake is taking longer than {tls_seconds:g} seconds: aborting it"
            )

    async def _outlast(self, way: Way, seconds: float) -> bool:
        """Wait until a way is free; return False when it is not after so long."""
        if not self._is_barred(way, met=True):
            return True
        end = asyncio.get_running_loop().time() + seconds
        while self._is_barred(way, met=False):
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await asyncio.sleep(min(left, 1.0))
        return True

    def _is_barred(self, way: Way, *, met: bool) -> bool:
        now_ns = round(asyncio.get_running_loop().time() * NANOSECONDS)
        return self._disturbances.barred_until(way, now_ns, met=met) > 0

    def _join(
        self,
        host: str,
        port: int,
        client: asyncio.BaseProtocol,
        listener: ProtocolFactory,
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop), "a world's network is used on a world's loop"
        connection = Connection(
            f"c{next(self._names)}",
            host,
            port,
            loop,
            self._tap,
            self._disturbances,
            self._latency,
            self._unit_numbers,
        )
        self._connections.append(connection)
        self._tap.opened(connection.name, host, port)
        connection.client.set_protocol(client)
        venue: asyncio.BaseProtocol = loop.in_nobodys_name(listener)
        connection.venue.set_protocol(venue)
        loop.in_nobodys_name(venue.connection_made, connection.venue)
        client.connection_made(connection.client)
        return connection.client, client
