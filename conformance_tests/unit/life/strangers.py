"""A market with nobody but strangers in it, and a time of its own."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.life.protocol import Life
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import Command, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import Report, TradePrinted
from fillproof.simulator.vocabulary.units import asset_units

SECOND = 1_000_000_000
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
PRICE = 2_900_000


class Town:
    """An engine, and all that was done and said in it."""

    def __init__(self) -> None:
        self.exchange = Exchange(
            [MARKET], Fees(Decimal("0.001"), Decimal("0.001")), kept_orders=500
        )
        self.commands: list[Command] = []
        self.reports: list[Report] = []

    def apply(self, command: Command, now_ns: int) -> None:
        """Carry out a command."""
        self.commands.append(command)
        self.reports += self.exchange.apply(command, now_ns)

    def live(self, life: Life, until_ns: int) -> None:
        """Let strangers act until then, each time when they want to."""
        while life.next_ns is not None and life.next_ns <= until_ns:
            now_ns = life.next_ns
            for command in life.act(now_ns):
                self.apply(command, now_ns)

    def trades(self) -> list[TradePrinted]:
        """Return the trades so far."""
        return [report for report in self.reports if isinstance(report, TradePrinted)]

    def place(self, side: Side, price_ticks: int, lots: int, now_ns: int) -> int:
        """Place an order of "client"; return the venue's number of it."""
        asset = MARKET.quote if side is Side.BUY else MARKET.base
        self.apply(Deposit("client", asset, asset_units(Decimal(10**6))), now_ns)
        name = f"own-{len(self.commands)}"
        self.apply(
            PlaceOrder(
                "client",
                name,
                MARKET.symbol,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                lots,
                price_ticks,
            ),
            now_ns,
        )
        order = self.exchange.find("client", name)
        assert order is not None
        return order.venue_order_id
