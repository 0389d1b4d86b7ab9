"""One side of an order book: price levels best first, and orders first come first in each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from msgspec import Struct
from sortedcontainers import SortedList

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import Side


@dataclass(slots=True, eq=False)
class Level:
    """All resting orders at one price, first come first.

    `queue` has them in this order, the first one always being one that rests. Behind it may stand
    some that have left (their `place` is 0), `gone` of them and never more than half: so an order
    leaves in constant time, wherever it stands, and the next one is found in constant time.
    `quantity_lots` is what they show, `hidden_lots` what icebergs among them do not.
    `rank` orders the levels of a side, the best being the lowest.
    """

    symbol: str
    side: Side
    price_ticks: int
    rank: int
    quantity_lots: int = 0
    hidden_lots: int = 0
    gone: int = 0
    queue: deque[Order] = field(default_factory=deque)

    @property
    def key(self) -> tuple[str, int]:
        """What a level has in common with one that was there before; a rank is of one side."""
        return self.symbol, self.rank

    def first(self) -> Order:
        """Return the order with priority; a level in a book is never empty."""
        return self.queue[0]

    def in_order(self) -> Iterator[Order]:
        """Yield all orders, the one with priority first."""
        return (order for order in self.queue if order.place)

    def holds_one(self) -> bool:
        """Return whether one order rests here and no other."""
        return len(self.queue) - self.gone == 1

    def leave(self, order: Order) -> None:
        """Let an order rest here no more."""
        order.place = 0
        queue = self.queue
        if order is queue[0]:
            queue.popleft()
            if self.gone:
                self._call_next()
        else:
            self.gone += 1
            if 2 * self.gone > len(queue):
                self.close_ranks()

    def go_behind(self, order: Order, place: int) -> None:
        """Let the first order stand behind all others."""
        assert order is self.queue[0], "only the first one has traded all that it shows"
        order.place = place
        self.queue.rotate(-1)
        self._call_next()

    def close_ranks(self) -> None:
        """Forget all that have left."""
        self.queue = deque(self.in_order())
        self.gone = 0

    def _call_next(self) -> None:
        queue = self.queue
        while queue and not queue[0].place:
            queue.popleft()
            self.gone -= 1


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
        level.queue.append(order)
        level.quantity_lots += order.leaves_lots
        if order.hidden_lots:
            level.quantity_lots -= order.hidden_lots
            level.hidden_lots += order.hidden_lots
        return level

    def _open(self, price_ticks: int) -> Level:
        rank = self._sign * price_ticks
        level = Level(self.symbol, self.side, price_ticks, rank)
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
        if quantity_lots == order.leaves_lots:
            self.take_out(level, order)
        else:
            level.quantity_lots -= quantity_lots

    def take_out(self, level: Level, order: Order) -> None:
        """Take all of a resting order out."""
        level.quantity_lots -= order.leaves_lots
        if order.hidden_lots:
            level.quantity_lots += order.hidden_lots
            level.hidden_lots -= order.hidden_lots
            order.hidden_lots = 0
        level.leave(order)
        if not level.queue:
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
            for resting in level.in_order():
                if resting is order:
                    return
                yield resting

    def depth(self, limit: int | None) -> list[tuple[int, int]]:
        """Return (price_ticks, quantity_lots) of the best `limit` levels, best first."""
        return [(level.price_ticks, level.quantity_lots) for level in islice(self, limit)]
