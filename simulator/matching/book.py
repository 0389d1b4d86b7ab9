"""One side of an order book: price levels best first, and orders first come first in each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from msgspec import Struct
from sortedcontainers import SortedList

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import Side


@dataclass(slots=True, eq=False)
class Level:
    """All resting orders at one price, by venue order id, first come first.

    An OrderedDict because its first item is found in constant time after any number of removals.
    `quantity_lots` is what they show, `hidden_lots` what icebergs among them do not.
    `rank` orders the levels of a side, the best being the lowest; `key` is (symbol, rank).
    """

    symbol: str
    side: Side
    price_ticks: int
    rank: int
    key: tuple[str, int]
    quantity_lots: int = 0
    hidden_lots: int = 0
    orders: OrderedDict[int, Order] = field(default_factory=OrderedDict)

    def first(self) -> Order:
        """Return the order with priority; a level in a book is never empty."""
        return next(iter(self.orders.values()))

    def in_order(self) -> Iterator[Order]:
        """Yield all orders, the one with priority first."""
        return iter(self.orders.values())


class Sweep(Struct, frozen=True, gc=False):
    """What an order of the other side would meet now.

    `quantity_lots` is what there is for it, `cost_tick_lots` the sum of price times quantity over
    that, and `last_price_ticks` the last price reached (0 when there is nothing).
    """

    quantity_lots: int
    cost_tick_lots: int
    last_price_ticks: int


class BookSide:
    """The bids or the asks of one market. `best` is its best level, or None when it is empty."""

    __slots__ = ("_levels", "_ranks", "_sign", "best", "side", "symbol")

    def __init__(self, symbol: str, side: Side) -> None:
        self.symbol = symbol
        self.side = side
        # A level's rank is its price for asks, the price negated for bids.
        self._sign = 1 if side is Side.SELL else -1
        self._levels: dict[int, Level] = {}
        self._ranks: SortedList[int] = SortedList()
        self.best: Level | None = None

    def __iter__(self) -> Iterator[Level]:
        for rank in self._ranks:
            yield self._levels[rank]

    def best_within(self, limit_ticks: int | None) -> Level | None:
        """Return the level that an order of the other side with this limit would trade with."""
        level = self.best
        if level is None or limit_ticks is None or level.rank <= self._sign * limit_ticks:
            return level
        return None

    def _within(self, level: Level, limit_ticks: int | None) -> bool:
        return limit_ticks is None or level.rank <= self._sign * limit_ticks

    def add(self, order: Order, price_ticks: int) -> Level:
        """Rest an order behind all others at its price."""
        level = self._levels.get(self._sign * price_ticks) or self._open(price_ticks)
        level.orders[order.venue_order_id] = order
        level.quantity_lots += order.leaves_lots
        if order.hidden_lots:
            level.quantity_lots -= order.hidden_lots
            level.hidden_lots += order.hidden_lots
        return level

    def _open(self, price_ticks: int) -> Level:
        rank = self._sign * price_ticks
        level = Level(self.symbol, self.side, price_ticks, rank, (self.symbol, rank))
        self._levels[rank] = level
        self._ranks.add(rank)
        if self.best is None or rank < self.best.rank:
            self.best = level
        return level

    def level_of(self, order: Order) -> Level:
        """Return the level of a resting order."""
        price_ticks = order.terms.price_ticks
        assert price_ticks is not None, "an order without a price never rests"
        return self._levels[self._sign * price_ticks]

    def take(self, level: Level, order: Order, quantity_lots: int) -> None:
        """Take a quantity out of a resting order's place; all it has left takes the order out."""
        level.quantity_lots -= quantity_lots
        if quantity_lots == order.leaves_lots:
            if order.hidden_lots:
                level.quantity_lots += order.hidden_lots
                level.hidden_lots -= order.hidden_lots
                order.hidden_lots = 0
            del level.orders[order.venue_order_id]
            if not level.orders:
                self._close(level)

    def _close(self, level: Level) -> None:
        del self._levels[level.rank]
        self._ranks.remove(level.rank)
        if level is self.best:
            self.best = self._levels[self._ranks[0]] if self._ranks else None

    def sweep(self, quantity_lots: int, limit_ticks: int | None) -> Sweep:
        """Return what an order of the other side would meet, and change nothing."""
        found = cost = last = 0
        for level in self:
            if found == quantity_lots or not self._within(level, limit_ticks):
                break
            taken = min(level.quantity_lots + level.hidden_lots, quantity_lots - found)
            last = level.price_ticks
            found += taken
            cost += taken * last
        return Sweep(found, cost, last)

    def within(self, limit_ticks: int | None) -> Iterator[Level]:
        """Yield the levels that an order of the other side with this limit may meet, best first."""
        for level in self:
            if not self._within(level, limit_ticks):
                return
            yield level

    def before(self, order: Order) -> Iterator[Order]:
        """Yield the orders that trade before this resting order, first the one that is next."""
        for level in self:
            for resting in level.orders.values():
                if resting is order:
                    return
                yield resting

    def depth(self, limit: int | None) -> list[tuple[int, int]]:
        """Return (price_ticks, quantity_lots) of the best `limit` levels, best first."""
        return [(level.price_ticks, level.quantity_lots) for level in islice(self, limit)]
