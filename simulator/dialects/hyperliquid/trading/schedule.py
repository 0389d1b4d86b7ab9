"""The dead man's switch: when all orders of an account are to be canceled."""

from __future__ import annotations

from fillproof.simulator.dialects.hyperliquid.errors import Refusal

LEAST_AHEAD_MS = 5_000
MOST_A_DAY = 10

_DAY_MS = 86_400_000
_MILLISECOND_NS = 1_000_000
_TOO_SOON = "Scheduled cancel time must be at least 5 seconds in the future"
_TOO_OFTEN = "Scheduled cancels were triggered 10 times today already"


class Schedule:
    """One time for each account, and how often it came on the running day (UTC)."""

    __slots__ = ("_triggered", "_when_ms")

    def __init__(self) -> None:
        self._when_ms: dict[str, int] = {}
        self._triggered: dict[str, tuple[int, int]] = {}

    def set(self, account: str, when_ms: int | None, now_ms: int) -> None:
        """Set or unset the time; raises Refusal when it is too soon, or came too often."""
        if when_ms is None:
            self._when_ms.pop(account, None)
            return
        if when_ms < now_ms + LEAST_AHEAD_MS:
            raise Refusal(_TOO_SOON)
        day, times = self._triggered.get(account, (0, 0))
        if day == now_ms // _DAY_MS and times >= MOST_A_DAY:
            raise Refusal(_TOO_OFTEN)
        self._when_ms[account] = when_ms

    def next_ns(self) -> int | None:
        """Return when the next time comes."""
        return min(self._when_ms.values()) * _MILLISECOND_NS if self._when_ms else None

    def take_due(self, now_ms: int) -> list[str]:
        """Return the accounts whose time has come, the earliest first, and count it."""
        due = sorted((when, name) for name, when in self._when_ms.items() if when <= now_ms)
        for when_ms, account in due:
            del self._when_ms[account]
            day, times = self._triggered.get(account, (0, 0))
            today = when_ms // _DAY_MS
            self._triggered[account] = today, times + 1 if day == today else 1
        return [account for _, account in due]
