"""A small world for tests: an aiohttp server and a client in one universe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from fillproof.simulator.faults.network import NetworkFault, NetworkFaults
from fillproof.simulator.universe.bounds import Bounds
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.links import LinkSettings, Passage, Way
from fillproof.simulator.universe.units_on_wire import Form, Unit
from fillproof.simulator.universe.universe import Universe

HOST = "api.example.com"


@dataclass
class Notes:
    """A tap that writes down what crossed, one line each, and classifies by path."""

    clock: Clock
    lines: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.lines.append(f"{self.clock.now:.3f} {text}")

    def channel(self, unit: Unit) -> str:
        if unit.form is Form.FRAME:
            return "stream" if unit.direction == "v2c" else "control"
        path = unit.path if unit.form is Form.REQUEST else (unit.request or unit).path
        return path.strip("/") + ("_request" if unit.direction == "c2v" else "_reply")

    def head(self, host: str, method: str, path: str) -> None:
        self.note(f"head {method} {host} {path}")

    def opened(self, connection: str, host: str, port: int) -> None:
        self.note(f"opened {connection} {host}:{port}")

    def sent(self, unit: Unit) -> None:
        self.note(f"sent {unit.number} {unit.channel}")

    def delivered(self, unit: Unit, faults: tuple[str, ...]) -> None:
        self.note(f"delivered {unit.number} {unit.channel} {' '.join(faults)}".rstrip())

    def lost(self, unit: Unit, faults: tuple[str, ...]) -> None:
        self.note(f"lost {unit.number} {unit.channel} {' '.join(faults)}".rstrip())

    def closed(self, connection: str, by: str, code: int | None) -> None:
        self.note(f"closed {connection} by {by} {code}")

    def ended(self, connection: str, by: str) -> None:
        self.note(f"ended {connection} by {by}")

    def unknown_host(self, host: str, port: int) -> None:
        self.note(f"unknown {host}:{port}")

    def unreadable(self, connection: str, error: str) -> None:
        self.note(f"unreadable {connection} {error}")


@dataclass
class Faults:
    """The network faults as a link asks for them."""

    armed: NetworkFaults = field(default_factory=lambda: NetworkFaults(lambda _f, _u: None))

    def passage(self, unit: Unit) -> Passage:
        return self.armed.passage(unit)

    def held_until(self, unit: Unit, now_ns: int) -> tuple[int, str] | None:
        return self.armed.held_until(unit, now_ns)

    def is_dead(self, connection: str) -> str | None:
        return self.armed.is_dead(connection)

    def barred_until(self, way: Way, now_ns: int, *, met: bool) -> int:
        return self.armed.barred_until(way, now_ns, met=met)


async def _echo(request: web.Request) -> web.Response:
    return web.json_response({"path": request.path, "body": await request.text()})


async def _socket(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    async for message in socket:
        for word in message.data.split():
            await socket.send_str(word)
    return socket


def run(
    client: Callable[[ClientSession], Awaitable[None]],
    *faults: NetworkFault,
    seed: int = 7,
    bounds: Bounds | None = None,
    link: LinkSettings | None = None,
) -> Notes:
    """Run one client against the server and return what crossed."""
    notes = Notes(Clock())
    armed = Faults()
    for fault in faults:
        armed.armed.arm(fault)
    universe = Universe(seed, notes.clock, notes, armed, link, bounds)

    async def main() -> None:
        app = web.Application()
        app.router.add_route("*", "/ws", _socket)
        app.router.add_route("*", "/{any:.*}", _echo)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        assert runner.server is not None
        universe.network.listen(HOST, 443, runner.server)
        async with ClientSession() as session:
            await client(session)
        await runner.cleanup()

    universe.run(main)
    return notes


def run_bare(body: Callable[[], Coroutine[Any, Any, None]], bounds: Bounds | None = None) -> None:
    """Run a body in a world without server or client."""
    notes = Notes(Clock())
    Universe(7, notes.clock, notes, Faults(), None, bounds).run(body)
