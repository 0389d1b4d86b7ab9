"""A venue on loopback in real time for the benchmarks, and the processes that are its clients."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from decimal import Decimal

from conformance_tests.benchmarks.load import KEY, SECRET

from fillproof.harness.serve.real_time import RealTime
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.faults.answers import AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

ACCOUNT = "client"
MARKET = Instrument(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)
KEPT_ORDERS = 1_000

Factory = Callable[[], asyncio.BaseProtocol]


async def a_venue() -> VenueServer:
    """Return a venue where one account has plenty of everything, and nobody is limited."""
    fees = Fees(Decimal("0.001"), Decimal("0.001"))
    exchange = Exchange([MARKET], fees, kept_orders=KEPT_ORDERS)
    keys = {KEY: (ACCOUNT, SECRET)}
    dialect = BinanceDialect(exchange, [MARKET], keys, Quirks(rate_limits=False))
    clock = RealTime()
    server = VenueServer(
        exchange=exchange,
        dialect=dialect,
        clock=clock.now_ns,
        call_at=clock.call_at,
        on_reports=lambda _reports: None,
        answers=AnswerFaults(lambda _fault: None),
    )
    await server.start()
    for asset in ("BTC", "USDT"):
        server.apply(Deposit(ACCOUNT, asset, 10**9 * UNITS_PER_ASSET))
    return server


async def listen(factory: Factory) -> tuple[asyncio.Server, int]:
    """Serve on a free port of loopback; return server and port."""
    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


class Client:
    """Another process of this folder: it says a line for each thing it has done."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, module: str, *words: object) -> Client:
        """Start it, and wait until it is ready."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", f"conformance_tests.benchmarks.{module}", *map(str, words)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        client = cls(process)
        await client.said("ready")
        return client

    def begin(self) -> None:
        """Tell it to begin a turn."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"begin\n")

    async def said(self, word: str) -> None:
        """Wait for a word of it; SystemExit when it says another, or ends."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if line.decode().strip() != word:
            raise SystemExit(f"the client said {line!r}, expected {word!r}")

    async def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()
