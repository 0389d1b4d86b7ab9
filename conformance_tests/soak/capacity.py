"""Many connections and orders over an hour of virtual time, in a universe that records nothing."""

from __future__ import annotations

import asyncio
import random
import resource
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic

from aiohttp import ClientSession, TCPConnector
from conformance_tests.soak.saying import say
from conformance_tests.soak.traders import HOST, SYMBOLS, ApiKey, Pace, Subscriber, Trader

from fillproof.simulator.command_journal import ReportDigest, state_digest
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.faults.answers import AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.universe.links import UNDISTURBED, Passage, Way
from fillproof.simulator.universe.units_on_wire import Unit
from fillproof.simulator.universe.universe import Universe
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

HOUR_SECONDS = 3_600.0
KEPT_ORDERS = 1_000
"""Ended orders that the engine remembers of each account."""

MOST_ACCOUNTS = 20
STREAMS = ("btcusdt@trade", "ethusdt@depth@100ms", "btcusdt@bookTicker", "ethusdt@kline_1m")
FORTUNE = 10**9 * UNITS_PER_ASSET
SHARES_TOLD = (0.1, 0.5, 1.0)

_MILLISECOND_NS = 1_000_000
_SETTLING_SECONDS = 1.0


class Silent:
    """A tap and disturbances that do nothing."""

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

    def head(self, *_: object) -> None:
        """Hear nothing."""

    opened = sent = delivered = lost = closed = ended = unknown_host = unreadable = head


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `digest` is of all reports, books and balances."""

    orders: int
    asked: int
    answers: int
    messages: int
    trades: int
    known_orders: int
    live_orders: int
    digest: str


class Run:
    """One hour of one venue, with so many connections and orders."""

    def __init__(
        self,
        connections: int,
        orders: int,
        kept_orders: int = KEPT_ORDERS,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._accounts = [
            f"account-{n}" for n in range(max(1, min(MOST_ACCOUNTS, connections // 5)))
        ]
        self._keys = [ApiKey(f"key-{name}", f"secret-{name}") for name in self._accounts]
        self._traders = connections - len(self._accounts) - len(STREAMS)
        self._pace = Pace(orders, tell)
        self._reports = ReportDigest()
        self._clock = Clock()
        markets = [_market(symbol) for symbol in SYMBOLS]
        fees = Fees(Decimal("0.001"), Decimal("0.001"))
        self._exchange = Exchange(markets, fees, kept_orders=kept_orders)
        owners = {
            key.key: (account, key.secret)
            for key, account in zip(self._keys, self._accounts, strict=True)
        }
        self._dialect = BinanceDialect(self._exchange, markets, owners, Quirks(rate_limits=False))
        self._subscribers = [Subscriber() for _ in (*self._accounts, *STREAMS)]

    def __call__(self) -> Outcome:
        """Live the hour."""
        silent = Silent()
        self._universe = Universe(1, self._clock, silent, silent)
        self._universe.run(self._main)
        return self._outcome()

    async def _main(self) -> None:
        server = VenueServer(
            exchange=self._exchange,
            dialect=self._dialect,
            clock=lambda: self._clock.wall_ns,
            call_at=self._call_at,
            on_reports=self._hear,
            answers=AnswerFaults(lambda _fault: None),
        )
        await server.start()
        self._universe.network.listen(HOST, 443, server.protocol_factory)
        for account in self._accounts:
            for asset in ("BTC", "ETH", "USDT"):
                server.apply(Deposit(account, asset, FORTUNE))
        async with ClientSession(connector=TCPConnector(limit=0)) as session:
            listening = self._listen(session)
            await asyncio.sleep(_SETTLING_SECONDS)
            await self._trade()
            await asyncio.sleep(_SETTLING_SECONDS)
            await server.stop()
            await asyncio.gather(*listening)

    def _listen(self, session: ClientSession) -> list[asyncio.Task[None]]:
        users, others = self._subscribers[: len(self._keys)], self._subscribers[len(self._keys) :]
        hearing = [
            one.hear_user(session, key, self._wall_ms())
            for one, key in zip(users, self._keys, strict=True)
        ]
        hearing += [
            one.hear_market(session, stream) for one, stream in zip(others, STREAMS, strict=True)
        ]
        return [asyncio.ensure_future(one) for one in hearing]

    async def _trade(self) -> None:
        loop = asyncio.get_running_loop()
        begin = loop.time() + _SETTLING_SECONDS
        interval = HOUR_SECONDS * self._traders / self._pace.wanted
        drawn = random.Random(1)
        trading = []
        for number in range(self._traders):
            trader = Trader(self._keys[number % len(self._keys)], drawn, self._pace, self._wall_ms)
            await loop.create_connection(lambda one=trader: one, HOST, 443)  # type: ignore[misc]
            trading.append(trader.trade(begin + interval * number / self._traders, interval))
        await asyncio.gather(*trading)

    def _hear(self, reports: tuple[Report, ...]) -> None:
        self._reports.note(reports)

    def _wall_ms(self) -> int:
        return self._clock.wall_ns // _MILLISECOND_NS

    def _call_at(self, when_ns: int, callback: Callable[[], None]) -> asyncio.TimerHandle:
        loop = asyncio.get_running_loop()
        seconds = (when_ns - self._clock.epoch_ns) / NANOSECONDS
        return loop.call_at(max(seconds, loop.time()), callback)

    def _outcome(self) -> Outcome:
        trades = [self._exchange.last_trade(symbol) for symbol in SYMBOLS]
        orders = [self._exchange.orders(account) for account in self._accounts]
        return Outcome(
            orders=self._pace.placed,
            asked=self._pace.asked,
            answers=self._pace.answered,
            messages=sum(one.heard for one in self._subscribers),
            trades=max(trade.trade_id for trade in trades if trade is not None),
            known_orders=sum(map(len, orders)),
            live_orders=sum(order.is_open for of_account in orders for order in of_account),
            digest=state_digest(self._exchange, SYMBOLS, self._reports),
        )


def _market(symbol: str) -> Instrument:
    return Instrument(
        symbol=symbol,
        base=symbol.removesuffix("USDT"),
        quote="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.0001"),
        min_quantity=Decimal("0.0001"),
        max_quantity=Decimal(9000),
        min_notional=Decimal(1),
    )


def capacity(connections: int, orders: int) -> bool:
    """Live the hour and say how much memory it took; True when every order was answered."""
    began = monotonic()
    told = {int(orders * share): share for share in SHARES_TOLD}

    def tell(placed: int) -> None:
        if placed in told:
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            minutes = (monotonic() - began) / 60
            say(
                f"capacity: {placed:,} of {orders:,} orders, {connections:,} connections, "
                f"peak RSS {megabytes:,} MB, {minutes:.1f} min"
            )

    outcome = Run(connections, orders, tell=tell)()
    say(
        f"capacity: {outcome.answers:,} requests answered, {outcome.trades:,} trades, "
        f"{outcome.messages:,} stream messages, {outcome.known_orders:,} orders known "
        f"({outcome.live_orders:,} live), digest {outcome.digest}"
    )
    return outcome.answers == outcome.asked
