"""A sealed world with one small venue, for the connector's I/O."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web

from fillproof.harness.connectors.reference.rest import Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.links import UNDISTURBED, Passage, Way
from fillproof.simulator.universe.units_on_wire import Unit
from fillproof.simulator.universe.universe import Universe

HOST = "api.binance.com"
SIGNER = Signer("key", "secret")


class Deaf:
    """A tap that writes nothing down, on links that nothing disturbs."""

    def channel(self, _unit: Unit) -> str:
        return ""

    def passage(self, _unit: Unit) -> Passage:
        return UNDISTURBED

    def held_until(self, _unit: Unit, _now_ns: int) -> None:
        return None

    def is_dead(self, _connection: str) -> None:
        return None

    def barred_until(self, _way: Way, _now_ns: int, *, met: bool) -> int:
        return 0

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def live(
    handler: Handler, client: Callable[[aiohttp.ClientSession, Clock], Awaitable[None]]
) -> None:
    """Run a client against a venue that answers every request by one handler."""
    deaf: Any = Deaf()
    universe = Universe(1, Clock(), deaf, deaf)

    async def main() -> None:
        server = web.Server(handler)  # type: ignore[arg-type]
        universe.network.listen(HOST, 443, server)
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await client(session, universe.clock)
        await server.shutdown()

    universe.run(main)


def rest_of(session: aiohttp.ClientSession) -> Rest:
    """The connector's REST side on the production address."""
    return Rest(session, f"https://{HOST}", SIGNER)
