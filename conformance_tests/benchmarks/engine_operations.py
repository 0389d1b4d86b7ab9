"""Commands of the matching engine, with balances, fees and reports; run as a module.

The workload: 55 % limit orders that rest on 100 levels, 30 % cancels, 10 % limit orders that
cross, 5 % market and IOC orders.
"""

import random
from collections.abc import Iterator
from decimal import Decimal

from conformance_tests.benchmarks.measure import cpu_seconds, report

from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import CancelOrder, Command, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

OPERATIONS = 40_000
LEVELS = 50
"""On each side."""

MIDDLE = 100_000
MONEY = 10**17
ACCOUNT = "trader"


def an_exchange() -> Exchange:
    """Return an engine with one market and one rich account."""
    market = Instrument(
        symbol="BTCUSDT",
        base="BTC",
        quote="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.0001"),
        min_quantity=Decimal("0.0001"),
        max_quantity=Decimal(9000),
        min_notional=Decimal(0),
    )
    exchange = Exchange([market], Fees(maker=Decimal("0.001"), taker=Decimal("0.001")))
    for asset in ("BTC", "USDT"):
        exchange.apply(Deposit(ACCOUNT, asset, MONEY), 0)
    return exchange


def workload(draw: random.Random) -> Iterator[Command]:
    """Yield the commands; a cancel names an order that was placed and may be gone by then."""
    for number in range(OPERATIONS):
        side = draw.choice((Side.BUY, Side.SELL))
        chance = draw.random()
        if chance < 0.55:
            away = draw.randint(1, LEVELS)
            yield _order(number, side, draw, MIDDLE - away if side is Side.BUY else MIDDLE + away)
        elif chance < 0.85:
            name = str(draw.randrange(max(1, number)))
            yield CancelOrder(ACCOUNT, "BTCUSDT", client_order_id=name)
        elif chance < 0.95:
            yield _order(number, side, draw, MIDDLE + 3 if side is Side.BUY else MIDDLE - 3)
        else:
            yield _order(number, side, draw, None)


def _order(number: int, side: Side, draw: random.Random, price: int | None) -> PlaceOrder:
    return PlaceOrder(
        account=ACCOUNT,
        client_order_id=str(number),
        symbol="BTCUSDT",
        side=side,
        order_type=OrderType.MARKET if price is None else OrderType.LIMIT,
        time_in_force=TimeInForce.IOC if price is None else TimeInForce.GTC,
        quantity_lots=draw.randint(1, 100),
        price_ticks=price,
    )


def main() -> None:
    """Apply the workload and report what it cost."""
    exchange, commands = an_exchange(), list(workload(random.Random(7)))
    before = cpu_seconds()
    for moment, command in enumerate(commands):
        exchange.apply(command, moment)
    cost = cpu_seconds() - before
    exchange.check()
    report(len(commands), cost)


main()
