"""The network of a world: names, addresses, listeners, connections. Nothing leaves the process."""

from __future__ import annotations

import asyncio
import errno
import itertools
import socket
from collections.abc import Callable
from typing import Any

from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.links import Disturbances, Latency, Tap
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.transport import Connection

ProtocolFactory = Callable[[], asyncio.BaseProtocol]


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
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        """Make a connection; it takes one latency each way. Raises ConnectionRefusedError."""
        if sock is not None:
            host, port = self._destinations.pop(sock.fileno())
            sock.close()
        assert host is not None
        assert port is not None
        host = self._hosts.get(host, host)
        self.resolve(host, port)
        listener = self._listeners.get((host, port))
        if listener is None:
            self._tap.unknown_host(host, port)
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens on {host}:{port}")
        await asyncio.sleep((self._latency.draw_ns() + self._latency.draw_ns()) / NANOSECONDS)
        return self._join(host, port, factory(), listener())

    def _join(
        self,
        host: str,
        port: int,
        client: asyncio.BaseProtocol,
        venue: asyncio.BaseProtocol,
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
        connection.venue.set_protocol(venue)
        venue.connection_made(connection.venue)
        client.connection_made(connection.client)
        return connection.client, client
