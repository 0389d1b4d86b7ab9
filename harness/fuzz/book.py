"""What can still be left of each order, whatever happened: so no impossible trade is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Placed:
    """One order of the strategy. `price` is None for a market order; `over` is certain."""

    label: str
    side: str
    amount: Decimal
    price: Decimal | None
    can_rest: bool
    likely_refused: bool = False
    waits: bool = False
    """Whether it waits for a price first, so that nobody knows when it is in the book."""
    at_the_desk: bool = False
    replaced: bool = False
    """Whether it was asked to give way to another one; if it did not, it still stands there."""
    traded: Decimal = Decimal(0)
    over: bool = False
    amended: Decimal | None = None
    """The smallest amount that an amend asked for; whether it was carried out is not known."""

    @property
    def can_end(self) -> bool:
        """Whether the venue could still end it."""
        may_be_full = self.traded >= self.surely
        is_there = not self.over and not self.likely_refused and not self.replaced
        return self.can_rest and is_there and not may_be_full

    @property
    def surely(self) -> Decimal:
        """What it is for at the least."""
        return self.amount if self.amended is None else min(self.amount, self.amended)


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody else brought to the market; a sweep has no price."""

    side: str
    amount: Decimal
    price: Decimal | None


@dataclass(slots=True)
class Book:
    """One market, as far as the steps alone tell. It assumes the worst for every order."""

    orders: list[Placed] = field(default_factory=list)
    strangers: list[Interest] = field(default_factory=list)

    def tradeable(self) -> list[Placed]:
        """Return the orders of which a counterparty can surely be asked to take a part."""
        return [
            order
            for order in self.strategys
            if not order.waits and self.left(order) > 0 and not any(self._before(order))
        ]

    @property
    def strategys(self) -> list[Placed]:
        """The orders that the strategy placed."""
        return [order for order in self.orders if not order.at_the_desk]

    @property
    def desks(self) -> list[Placed]:
        """The orders that somebody else placed on the account."""
        return [order for order in self.orders if order.at_the_desk]

    def left(self, order: Placed) -> Decimal:
        """Return the amount that nothing but an end of the order can have taken."""
        if not order.can_end:
            return Decimal(0)
        taken = sum((other.amount for other in self._against(order)), order.traded)
        return max(order.surely - taken, Decimal(0))

    def _against(self, order: Placed) -> Iterator[Placed | Interest]:
        """Yield what may have matched with the order."""
        everybody: tuple[Placed | Interest, ...] = (*self.orders, *self.strangers)
        for other in everybody:
            if other.side != order.side and _crosses(order, other.price):
                yield other

    def _before(self, order: Placed) -> Iterator[Placed | Interest]:
        """Yield what may stand before the order in priority."""
        for other in self.orders:
            rests = other is not order and other.can_rest and not other.over
            if rests and other.side == order.side and not _better(order, other.price):
                yield other
        for stranger in self.strangers:
            rests = stranger.side == order.side and stranger.price is not None
            if rests and not _better(order, stranger.price):
                yield stranger


def _crosses(order: Placed, price: Decimal | None) -> bool:
    if price is None or order.price is None:
        return True
    return price <= order.price if order.side == "BUY" else price >= order.price


def _better(order: Placed, price: Decimal | None) -> bool:
    """Return whether the order has a better price than this one."""
    if price is None or order.price is None:
        return False
    return order.price > price if order.side == "BUY" else order.price < price
