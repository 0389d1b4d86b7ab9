"""HTTP round trips on one keep-alive connection, client and venue on one loop.

Words: `universe` (in virtual time, everything recorded) or `loopback` (a real socket, nothing
recorded), then who answers: `venue` (the venue server, asked for its time) or `bare` (a handler
that only says ok).
"""

import sys

from fillproof.simulator.universe import dispatch

if sys.argv[1] == "universe":
    dispatch.install()  # as in a worker, before all else is imported

import asyncio
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientSession, web
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report

from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.tap import WireTap
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.faults.answers import AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.universe import Universe
from fillproof.simulator.vocabulary.instruments import Instrument

ROUND_TRIPS = 200
"""In one turn."""

WARM_UP = 200
HOST = "api.binance.com"
PATH = "/api/v3/time"

Factory = Callable[[], asyncio.BaseProtocol]


def a_dialect() -> tuple[Exchange, BinanceDialect]:
    """Return a venue with one market."""
    market = Instrument(
        symbol="BTCUSDT",
        base="BTC",
        quote="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.0001"),
        min_quantity=Decimal("0.0001"),
        max_quantity=Decimal(9000),
        min_notional=Decimal(5),
    )
    exchange = Exchange([market], Fees(Decimal(0), Decimal(0)))
    return exchange, BinanceDialect(
        exchange, [market], accounts={}, quirks=Quirks(rate_limits=False)
    )


async def factory_of(who: str, exchange: Exchange, dialect: BinanceDialect) -> Factory:
    """Return what a listening socket is given."""
    if who == "bare":
        return web.Server(_says_ok, access_log=None)
    server = VenueServer(
        exchange=exchange,
        dialect=dialect,
        clock=time.time_ns,
        call_at=lambda _when, _callback: asyncio.get_running_loop().call_later(0, print),
        on_reports=lambda _reports: None,
        answers=AnswerFaults(lambda _fault: None),
    )
    await server.start()
    return server.protocol_factory


async def _says_ok(_request: web.BaseRequest) -> web.Response:
    return web.Response(body=b'{"ok":true}', content_type="application/json")


async def round_trips(url: str) -> None:
    """Make round trips, one after the other, whenever it is this process's turn."""
    async with ClientSession() as session:
        await _some(session, url, WARM_UP)
        while asked():
            before = cpu_seconds()
            await _some(session, url, ROUND_TRIPS)
            report(ROUND_TRIPS, cpu_seconds() - before)


async def _some(session: ClientSession, url: str, count: int) -> None:
    for _ in range(count):
        async with session.get(url) as response:
            await response.json()


async def on_loopback(who: str) -> None:
    """Measure on a real socket."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(await factory_of(who, *a_dialect()), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await round_trips(f"http://127.0.0.1:{port}{PATH}")
    server.close()


def in_universe(who: str, write: Callable[[str], Any]) -> None:
    """Measure in a universe that records as a world does."""
    clock = Clock()
    recorder = Recorder(clock, write)
    recorder.header()
    tap, faults = WireTap(recorder, Progress(lambda: clock.now)), WorldFaults(recorder, clock)
    universe = Universe(1, clock, tap, faults)
    exchange, dialect = a_dialect()
    tap.meaning = dialect

    async def main() -> None:
        universe.network.listen(HOST, 443, await factory_of(who, exchange, dialect))
        await round_trips(f"https://{HOST}{PATH}")

    universe.run(main)


def main(where: str, who: str) -> None:
    """Measure until there are no more turns."""
    if where == "loopback":
        asyncio.run(on_loopback(who))
        return
    with TemporaryDirectory() as folder, (Path(folder) / "recording").open("w") as recording:
        in_universe(who, recording.write)


main(*sys.argv[1:])
