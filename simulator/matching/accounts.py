"""Who owns what: free and locked units of every asset of every account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MARKET_ACCOUNT = "market"
"""The counterparty that fills exactly one order when a scenario asks for it."""

VENUE_ACCOUNT = "venue"
"""Earns the fees, so that an asset's sum over all accounts changes only by deposits."""


@dataclass(slots=True, eq=False)
class Balance:
    """One asset of one account, in units of 1e-8. Neither number is ever below zero."""

    account: str
    asset: str
    free_units: int = 0
    locked_units: int = 0


class Accounts:
    """All balances. An account and an asset in it exist from their first use."""

    __slots__ = ("_balances", "deposited_units")

    def __init__(self) -> None:
        self._balances: dict[str, dict[str, Balance]] = {}
        self.deposited_units: dict[str, int] = {}

    def use(self, account: str, asset: str) -> Balance:
        """Return a balance to change, made at first use."""
        try:
            return self._balances[account][asset]
        except KeyError:
            assets = self._balances.setdefault(account, {})
            return assets.setdefault(asset, Balance(account, asset))

    def free_units(self, account: str, asset: str) -> int:
        """Return what the account can still lock; creates nothing."""
        try:
            return self._balances[account][asset].free_units
        except KeyError:
            return 0

    def of(self, account: str) -> dict[str, tuple[int, int]]:
        """Return (free, locked) by asset, in order of first use."""
        balances = self._balances.get(account, {}).values()
        return {b.asset: (b.free_units, b.locked_units) for b in balances}

    def __iter__(self) -> Iterator[Balance]:
        for assets in self._balances.values():
            yield from assets.values()
