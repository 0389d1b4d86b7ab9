"""When the venue will end live orders by itself: good-till-date expiries and delayed cancels."""

from __future__ import annotations

from itertools import count

from sortedcontainers import SortedDict

from fillproof.simulator.matching.orders import Order


class Deadlines:
    """At most one deadline an order; at one instant, the one that was set first comes first."""

    __slots__ = ("_keys", "_orders", "_sequence")

    def __init__(self) -> None:
        self._orders: SortedDict[tuple[int, int], Order] = SortedDict()
        self._keys: dict[int, tuple[int, int]] = {}
        self._sequence = count()

    def set(self, order: Order, at_ns: int) -> None:
        """Set or replace the deadline of an order."""
        self.drop(order)
        key = (at_ns, next(self._sequence))
        self._keys[order.venue_order_id] = key
        self._orders[key] = order

    def drop(self, order: Order) -> None:
        """Forget the deadline of an order, if it has one."""
        key = self._keys.pop(order.venue_order_id, None)
        if key is not None:
            del self._orders[key]

    def at(self, order: Order) -> int | None:
        """Return the deadline of an order, if it has one."""
        key = self._keys.get(order.venue_order_id)
        return None if key is None else key[0]

    def next_ns(self) -> int | None:
        """Return the earliest deadline."""
        if not self._orders:
            return None
        at_ns: int = self._orders.peekitem(0)[0][0]
        return at_ns

    def pop_due(self, now_ns: int) -> tuple[int, Order] | None:
        """Take out the earliest deadline and its order, if it is due."""
        if not self._orders or self._orders.peekitem(0)[0][0] > now_ns:
            return None
        key, order = self._orders.popitem(0)
        del self._keys[order.venue_order_id]
        return key[0], order

    def __len__(self) -> int:
        return len(self._keys)
