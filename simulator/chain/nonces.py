"""Which nonces of each account blocks have used, and which may come next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from fillproof.simulator.chain.rules import NonceRule


class Nonces:
    """Every account begins at nonce 0. The venue itself, which is no account, has no sequence."""

    def __init__(self, rule: NonceRule) -> None:
        self._rule = rule
        self._used: dict[str, set[int]] = defaultdict(set)
        self._next: dict[str, int] = defaultdict(int)

    def is_used(self, account: str, nonce: int) -> bool:
        """Return whether a block has it."""
        return nonce in self._used[account]

    def may_come(self, account: str, nonce: int) -> bool:
        """Return whether a block may have it now."""
        if self._rule is NonceRule.SEQUENCE and account:
            return nonce == self._next[account]
        return nonce not in self._used[account]

    def free(self, account: str, waiting: Collection[int]) -> int:
        """Return the lowest nonce that neither a block has nor the mempool."""
        nonce = self._next[account]
        while nonce in waiting or nonce in self._used[account]:
            nonce += 1
        return nonce

    def use(self, account: str, nonce: int) -> None:
        """Note that a block has it."""
        used = self._used[account]
        used.add(nonce)
        while self._next[account] in used:
            self._next[account] += 1

    def give_back(self, account: str, nonce: int) -> None:
        """Note that its block was taken back."""
        self._used[account].discard(nonce)
        self._next[account] = min(self._next[account], nonce)
