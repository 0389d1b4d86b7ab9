"""How many orders each account has placed that had no fill yet."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.door.limits import ORDERS, Window
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

GIVEN_BACK_TAKER = 1
GIVEN_BACK_MAKER = 5
"""Of the unfilled order count, at an order's first fill (faqs/order_count_decrement.md)."""

_TRADE = ExecutionType.TRADE  # looked up once: it costs, and every report is asked


class UnfilledOrders:
    """How many orders each account has placed that had no fill yet, by interval."""

    def __init__(self, quirks: Quirks) -> None:
        self._quirks = quirks
        self._accounts: dict[str, tuple[Window, ...]] = {}

    def require(self, account: str, orders: int, now_ns: int) -> None:
        """Refuse (-1015) when so many more would be too many."""
        for limit, window in zip(ORDERS, self._windows(account), strict=True):
            if window.exceeds(orders, now_ns):
                interval = f"{limit.number} {limit.interval}"
                refusal = errors.TOO_MANY_ORDERS.refusal(window.maximum, interval)
                refusal.retry_at_ns = window.end_ns(now_ns)
                raise refusal

    def placed(self, account: str, orders: int, now_ns: int) -> tuple[int, ...]:
        """Count orders, or fewer when below zero; return the counts as `counts` does."""
        return tuple([window.add(orders, now_ns) for window in self._windows(account)])

    def note(self, reports: Iterable[Report], now_ns: int) -> None:
        """Give back what each first fill earns."""
        for report in reports:
            if (
                type(report) is ExecutionReport
                and report.execution_type is _TRADE
                and report.cumulative_quantity_lots == report.last_quantity_lots
                and report.account in self._accounts
            ):
                earned = GIVEN_BACK_MAKER if report.is_maker else GIVEN_BACK_TAKER
                self.placed(report.account, -earned, now_ns)

    def counts(self, account: str, now_ns: int) -> tuple[int, ...]:
        """Return the count of each of `ORDERS`."""
        return self.placed(account, 0, now_ns)

    def _windows(self, account: str) -> tuple[Window, ...]:
        windows = self._accounts.get(account)
        if windows is None:
            windows = tuple(Window(limit, self._quirks) for limit in ORDERS)
            self._accounts[account] = windows
        return windows
