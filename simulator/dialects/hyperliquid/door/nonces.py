"""The nonces of one signer: a time in milliseconds that is used once."""

from __future__ import annotations

from bisect import bisect_left, insort

from fillproof.simulator.dialects.hyperliquid.errors import (
    DUPLICATE_NONCE,
    NONCE_OUT_OF_RANGE,
    NONCE_TOO_LOW,
    Refusal,
)

KEPT_NONCES = 100
"""The highest that are kept; a new one must be above the lowest of them."""

_DAY_MS = 86_400_000
_BEHIND_MS = 2 * _DAY_MS
_AHEAD_MS = _DAY_MS


class Nonces:
    """The highest nonces of each signer."""

    __slots__ = ("_used",)

    def __init__(self) -> None:
        self._used: dict[str, list[int]] = {}

    def use(self, signer: str, nonce: int, now_ms: int) -> None:
        """Use a nonce up; raises Refusal when it is out of time, used, or lower than all kept."""
        if not now_ms - _BEHIND_MS < nonce < now_ms + _AHEAD_MS:
            raise Refusal(NONCE_OUT_OF_RANGE % (nonce, now_ms))
        used = self._used.setdefault(signer, [])
        at = bisect_left(used, nonce)
        if at < len(used) and used[at] == nonce:
            raise Refusal(DUPLICATE_NONCE % nonce)
        if len(used) == KEPT_NONCES and nonce < used[0]:
            raise Refusal(NONCE_TOO_LOW % (nonce, used[0]))
        insort(used, nonce)
        if len(used) > KEPT_NONCES:
            del used[0]
