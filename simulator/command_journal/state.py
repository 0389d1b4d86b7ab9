"""Digests by which two exchanges are told apart: of all they reported, and of what they are."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from fillproof.simulator.command_journal.chain import DIGEST_BYTES, digest_of
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.reports import BalanceChanged, Report


class ReportDigest:
    """The running digest of reports, in order; remembers whose balances they told."""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=DIGEST_BYTES)
        # A dict as an ordered set.
        self._accounts: dict[str, None] = {}

    def note(self, reports: Iterable[Report]) -> str:
        """Add reports; return the digest of all so far."""
        for report in reports:
            self._hash.update(type(report).__name__.encode())
            self._hash.update(msgspec.json.encode(report))
            if type(report) is BalanceChanged:
                self._accounts[report.account] = None
        return self._hash.hexdigest()

    @property
    def accounts(self) -> tuple[str, ...]:
        """Every account whose balance was told, in order of first use."""
        return tuple(self._accounts)


def state_digest(exchange: Exchange, symbols: Iterable[str], reports: ReportDigest) -> str:
    """Return the digest of all reports, and of the books and balances that they led to."""
    state = {
        "reports": reports.note(()),
        "books": {symbol: exchange.depth(symbol) for symbol in symbols},
        "balances": {account: exchange.balances(account) for account in reports.accounts},
    }
    return digest_of(msgspec.json.encode(state))
