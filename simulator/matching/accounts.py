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

    __slots__ = ("_accounts", "_purses", "deposited_units")

    def __init__(self) -> None:
        self._accounts: dict[str, dict[str, Balance]] = {}
        self._purses: dict[str, dict[str, Balance]] = {}
        self.deposited_units: dict[str, int] = {}

    def purses(self, asset: str) -> dict[str, Balance]:
        """Return the balances of an asset by account, as they are now and as they come to be."""
        return self._purses.setdefault(asset, {})

    def use(self, account: str, asset: str) -> Balance:
        """Return a balance to change, made at first use."""
        purses = self.purses(asset)
        balance = purses.get(account)
        if balance is None:
            balance = purses[account] = Balance(account, asset)
            self._accounts.setdefault(account, {})[asset] = balance
        return balance

    def free_units(self, account: str, asset: str) -> int:
        """Return what the account can still lock; creates nothing."""
        balance = self.purses(asset).get(account)
        return 0 if balance is None else balance.free_units

    def of(self, account: str) -> dict[str, tuple[int, int]]:
        """Return (free, locked) by asset, in order of first use."""
        balances = self._accounts.get(account, {}).values()
        return {b.asset: (b.free_units, b.locked_units) for b in balances}

    def __iter__(self) -> Iterator[Balance]:
        for assets in self._accounts.values():
            yield from assets.values()
