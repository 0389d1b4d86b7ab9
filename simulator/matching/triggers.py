"""The orders of one market that wait, unseen, for the price of its last trade."""

from __future__ import annotations

from msgspec import Struct
from sortedcontainers import SortedDict

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import Side, TriggerKind

BIPS = 10_000
"""Hundredths of a percent in the whole."""

_Key = tuple[int, int]


def triggers_above(terms: PlaceOrder) -> bool:
    """Return whether an order with a trigger waits for the price to rise (else to fall)."""
    assert terms.trigger is not None, "only an order with a trigger waits for a price"
    return (terms.side is Side.BUY) is (terms.trigger.kind is TriggerKind.STOP_LOSS)


def is_past(terms: PlaceOrder, last_ticks: int | None) -> bool:
    """Return whether the last price is already where an order is to trigger.

    A trailing order is never past it: its price is where it begins to follow.
    """
    trigger = terms.trigger
    if last_ticks is None or trigger is None or trigger.trailing_delta_bips is not None:
        return False
    assert trigger.price_ticks is not None, "a trigger without a trail has a price"
    if triggers_above(terms):
        return last_ticks >= trigger.price_ticks
    return last_ticks <= trigger.price_ticks


class _Trail(Struct, eq=False):
    """An order that follows the price, and the best price it has seen."""

    order: Order
    best_ticks: int


class Triggers:
    """Waiting orders by the price that sets them off; those that follow the price one by one.

    A price reached sets off, in this order: what waits for a rise, the lowest trigger first, then
    what waits for a fall, the highest first; at one price the older order first.
    """

    __slots__ = ("_falling", "_rising", "_trails", "_untraded")

    def __init__(self) -> None:
        self._rising: SortedDict[_Key, Order] = SortedDict()
        self._falling: SortedDict[_Key, Order] = SortedDict()
        self._trails: dict[int, _Trail] = {}
        # Orders that would follow the price from now on, in a market that never traded.
        self._untraded: dict[int, Order] = {}

    def add(self, order: Order, last_ticks: int | None, now_ns: int) -> None:
        """Let an order wait; one that trails without a price, or past it, follows at once."""
        trigger = order.terms.trigger
        assert trigger is not None, "only an order with a trigger waits for a price"
        price = order.trigger_price_ticks = trigger.price_ticks
        follows = trigger.trailing_delta_bips is not None
        if follows and last_ticks is None and price is None:
            self._untraded[order.venue_order_id] = order
        elif follows and last_ticks is not None and _has_reached(order, price, last_ticks):
            self._follow(order, last_ticks, now_ns)
        else:
            assert price is not None, "a trigger without a trail has a price"
            side, key = self._place(order, price)
            side[key] = order

    def holds(self, order: Order) -> bool:
        """Return whether an order waits here, and was not set off yet."""
        number = order.venue_order_id
        if number in self._trails or number in self._untraded:
            return True
        if order.trigger_price_ticks is None:
            return False
        side, key = self._place(order, order.trigger_price_ticks)
        return key in side

    def drop(self, order: Order) -> None:
        """Let an order wait no more, if it does."""
        number = order.venue_order_id
        if self._trails.pop(number, None) or self._untraded.pop(number, None):
            return
        if order.trigger_price_ticks is not None:
            side, key = self._place(order, order.trigger_price_ticks)
            side.pop(key, None)

    def reached(self, price_ticks: int, now_ns: int) -> list[Order]:
        """Take out what a trade at this price sets off, in order; let trails follow it."""
        found = self._taken(self._rising, price_ticks, now_ns)
        found += self._taken(self._falling, -price_ticks, now_ns)
        for order in self._untraded.values():
            self._follow(order, price_ticks, now_ns)
        self._untraded.clear()
        if self._trails:
            found += self._trailed(price_ticks)
            found.sort(key=_urgency)
        return found

    def _taken(self, side: SortedDict[_Key, Order], rank: int, now_ns: int) -> list[Order]:
        found = []
        while side and side.peekitem(0)[0][0] <= rank:
            _, order = side.popitem(0)
            trigger = order.terms.trigger
            assert trigger is not None, "only an order with a trigger waits for a price"
            if trigger.trailing_delta_bips is None:
                found.append(order)
            else:
                self._follow(order, abs(rank), now_ns)
        return found

    def _follow(self, order: Order, price_ticks: int, now_ns: int) -> None:
        self._trails[order.venue_order_id] = _Trail(order, price_ticks)
        order.trigger_price_ticks = _trailing_price(order, price_ticks)
        order.trailing_time_ns = now_ns

    def _trailed(self, price_ticks: int) -> list[Order]:
        found = []
        for trail in list(self._trails.values()):
            order = trail.order
            if _has_reached(order, order.trigger_price_ticks, price_ticks):
                del self._trails[order.venue_order_id]
                found.append(order)
            elif not _has_reached(order, trail.best_ticks, price_ticks):
                trail.best_ticks = price_ticks
                order.trigger_price_ticks = _trailing_price(order, price_ticks)
        return found

    def _place(self, order: Order, price_ticks: int) -> tuple[SortedDict[_Key, Order], _Key]:
        if triggers_above(order.terms):
            return self._rising, (price_ticks, order.venue_order_id)
        return self._falling, (-price_ticks, order.venue_order_id)

    def waiting(self) -> list[Order]:
        """Return all who wait, in no order that matters."""
        trails = [trail.order for trail in self._trails.values()]
        fixed = [*self._rising.values(), *self._falling.values()]
        return [*fixed, *trails, *self._untraded.values()]


def _has_reached(order: Order, price_ticks: int | None, last_ticks: int) -> bool:
    """Return whether the last price is at a price or past it, in the order's direction."""
    if price_ticks is None:
        return True
    return last_ticks >= price_ticks if triggers_above(order.terms) else last_ticks <= price_ticks


def _trailing_price(order: Order, best_ticks: int) -> int:
    """Return the first whole price that is the delta away from the best one."""
    trigger = order.terms.trigger
    assert trigger is not None, "only an order with a trigger follows the price"
    assert trigger.trailing_delta_bips is not None, "only a trail follows the price"
    if triggers_above(order.terms):
        return -(-best_ticks * (BIPS + trigger.trailing_delta_bips) // BIPS)
    return best_ticks * (BIPS - trigger.trailing_delta_bips) // BIPS


def _urgency(order: Order) -> tuple[bool, int, int]:
    price = order.trigger_price_ticks
    assert price is not None, "who is set off had a price"
    above = triggers_above(order.terms)
    return not above, price if above else -price, order.venue_order_id
