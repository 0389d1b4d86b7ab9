"""Orders that were refused when they were placed: queries know them, under numbers of their own."""

from __future__ import annotations

from collections import deque
from itertools import count

from msgspec.structs import replace

from fillproof.simulator.vocabulary.reports import ExecutionReport

FIRST_NUMBER = 10**12
"""Above all that an engine gives to orders that it accepts."""

KEPT_ORDERS = 2_000
"""The latest of each account."""


class RefusedOrders:
    """Refused orders by account, as the engine reported them, each with a number."""

    __slots__ = ("_numbers", "_orders")

    def __init__(self) -> None:
        self._numbers = count(FIRST_NUMBER)
        self._orders: dict[str, deque[ExecutionReport]] = {}

    def add(self, report: ExecutionReport) -> None:
        """Remember an order that was refused."""
        known = self._orders.setdefault(report.account, deque(maxlen=KEPT_ORDERS))
        known.append(replace(report, venue_order_id=next(self._numbers)))

    def of(self, account: str) -> list[ExecutionReport]:
        """Return the refused orders of an account, the latest first."""
        return list(reversed(self._orders.get(account, ())))

    def find(self, account: str, oid: object) -> ExecutionReport | None:
        """Return the latest of that number or client's id."""
        for order in self.of(account):
            if oid in (order.venue_order_id, order.client_order_id):
                return order
        return None
