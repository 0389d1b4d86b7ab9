"""How much may be asked: the limits as a table, and counting within an interval."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.dialects.binance.quirks import Quirks

SECOND_NS = 1_000_000_000
_INTERVAL_NS = {"SECOND": SECOND_NS, "MINUTE": 60 * SECOND_NS, "DAY": 86_400 * SECOND_NS}


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: so many of a kind in each interval, and the quirk that sets how many."""

    kind: str
    interval: str
    number: int
    quirk: str

    @property
    def length_ns(self) -> int:
        """How long an interval is; intervals begin at multiples of it."""
        return self.number * _INTERVAL_NS[self.interval]

    @property
    def suffix(self) -> str:
        """The end of its header's name, such as 10S."""
        return f"{self.number}{self.interval[0]}"


WEIGHT = Limit("REQUEST_WEIGHT", "MINUTE", 1, "request_weight_per_minute")
ORDERS = (
    Limit("ORDERS", "SECOND", 10, "orders_per_10_seconds"),
    Limit("ORDERS", "DAY", 1, "orders_per_day"),
)
RAW_REQUESTS = Limit("RAW_REQUESTS", "MINUTE", 5, "raw_requests_per_5_minutes")
CONNECTIONS = Limit("CONNECTIONS", "MINUTE", 5, "connections_per_5_minutes")
PUBLISHED = (WEIGHT, *ORDERS, RAW_REQUESTS)
"""What exchangeInfo tells, in its order."""

CONNECTION_WEIGHT = 2


class Window:
    """Counts within fixed intervals; a maximum of 0 is none."""

    __slots__ = ("_interval", "_length_ns", "count", "maximum")

    def __init__(self, limit: Limit, quirks: Quirks) -> None:
        self._length_ns = limit.length_ns
        self._interval = -1
        self.maximum: int = getattr(quirks, limit.quirk) if quirks.rate_limits else 0
        self.count = 0

    def add(self, amount: int, now_ns: int) -> int:
        """Count more, or less when below zero; return what the running interval has."""
        interval = now_ns // self._length_ns
        if interval != self._interval:
            self._interval = interval
            self.count = 0
        self.count = max(0, self.count + amount)
        return self.count

    def exceeds(self, amount: int, now_ns: int) -> bool:
        """Return whether so many more would be too many."""
        maximum = self.maximum
        # A count of an interval that is over may look too high, never too low.
        return 0 < maximum < self.count + amount and maximum < self.add(0, now_ns) + amount

    def end_ns(self, now_ns: int) -> int:
        """Return when the running interval ends."""
        return (now_ns // self._length_ns + 1) * self._length_ns
