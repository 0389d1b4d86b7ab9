"""Background traders: makers follow a random walk and re-quote, takers trade with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from fillproof.simulator.dice import Dice
from fillproof.simulator.life.makers import Makers, endowed
from fillproof.simulator.life.protocol import Gap, Sight
from fillproof.simulator.life.sizes import draw_lots, step_ticks
from fillproof.simulator.vocabulary.commands import Command, FillOrder, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

_ONE_TAKER_IN = 4
_ACTS_ONE_TIME_IN = 4
_STEPS_FROM_START = 200
"""The walk turns back one percent from where it began."""
_STEPS_PAID = 1000
"""How far beyond the price a taker goes that takes from anybody: five percent."""


@dataclass(frozen=True, slots=True)
class TradersPlan:
    """How many traders, how often they wake on average, where the price begins.

    With `apart` they trade only among themselves; else they take from anybody, by price and time
    like everyone. With a gap they keep its prices free.
    """

    market: Instrument
    traders: int
    every_ns: int
    start_ticks: int
    apart: bool
    gap: Gap | None
    seed: int


class Traders:
    """One in four is a taker. At each waking each acts with one chance in four.

    So the times between what they do are as good as memoryless, by whole numbers alone.
    """

    def __init__(self, plan: TradersPlan, sight: Sight, begin_ns: int) -> None:
        self._plan = plan
        self._dice = Dice(plan.seed)
        names = [f"trader-{plan.market.symbol}-{number}" for number in range(1, plan.traders + 1)]
        takers = plan.traders // _ONE_TAKER_IN
        self._takers = names[len(names) - takers :]
        own = names[: len(names) - takers]
        self._makers = Makers(plan.market, own, plan.gap, self._dice, sight)
        self._price_ticks = plan.start_ticks
        self._numbers = count(1)
        self._next_ns = begin_ns
        self._is_born = False

    @property
    def next_ns(self) -> int:
        """When they wake next."""
        return self._next_ns

    def act(self, now_ns: int) -> Iterator[Command]:
        """Yield what they do when they wake; nothing before that."""
        if now_ns < self._next_ns:
            return
        self._next_ns = now_ns + self._dice.between(1, 2 * self._plan.every_ns)
        if not self._is_born:
            self._is_born = True
            yield from self._come()
            return
        self._walk()
        late = self._makers.passed(self._price_ticks)
        for name in self._makers.names:
            if name in late:
                yield from self._makers.withdraw(name)
        for name in self._makers.names:
            if self._dice.happens(1, _ACTS_ONE_TIME_IN) or name in late:
                yield from self._makers.quote(name, self._price_ticks)
        for name in self._takers:
            if self._dice.happens(1, _ACTS_ONE_TIME_IN):
                yield from self._take(name)

    def _come(self) -> Iterator[Command]:
        yield from endowed(self._plan.market, (*self._makers.names, *self._takers))
        for name in self._makers.names:
            yield from self._makers.quote(name, self._price_ticks)

    def _walk(self) -> None:
        """Move the price by up to two steps; near the border only back."""
        step = step_ticks(self._plan.start_ticks)
        border = _STEPS_FROM_START * step
        moved = self._price_ticks + self._dice.between(-2 * step, 2 * step)
        least = max(1, self._plan.start_ticks - border)
        self._price_ticks = min(max(moved, least), self._plan.start_ticks + border)

    def _take(self, name: str) -> Iterator[Command]:
        """Buy or sell at the best price: among themselves, or of anybody."""
        side = Side.SELL if self._dice.happens(1, 2) else Side.BUY
        lots = draw_lots(self._plan.market, self._price_ticks, self._dice)
        if not self._plan.apart:
            yield self._taker_order(name, side, lots)
            return
        best = self._makers.best(side.opposite)
        if best is not None:
            yield FillOrder(best.venue_order_id, min(lots, best.leaves_quantity_lots))

    def _taker_order(self, name: str, side: Side, lots: int) -> PlaceOrder:
        beyond = _STEPS_PAID * step_ticks(self._price_ticks)
        away = beyond if side is Side.BUY else -beyond
        return PlaceOrder(
            account=name,
            client_order_id=f"{name}-{next(self._numbers)}",
            symbol=self._plan.market.symbol,
            side=side,
            order_type=OrderType.LIMIT,
            time_in_force=TimeInForce.IOC,
            quantity_lots=lots,
            price_ticks=max(1, self._price_ticks + away),
        )
