"""The average price of a market over its last minutes, weighted by quantity."""

from __future__ import annotations

from collections import deque

from fillproof.simulator.vocabulary.units import NANOSECONDS_PER_SECOND

USUAL_MINUTES = 5
"""What a market's average price is taken over where nobody says otherwise."""

_NANOSECONDS_PER_MINUTE = 60 * NANOSECONDS_PER_SECOND


class Average:
    """The trades of one window of time, and their sums. What was taken back stays in it."""

    __slots__ = ("_lots", "_tick_lots", "_trades", "_window_ns")

    def __init__(self, minutes: int) -> None:
        self._window_ns = minutes * _NANOSECONDS_PER_MINUTE
        self._trades: deque[tuple[int, int, int]] = deque()
        self._tick_lots = 0
        self._lots = 0

    def add(self, now_ns: int, price_ticks: int, quantity_lots: int) -> None:
        """Count a trade that happens now."""
        tick_lots = price_ticks * quantity_lots
        self._trades.append((now_ns, tick_lots, quantity_lots))
        self._tick_lots += tick_lots
        self._lots += quantity_lots
        if self._trades[0][0] <= now_ns - self._window_ns:
            self._forget(now_ns)

    def price(self, now_ns: int) -> tuple[int, int] | None:
        """Return (ticks times lots, lots) of the window; None when nothing traded in it."""
        self._forget(now_ns)
        return (self._tick_lots, self._lots) if self._lots else None

    def _forget(self, now_ns: int) -> None:
        trades, oldest_ns = self._trades, now_ns - self._window_ns
        while trades and trades[0][0] <= oldest_ns:
            _, tick_lots, lots = trades.popleft()
            self._tick_lots -= tick_lots
            self._lots -= lots
