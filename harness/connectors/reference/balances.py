"""The account's balances, kept right when snapshots and updates overtake each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fillproof.harness.connectors.protocol import Balance


@dataclass(frozen=True, slots=True)
class AccountState:
    """What one message says of the balances as of `time_ms`, the venue's time of the last change.

    `is_whole` is True when assets that are not listed are at zero.
    """

    time_ms: int
    balances: Mapping[str, Balance]
    is_whole: bool


class BalanceSheet:
    """The newest known balance of each asset, by the venue's time and not by that of arrival."""

    def __init__(self) -> None:
        self._balances: dict[str, tuple[int, Balance]] = {}

    def hear(self, state: AccountState) -> None:
        """Take in a message; what is older than what is known changes nothing."""
        for asset, balance in state.balances.items():
            self._set(asset, state.time_ms, balance)
        if state.is_whole:
            for asset in self._balances.keys() - state.balances.keys():
                self._set(asset, state.time_ms, Balance(Decimal(0), Decimal(0)))

    def read(self) -> dict[str, Balance]:
        """Return the balances by asset, in order of name."""
        return {asset: self._balances[asset][1] for asset in sorted(self._balances)}

    def _set(self, asset: str, time_ms: int, balance: Balance) -> None:
        known_ms, _ = self._balances.get(asset, (time_ms, balance))
        if time_ms >= known_ms:
            self._balances[asset] = (time_ms, balance)
