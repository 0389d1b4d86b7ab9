"""What each address has asked: weight, requests and connections, refused beyond and banned."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.door.limits import (
    CONNECTIONS,
    RAW_REQUESTS,
    SECOND_NS,
    WEIGHT,
    Window,
)
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.moments import milliseconds
from fillproof.simulator.dialects.binance.quirks import Quirks

REFUSALS_BEFORE_BAN = 10
"""So many 429 in one interval ban the address. The venue does not say how many it takes."""

SHORTEST_BAN_NS = 120 * SECOND_NS
LONGEST_BAN_NS = 3 * 86_400 * SECOND_NS
"""Documented: from 2 minutes to 3 days, longer for who comes back; here each is twice the last."""


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


def _banned(until_ns: int) -> Refusal:
    refusal = errors.BANNED.refusal(milliseconds(until_ns))
    refusal.retry_at_ns = until_ns
    return refusal
