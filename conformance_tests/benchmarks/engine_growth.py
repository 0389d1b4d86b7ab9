"""Operations of the matching engine in books of different sizes: `RESTING LEVELS MARKETS`.

So many orders rest in each market, and on the whole stay so many: in turn one is added where it
rests, one that rests is canceled, one is added at the top, and an IOC order takes that one. LEVELS
is `shared` (50 a side) or `own` (each order its own price).
"""

from __future__ import annotations

import random
import sys
from collections import deque
from collections.abc import Iterator

from conformance_tests.benchmarks.engine_workload import (
    ACCOUNTS,
    LEVELS_A_SIDE,
    MIDDLE,
    OPERATIONS,
    a_market,
    an_exchange,
)
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report

from fillproof.simulator.vocabulary.commands import CancelOrder, Command, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

LOTS = 10


class Book:
    """The orders that rest, in all markets, and the commands that change them."""

    def __init__(self, resting: int, symbols: list[str], *, own_levels: bool) -> None:
        self._random = random.Random(1)
        self._symbols = symbols
        self._own_levels = own_levels
        # Each order has its own distance from the middle, and as many more are free.
        distances = list(range(1, 2 * resting + 1))
        self._random.shuffle(distances)
        self._free = deque(distances)
        self._resting: list[tuple[int, str, str, str]] = []
        self._count = 0
        self._size = resting

    def fill(self) -> Iterator[Command]:
        """Yield what makes the book."""
        for _ in range(self._size):
            yield self._add()

    def round(self) -> Iterator[Command]:
        """Yield four commands that leave as many orders as there were."""
        yield self._add()
        yield self._cancel()
        symbol = self._random.choice(self._symbols)
        yield self._place(symbol, Side.BUY, MIDDLE, TimeInForce.GTC)
        yield self._place(symbol, Side.SELL, MIDDLE, TimeInForce.IOC)

    def _add(self) -> PlaceOrder:
        away = self._free.popleft()
        distance = away if self._own_levels else 1 + away % LEVELS_A_SIDE
        side = Side.BUY if away % 2 else Side.SELL
        price = MIDDLE - distance if side is Side.BUY else MIDDLE + distance
        symbol = self._random.choice(self._symbols)
        order = self._place(symbol, side, price, TimeInForce.GTC)
        self._resting.append((away, order.account, symbol, order.client_order_id))
        return order

    def _cancel(self) -> CancelOrder:
        chosen = self._random.randrange(len(self._resting))
        self._resting[chosen], self._resting[-1] = self._resting[-1], self._resting[chosen]
        away, account, symbol, name = self._resting.pop()
        self._free.append(away)
        return CancelOrder(account, symbol, client_order_id=name)

    def _place(self, symbol: str, side: Side, price: int, in_force: TimeInForce) -> PlaceOrder:
        self._count += 1
        name, account = f"order-{self._count}", self._random.choice(ACCOUNTS)
        return PlaceOrder(account, name, symbol, side, OrderType.LIMIT, in_force, LOTS, price)


def main(resting: str, levels: str, markets: str) -> None:
    """Measure until there are no more turns."""
    bases = [f"BASE{number}" for number in range(int(markets))]
    instruments = [a_market(f"{base}USDT", base) for base in bases]
    exchange = an_exchange(*instruments)
    symbols = [instrument.symbol for instrument in instruments]
    book = Book(int(resting) * len(symbols), symbols, own_levels=levels == "own")
    now_ns = 0
    for command in book.fill():
        exchange.apply(command, now_ns)
    while asked():
        commands = [command for _ in range(OPERATIONS // 4) for command in book.round()]
        before = cpu_seconds()
        for command in commands:
            now_ns += 1
            exchange.apply(command, now_ns)
        report(OPERATIONS, cpu_seconds() - before)


main(*sys.argv[1:])
