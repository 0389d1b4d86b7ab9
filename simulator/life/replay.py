"""Recorded trades, traded again at their times by strangers; a small book goes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from fillproof.simulator.dice import Dice
from fillproof.simulator.life.makers import Makers, endowed
from fillproof.simulator.life.protocol import Gap, Sight
from fillproof.simulator.life.sizes import least_lots
from fillproof.simulator.vocabulary.commands import (
    CancelOrder,
    Command,
    FillOrder,
    PlaceOrder,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

_LEVELS = 5


@dataclass(frozen=True, slots=True)
class RecordedTrade:
    """One trade; `time_ns` counts from the first, `taker` is who came to the book."""

    time_ns: int
    price_ticks: int
    quantity_lots: int
    taker: Side


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """What is replayed. With `apart` no trade meets anybody else's order: it is left out instead.

    A `gap` keeps the book around the trades away from its prices; the trades are where they were.
    """

    market: Instrument
    trades: Sequence[RecordedTrade]
    apart: bool
    gap: Gap | None
    seed: int


class Replay:
    """For each trade a maker rests at its price and is taken; then the rest goes away again."""

    def __init__(self, plan: ReplayPlan, sight: Sight, begin_ns: int) -> None:
        self._plan = plan
        self._sight = sight
        self._begin_ns = begin_ns
        self._done = 0
        symbol = plan.market.symbol
        self._maker, self._taker = f"replay-{symbol}-maker", f"replay-{symbol}-taker"
        names = [f"replay-{symbol}-{level}" for level in range(1, _LEVELS + 1)]
        self._book = Makers(plan.market, names, plan.gap, Dice(plan.seed), sight)
        self._numbers = count(1)
        self._quoted_ticks: int | None = None

    @property
    def next_ns(self) -> int | None:
        """When the next trade was, None after the last."""
        if self._done == len(self._plan.trades):
            return None
        return self._begin_ns + self._plan.trades[self._done].time_ns

    def act(self, now_ns: int) -> Iterator[Command]:
        """Yield all trades that are due."""
        if self._quoted_ticks is None:
            yield from endowed(self._plan.market, (*self._book.names, self._maker, self._taker))
        while self.next_ns is not None and self.next_ns <= now_ns:
            trade = self._plan.trades[self._done]
            self._done += 1
            yield from self._quote(trade.price_ticks)
            yield from self._trade(trade)

    def _quote(self, price_ticks: int) -> Iterator[Command]:
        """Move the book when the price has moved: first all away, so that none is in the way."""
        if price_ticks == self._quoted_ticks:
            return
        self._quoted_ticks = price_ticks
        for name in self._book.names:
            yield from self._book.withdraw(name)
        for name in self._book.names:
            yield from self._book.quote(name, price_ticks)

    def _trade(self, trade: RecordedTrade) -> Iterator[Command]:
        number = next(self._numbers)
        name = f"{self._maker}-{number}"
        # A trade can be smaller than an order may be.
        lots = max(trade.quantity_lots, least_lots(self._plan.market, trade.price_ticks))
        rests = self._order(self._maker, name, trade.taker.opposite, trade.price_ticks, lots)
        yield rests
        order = self._sight.find(self._maker, name, rests.symbol)
        if order is None or not order.is_open:
            return
        if self._plan.apart:
            yield FillOrder(order.venue_order_id, trade.quantity_lots)
        else:
            taken = self._order(
                self._taker, f"{self._taker}-{number}", trade.taker, trade.price_ticks, lots
            )
            yield taken
        order = self._sight.find(self._maker, name, rests.symbol)
        if order is not None and order.is_open:
            yield CancelOrder(self._maker, rests.symbol, order.venue_order_id)

    def _order(
        self, account: str, name: str, side: Side, price_ticks: int, lots: int
    ) -> PlaceOrder:
        is_maker = account == self._maker
        return PlaceOrder(
            account=account,
            client_order_id=name,
            symbol=self._plan.market.symbol,
            side=side,
            order_type=OrderType.LIMIT,
            time_in_force=TimeInForce.GTC if is_maker else TimeInForce.IOC,
            quantity_lots=lots,
            price_ticks=price_ticks,
            post_only=is_maker,
        )
