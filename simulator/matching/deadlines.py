"""When the venue will end live orders by itself: good-till-date expiries and delayed cancels."""

from __future__ import annotations

from itertools import count

from sortedcontainers import SortedDict

from fillproof.simulator.matching.orders import Order

NEVER = 1 << 63
"""Later than any moment in nanoseconds that fits into 64 bits."""


class Deadlines:
    """At most one deadline an order; at one instant, the one that was set first comes first.

    An order's `deadline` is its key here. `next_ns` is the earliest of all, or NEVER.
    """

    __slots__ = ("_orders", "_sequence", "next_ns")

    def __init__(self) -> None:
        self._orders: SortedDict[tuple[int, int], Order] = SortedDict()
        self._sequence = count()
        self.next_ns = NEVER

    def set(self, order: Order, at_ns: int) -> None:
        """Set or replace the deadline of an order."""
        if order.deadline is not None:
            del self._orders[order.deadline]
        order.deadline = (at_ns, next(self._sequence))
        self._orders[order.deadline] = order
        self._look()

    def drop(self, order: Order) -> None:
        """Forget the deadline of an order, if it has one."""
        if order.deadline is not None:
            del self._orders[order.deadline]
            order.deadline = None
            self._look()

    def pop_due(self, now_ns: int) -> tuple[int, Order] | None:
        """Take out the earliest deadline and its order, if it is due."""
        if self.next_ns > now_ns:
            return None
        (due_ns, _), order = self._orders.popitem(0)
        order.deadline = None
        self._look()
        return due_ns, order

    def _look(self) -> None:
        self.next_ns = self._orders.peekitem(0)[0][0] if self._orders else NEVER

    def __len__(self) -> int:
        return len(self._orders)
