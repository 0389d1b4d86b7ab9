"""How much may be asked: weights as a table, and what each client and account has used."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.errors import TOO_MANY_ACTIONS, Refusal
from fillproof.simulator.dialects.hyperliquid.numbers import written
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

INFO_WEIGHTS: Mapping[str, int] = {
    "l2Book": 2,
    "allMids": 2,
    "clearinghouseState": 2,
    "orderStatus": 2,
    "spotClearinghouseState": 2,
    "exchangeStatus": 2,
    "userRole": 60,
}
"""What a query weighs, by its type; any other is INFO_WEIGHT."""

INFO_WEIGHT = 20
MORE_FOR_CANCELS = 100_000
"""Cancels are still taken when placing is refused: up to so many more, or twice the limit."""

_ORDERS_PER_WEIGHT = 40
_MINUTE_NS = 60_000_000_000
_COSTS_OF_EXPIRED = 5


def action_weight(items: int) -> int:
    """Return what an action of so many orders or cancels weighs."""
    return 1 + items // _ORDERS_PER_WEIGHT


class Weights:
    """The weight that each address of the network has used in the running minute."""

    __slots__ = ("_maximum", "_used")

    def __init__(self, quirks: Quirks) -> None:
        self._maximum = quirks.request_weight_per_minute if quirks.rate_limits else 0
        self._used: dict[str, tuple[int, int]] = {}

    def take(self, peer: str, weight: int, now_ns: int) -> bool:
        """Count a request; return whether it is one that may still be made."""
        minute, used = self._used.get(peer, (0, 0))
        if minute != now_ns // _MINUTE_NS:
            minute, used = now_ns // _MINUTE_NS, 0
        self._used[peer] = minute, used + weight
        return not 0 < self._maximum < used + weight


class Budgets:
    """The actions that each account has sent, against what it has traded in USDC."""

    __slots__ = ("_at_first", "_sent", "_traded_units")

    def __init__(self, quirks: Quirks) -> None:
        self._at_first = quirks.actions_at_first if quirks.rate_limits else 0
        self._sent: dict[str, int] = {}
        self._traded_units: dict[str, int] = {}

    def traded(self, account: str, quote_units: int) -> None:
        """Note what an account has traded."""
        self._traded_units[account] = self._traded_units.get(account, 0) + quote_units

    def take(self, account: str, items: int, *, cancels: bool) -> None:
        """Count an action of so many orders or cancels; raises Refusal when it is too much."""
        sent = self._sent[account] = self._sent.get(account, 0) + items
        limit = self.limit(account)
        allowed = min(limit + MORE_FOR_CANCELS, 2 * limit) if cancels else limit
        if self._at_first > 0 and allowed < sent:
            volume = written(self._traded_units.get(account, 0))
            raise Refusal(TOO_MANY_ACTIONS % (sent, allowed, volume))

    def expired(self, account: str) -> None:
        """Count an action that came too late: it costs more than one that is carried out."""
        self._sent[account] = self._sent.get(account, 0) + _COSTS_OF_EXPIRED

    def limit(self, account: str) -> int:
        """Return how many actions an account may have sent by now."""
        traded: int = self._traded_units.get(account, 0) // UNITS_PER_ASSET
        return self._at_first + traded

    def sent(self, account: str) -> int:
        """Return how many actions an account has sent."""
        return self._sent.get(account, 0)

    def volume_units(self, account: str) -> int:
        """Return what an account has traded, in units of 1e-8 USDC."""
        return self._traded_units.get(account, 0)
