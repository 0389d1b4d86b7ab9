"""How much a client may ask: the limits as a table, what was used of each, bans, and the texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.moments import milliseconds
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

_SECOND_NS = 1_000_000_000
_INTERVAL_NS = {"SECOND": _SECOND_NS, "MINUTE": 60 * _SECOND_NS, "DAY": 86_400 * _SECOND_NS}


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
REFUSALS_BEFORE_BAN = 10
"""So many 429 in one interval ban the address. The venue does not say how many it takes."""

SHORTEST_BAN_NS = 120 * _SECOND_NS
LONGEST_BAN_NS = 3 * 86_400 * _SECOND_NS
"""Documented: from 2 minutes to 3 days, longer for who comes back; here each is twice the last."""

GIVEN_BACK_TAKER = 1
GIVEN_BACK_MAKER = 5
"""Of the unfilled order count, at an order's first fill (faqs/order_count_decrement.md)."""


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


class Client:
    """What one address has used, and whether it is banned."""

    __slots__ = ("_banned_until_ns", "_bans", "_connections", "_raw", "_refusals", "_weight")

    def __init__(self, quirks: Quirks) -> None:
        self._weight = Window(WEIGHT, quirks)
        self._raw = Window(RAW_REQUESTS, quirks)
        self._connections = Window(CONNECTIONS, quirks)
        self._refusals = Window(WEIGHT, quirks)
        self._bans = 0
        self._banned_until_ns = 0

    def charge(self, weight: int, now_ns: int) -> int:
        """Count one request; return the weight that the running minute has.

        Raises Refusal: 429 beyond a limit, 418 while banned.
        """
        if now_ns < self._banned_until_ns:
            raise _banned(self._banned_until_ns)
        raw, used = self._raw, self._weight
        requests, weights = raw.add(1, now_ns), used.add(weight, now_ns)
        if 0 < used.maximum < weights:
            text = (used.maximum, f"{WEIGHT.number} {WEIGHT.interval}")
            raise self._refused(errors.TOO_MUCH_WEIGHT.refusal(*text), used.end_ns(now_ns), now_ns)
        if 0 < raw.maximum < requests:
            raise self._refused(errors.TOO_MANY_REQUESTS.refusal(), raw.end_ns(now_ns), now_ns)
        return weights

    def give_back(self, weight: int, now_ns: int) -> int:
        """Take back the weight of a request that turned out to weigh nothing; return the rest."""
        return self._weight.add(-weight, now_ns)

    def used_weight(self, now_ns: int) -> int:
        """Return the weight of the running minute."""
        return self._weight.add(0, now_ns)

    def connect(self, weight: int, now_ns: int) -> None:
        """Count one WebSocket; raises Refusal as `charge` does."""
        connections = self._connections
        connections.add(1, now_ns)
        self.charge(weight, now_ns)
        if 0 < connections.maximum < connections.count:
            interval = f"{CONNECTIONS.number} {CONNECTIONS.interval}"
            refusal = errors.TOO_MANY_CONNECTIONS.refusal(connections.maximum, interval)
            raise self._refused(refusal, connections.end_ns(now_ns), now_ns)

    def _refused(self, refusal: Refusal, until_ns: int, now_ns: int) -> Refusal:
        """Return the refusal, or from the tenth in an interval on the ban that it leads to."""
        if self._refusals.add(1, now_ns) >= REFUSALS_BEFORE_BAN:
            length_ns = min(SHORTEST_BAN_NS << min(self._bans, 16), LONGEST_BAN_NS)
            self._bans += 1
            self._banned_until_ns = now_ns + length_ns
            return _banned(self._banned_until_ns)
        refusal.retry_at_ns = until_ns
        return refusal


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
                isinstance(report, ExecutionReport)
                and report.execution_type is ExecutionType.TRADE
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


class Limits:
    """All limits of the venue: requests by the client's address, orders by account."""

    def __init__(self, quirks: Quirks) -> None:
        self._quirks = quirks
        self._clients: dict[str, Client] = {}
        self.orders = UnfilledOrders(quirks)

    def client(self, address: str) -> Client:
        """Return what an address has used."""
        client = self._clients.get(address)
        if client is None:
            client = self._clients[address] = Client(self._quirks)
        return client

    def published(self) -> list[dict[str, Json]]:
        """Return what exchangeInfo tells of them."""
        return [self._told(limit) for limit in PUBLISHED]

    def orders_used(self, account: str, now_ns: int) -> list[dict[str, Json]]:
        """Return the order limits with what an account has used of them."""
        counts = self.orders.counts(account, now_ns)
        return [
            {**self._told(limit), "count": count}
            for limit, count in zip(ORDERS, counts, strict=True)
        ]

    def weight_used(self, client: Client, now_ns: int) -> dict[str, Json]:
        """Return the weight limit with what a client has used of it."""
        return {**self._told(WEIGHT), "count": client.used_weight(now_ns)}

    def _told(self, limit: Limit) -> dict[str, Json]:
        return {
            "rateLimitType": limit.kind,
            "interval": limit.interval,
            "intervalNum": limit.number,
            "limit": getattr(self._quirks, limit.quirk),
        }


def _banned(until_ns: int) -> Refusal:
    refusal = errors.BANNED.refusal(milliseconds(until_ns))
    refusal.retry_at_ns = until_ns
    return refusal
