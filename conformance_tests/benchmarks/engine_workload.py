"""What is asked of a matching engine: adds, cancels, crossing orders, in a book of 100 levels."""

from __future__ import annotations

import random
from decimal import Decimal

from conformance_tests.benchmarks.engine_bare import BareEngine, Part

from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import CancelOrder, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

OPERATIONS = 10_000
"""In one turn."""

LEVELS_A_SIDE = 50
MIDDLE = 2_900_000
ACCOUNTS = tuple(f"account-{number}" for number in range(10))
SYMBOL = "BTCUSDT"
FEE = Decimal("0.001")
FORTUNE = 10**12 * UNITS_PER_ASSET

_KINDS = ("add",) * 55 + ("cancel",) * 30 + ("cross",) * 10 + ("market",) * 3 + ("ioc",) * 2


class Workload:
    """Commands that follow from one seed."""

    def __init__(self) -> None:
        self._random = random.Random(1)
        self._count = 0
        self._added: list[tuple[str, str]] = []

    def commands(self, count: int) -> list[PlaceOrder | CancelOrder]:
        """Return the next commands."""
        return [self._next() for _ in range(count)]

    def _next(self) -> PlaceOrder | CancelOrder:
        kind = self._random.choice(_KINDS)
        if kind == "cancel" and self._added:
            chosen = self._random.randrange(len(self._added))
            self._added[chosen], self._added[-1] = self._added[-1], self._added[chosen]
            account, client_order_id = self._added.pop()
            return CancelOrder(account, SYMBOL, client_order_id=client_order_id)
        return self._place(kind)

    def _place(self, kind: str) -> PlaceOrder:
        self._count += 1
        buys = self._random.random() < 0.5
        away = self._random.randrange(1, LEVELS_A_SIDE + 1)
        crosses = kind in ("cross", "ioc")
        price = MIDDLE - away if buys is not crosses else MIDDLE + away
        account, name = self._random.choice(ACCOUNTS), f"order-{self._count}"
        if kind not in ("market", "ioc"):
            self._added.append((account, name))
        return PlaceOrder(
            account=account,
            client_order_id=name,
            symbol=SYMBOL,
            side=Side.BUY if buys else Side.SELL,
            order_type=OrderType.MARKET if kind == "market" else OrderType.LIMIT,
            time_in_force=TimeInForce.IOC if kind in ("market", "ioc") else TimeInForce.GTC,
            quantity_lots=self._random.randrange(1, 1_000),
            price_ticks=None if kind == "market" else price,
        )


def a_market(symbol: str = SYMBOL, base: str = "BTC") -> Instrument:
    """Return a market in USDT without filters."""
    return Instrument(
        symbol=symbol,
        base=base,
        quote="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.0001"),
        min_quantity=Decimal("0.0001"),
        max_quantity=Decimal(9000),
        min_notional=Decimal(0),
    )


def an_exchange(*markets: Instrument) -> Exchange:
    """Return an exchange with these markets, or one, and rich accounts."""
    markets = markets or (a_market(),)
    exchange = Exchange(markets, Fees(FEE, FEE))
    for account in ACCOUNTS:
        for asset in ("USDT", *(market.base for market in markets)):
            exchange.apply(Deposit(account, asset, FORTUNE), 0)
    return exchange


def a_bare_engine(part: Part) -> BareEngine:
    """Return a bare engine with this part and those before it, and the same rich accounts."""
    return BareEngine(a_market(), ACCOUNTS, FORTUNE, FEE.as_integer_ratio(), part)
