"""The whole connector before the simulated venue, on production addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from conformance_tests.unit.reference.sealed import Deaf

from fillproof.harness.connectors.protocol import Balance, OrderRequest, Setup, Told
from fillproof.harness.connectors.reference.adapter import ReferenceAdapter
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.faults.answers import AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.universe import Universe
from fillproof.simulator.vocabulary.commands import Deposit, EndOrder, FillOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

KEY, SECRET = "key", "secret"
BUY = OrderRequest("BTC-USDT", "BUY", Decimal(1), Decimal(29000))
MARKET = Instrument(
    "BTCUSDT",
    "BTC",
    "USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)


@dataclass
class Host:
    """The strategy's side: hears, and may fail to."""

    setup: Setup = field(default_factory=lambda: Setup(("BTC-USDT",), KEY, SECRET))
    told: list[str] = field(default_factory=list)
    is_broken: bool = False

    def tell(self, told: Told) -> None:
        self.told.append(str(told.event))
        if self.is_broken:
            raise RuntimeError("the strategy is broken")

    def raw(self, _what: str, _value: object) -> None:
        raise AssertionError("the reference has no raw objects")

    def spawn(self, *_: Any) -> None:
        raise AssertionError("the reference runs its own tasks")


@dataclass
class Case:
    """A connector that is ready, its venue, and what the venue reported."""

    host: Host
    adapter: ReferenceAdapter
    server: VenueServer
    reports: list[Report]


def live(strategy: Callable[[Case], Awaitable[None]], host: Host | None = None) -> Case:
    """Start a connector, let the strategy act, stop it, and see that nothing is left of it."""
    clock = Clock()
    deaf: Any = Deaf()
    universe = Universe(1, clock, deaf, deaf)
    cases: list[Case] = []

    async def main() -> None:
        case = await _open(universe, host or Host())
        cases.append(case)
        await case.adapter.start()
        while not case.adapter.ready():
            await asyncio.sleep(0.1)
        await strategy(case)
        await case.adapter.stop()
        await case.server.stop()
        await asyncio.sleep(1)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    universe.run(main)
    return cases[0]


async def _open(universe: Universe, host: Host) -> Case:
    clock, reports = universe.clock, list[Report]()
    exchange = Exchange([MARKET], Fees(Decimal("0.001"), Decimal("0.001")))
    dialect = BinanceDialect(exchange, [MARKET], accounts={KEY: ("me", SECRET)}, quirks=Quirks())
    server = VenueServer(
        exchange,
        dialect,
        clock=lambda: clock.wall_ns,
        call_at=lambda at_ns, call: asyncio.get_running_loop().call_at(
            (at_ns - clock.epoch_ns) / 1e9, call
        ),
        on_reports=reports.extend,
        answers=AnswerFaults(lambda _fault: None),
    )
    await server.start()
    server.apply(Deposit("me", "USDT", 100_000 * 10**8))
    for address in dialect.hosts:
        universe.network.listen(*address, server.protocol_factory)
    return Case(host, ReferenceAdapter(host), server, reports)


def test_an_order_lives_from_placed_to_completed() -> None:
    """The id comes before anything is sent; then each event once, and the balances follow."""

    async def strategy(case: Case) -> None:
        case.reports.clear()
        client_order_id = case.adapter.place(BUY)
        assert case.adapter.reading().tracked == (client_order_id,)
        assert case.reports == []
        await asyncio.sleep(0.1)
        case.server.apply(FillOrder(1, 4000))
        case.server.apply(FillOrder(1, 6000))
        await asyncio.sleep(0.1)
        assert case.adapter.reading().tracked == ()
        balances = case.adapter.reading().balances or {}
        assert balances["BTC"] == Balance(Decimal("0.999"), Decimal("0.999"))
        assert balances["USDT"] == Balance(Decimal(71000), Decimal(71000))

    case = live(strategy)
    assert case.host.told == ["Created", "Filled", "Filled", "Completed"]


def test_a_cancel_ends_an_order() -> None:
    """The strategy's cancel is told once, though reply and stream both say it."""

    async def strategy(case: Case) -> None:
        client_order_id = case.adapter.place(BUY)
        await asyncio.sleep(0.1)
        case.adapter.cancel(client_order_id)
        case.adapter.cancel(client_order_id)
        case.adapter.cancel("an id that nobody placed")
        await asyncio.sleep(0.1)
        case.adapter.cancel(client_order_id)

    assert live(strategy).host.told == ["Created", "Cancelled"]


def test_an_expiry_is_told_as_such() -> None:
    """What the venue ends is Expired, not Cancelled."""

    async def strategy(case: Case) -> None:
        case.adapter.place(BUY)
        await asyncio.sleep(0.1)
        case.server.apply(EndOrder(1, "Expired"))
        await asyncio.sleep(0.1)

    assert live(strategy).host.told == ["Created", "Expired"]


def test_an_order_that_breaks_a_rule_is_not_sent() -> None:
    """The Failure of a local check comes after the id, and the venue hears nothing."""

    async def strategy(case: Case) -> None:
        case.reports.clear()
        small = OrderRequest("BTC-USDT", "BUY", Decimal("0.00009"), Decimal(29000))
        unknown = OrderRequest("DOGE-USDT", "BUY", Decimal(1), Decimal(1))
        ids = {case.adapter.place(small), case.adapter.place(unknown)}
        assert len(ids) == 2
        assert case.host.told == []
        await asyncio.sleep(0.1)
        assert case.reports == []

    assert live(strategy).host.told == ["Failure", "Failure"]


def test_an_order_the_venue_refuses_fails() -> None:
    """Too little money is a Failure, told once."""

    async def strategy(case: Case) -> None:
        case.adapter.place(OrderRequest("BTC-USDT", "BUY", Decimal(100), Decimal(29000)))
        await asyncio.sleep(0.1)

    assert live(strategy).host.told == ["Failure"]


def test_kinds_of_orders_are_sent_as_asked() -> None:
    """Market, IOC, FOK and post-only orders reach the engine as what they are."""

    async def strategy(case: Case) -> None:
        case.reports.clear()
        case.adapter.place(OrderRequest("BTC-USDT", "BUY", Decimal(1), None, "MARKET"))
        for word, post_only in (("IOC", False), ("FOK", False), ("GTC", True)):
            wish = OrderRequest(
                "BTC-USDT",
                "BUY",
                Decimal(1),
                Decimal(29000),
                time_in_force=word,
                post_only=post_only,
            )
            case.adapter.place(wish)
            await asyncio.sleep(0.1)

    case = live(strategy)
    new = [r for r in case.reports if isinstance(r, ExecutionReport) and r.execution_type == "New"]
    assert [(r.order_type, r.time_in_force, r.post_only) for r in new] == [
        ("MARKET", "IOC", False),
        ("LIMIT", "IOC", False),
        ("LIMIT", "FOK", False),
        ("LIMIT", "GTC", True),
    ]


def test_a_broken_strategy_does_not_stop_its_connector() -> None:
    """An exception of whoever listens is logged, and the order is looked after to its end."""

    async def strategy(case: Case) -> None:
        case.adapter.place(BUY)
        await asyncio.sleep(0.1)
        case.server.apply(FillOrder(1, 10000))
        await asyncio.sleep(0.1)

    case = live(strategy, Host(is_broken=True))
    assert case.host.told == ["Created", "Filled", "Completed"]
