"""One side of an order book: price levels best first, and orders first come first in each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sortedcontainers import SortedDict

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import Side


@dataclass(slots=True, eq=False)
class Level:
    """All resting orders at one price, by venue order id, first come first.

    An OrderedDict because its first item is found in constant time after any number of removals.
    """

    symbol: str
    side: Side
    price_ticks: int
    quantity_lots: int = 0
    orders: OrderedDict[int, Order] = field(default_factory=OrderedDict)

    def first(self) -> Order:
        """Return the order with priority; a level in a book is never empty."""
        return next(iter(self.orders.values()))


@dataclass(frozen=True, slots=True)
class Sweep:
    """What an order of the other side would meet now.

    `quantity_lots` is what there is for it, `cost_tick_lots` the sum of price times quantity over
    that, and `last_price_ticks` the last price reached (0 when there is nothing).
    """

    quantity_lots: int
    cost_tick_lots: int
    last_price_ticks: int


class BookSide:
    """The bids or the asks of one market."""

    __slots__ = ("_levels", "_sign", "side", "symbol")

    def __init__(self, symbol: str, side: Side) -> None:
        self.symbol = symbol
        self.side = side
        # Levels by rank: the price for asks, the price negated for bids, so that the first is best.
        self._sign = 1 if side is Side.SELL else -1
        self._levels: SortedDict[int, Level] = SortedDict()

    def __iter__(self) -> Iterator[Level]:
        return iter(self._levels.values())

    def best(self) -> Level | None:
        """Return the best level, or None when the side is empty."""
        if not self._levels:
            return None
        level: Level = self._levels.peekitem(0)[1]
        return level

    def best_within(self, limit_ticks: int | None) -> Level | None:
        """Return the level that an order of the other side with this limit would trade with."""
        level = self.best()
        return level if level is not None and self._within(level, limit_ticks) else None

    def _within(self, level: Level, limit_ticks: int | None) -> bool:
        return limit_ticks is None or self._sign * level.price_ticks <= self._sign * limit_ticks

    def add(self, order: Order, price_ticks: int) -> Level:
        """Rest an order behind all others at its price."""
        rank = self._sign * price_ticks
        level: Level | None = self._levels.get(rank)
        if level is None:
            level = self._levels[rank] = Level(self.symbol, self.side, price_ticks)
        level.orders[order.venue_order_id] = order
        level.quantity_lots += order.leaves_lots
        return level

    def level_of(self, order: Order) -> Level:
        """Return the level of a resting order."""
        price_ticks = order.command.price_ticks
        assert price_ticks is not None, "an order without a price never rests"
        level: Level = self._levels[self._sign * price_ticks]
        return level

    def take(self, level: Level, order: Order, quantity_lots: int) -> None:
        """Take a quantity out of a resting order's place; all it has left takes the order out."""
        level.quantity_lots -= quantity_lots
        if quantity_lots == order.leaves_lots:
            del level.orders[order.venue_order_id]
            if not level.orders:
                del self._levels[self._sign * level.price_ticks]

    def sweep(self, quantity_lots: int, limit_ticks: int | None) -> Sweep:
        """Return what an order of the other side would meet, and change nothing."""
        found = cost = last = 0
        for level in self:
            if found == quantity_lots or not self._within(level, limit_ticks):
                break
            taken = min(level.quantity_lots, quantity_lots - found)
            last = level.price_ticks
            found += taken
            cost += taken * last
        return Sweep(found, cost, last)

    def orders_within(self, limit_ticks: int | None) -> Iterator[Order]:
        """Yield whom an order of the other side with this limit may meet, the next one first."""
        for level in self:
            if not self._within(level, limit_ticks):
                return
            yield from level.orders.values()

    def before(self, order: Order) -> Iterator[Order]:
        """Yield the orders that trade before this resting order, first the one that is next."""
        for level in self:
            for resting in level.orders.values():
                if resting is order:
                    return
                yield resting

    def depth(self, limit: int | None) -> list[tuple[int, int]]:
        """Return (price_ticks, quantity_lots) of the best `limit` levels, best first."""
        levels = self._levels.values()
        chosen = levels if limit is None else levels[:limit]
        return [(level.price_ticks, level.quantity_lots) for level in chosen]
