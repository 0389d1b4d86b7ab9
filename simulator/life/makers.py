"""Strangers that keep a bid and an ask each around a price, and so make a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from fillproof.simulator.dice import Dice
from fillproof.simulator.life.protocol import Gap, Sight
from fillproof.simulator.life.sizes import draw_lots, step_ticks
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import CancelOrder, Command, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

_MONEY = 10**9
"""Of each asset: more than any of them can spend."""


def endowed(market: Instrument, names: Sequence[str]) -> Iterator[Command]:
    """Yield the deposits that strangers live on."""
    for name in names:
        for asset in (market.base, market.quote):
            yield Deposit(name, asset, _MONEY * UNITS_PER_ASSET)


class Makers:
    """The first stands next to the price, each other one a step further away.

    With a gap they leave its prices free, wherever the price is.
    """

    def __init__(
        self, market: Instrument, names: Sequence[str], gap: Gap | None, dice: Dice, sight: Sight
    ) -> None:
        self._market = market
        self._ranks = {name: rank for rank, name in enumerate(names)}
        self._gap = gap
        self._dice = dice
        self._sight = sight
        self._numbers = count(1)
        self._quotes: dict[tuple[str, Side], PlaceOrder] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Their accounts."""
        return tuple(self._ranks)

    def quote(self, name: str, price_ticks: int) -> Iterator[Command]:
        """Withdraw what one of them has, and quote around a price."""
        yield from self.withdraw(name)
        step = step_ticks(price_ticks)
        away = 1 + self._ranks[name] * step + self._dice.below(step)
        bid, ask = price_ticks, price_ticks
        if self._gap is not None:
            bid, ask = min(bid, self._gap.low_ticks), max(ask, self._gap.high_ticks)
        for side, at in ((Side.BUY, bid - away), (Side.SELL, ask + away)):
            if at >= 1:
                yield self._order(name, side, at)

    def withdraw(self, name: str) -> Iterator[Command]:
        """Cancel what one of them has in the book."""
        for side in Side:
            order = self._open(name, side)
            if order is not None:
                yield CancelOrder(name, self._market.symbol, order.venue_order_id)

    def passed(self, price_ticks: int) -> frozenset[str]:
        """Return whose quotes a price has passed: nobody leaves such a quote in the book."""
        return frozenset(
            name
            for (name, side), quoted in self._quotes.items()
            if _sign(side) * ((quoted.price_ticks or 0) - price_ticks) <= 0
        )

    def best(self, side: Side) -> OrderView | None:
        """Return their own order that trades first of a side, whoever else is there."""
        found = [order for name in self._ranks if (order := self._open(name, side))]
        sign = _sign(side)
        return min(
            found,
            key=lambda order: (sign * (order.price_ticks or 0), order.venue_order_id),
            default=None,
        )

    def _order(self, name: str, side: Side, price_ticks: int) -> PlaceOrder:
        order = PlaceOrder(
            account=name,
            client_order_id=f"{name}-{next(self._numbers)}",
            symbol=self._market.symbol,
            side=side,
            order_type=OrderType.LIMIT,
            time_in_force=TimeInForce.GTC,
            quantity_lots=draw_lots(self._market, price_ticks, self._dice),
            price_ticks=price_ticks,
            post_only=True,
        )
        self._quotes[name, side] = order
        return order

    def _open(self, name: str, side: Side) -> OrderView | None:
        quoted = self._quotes.get((name, side))
        if quoted is None:
            return None
        order = self._sight.find(name, quoted.client_order_id, self._market.symbol)
        return order if order is not None and order.is_open else None


def _sign(side: Side) -> int:
    """Return what makes a better price of a side the smaller number."""
    return -1 if side is Side.BUY else 1
