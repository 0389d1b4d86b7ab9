"""Which accounts' user data one connection of the WebSocket API hears, by subscription number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.simulator.dialects.binance import errors

MOST_AT_A_TIME = 1_000
MOST_EVER = 65_535


@dataclass(frozen=True, slots=True)
class _Subscription:
    account: str
    by_logon: bool


class Subscriptions:
    """Numbered from 0 and never twice; one an account at a time."""

    def __init__(self) -> None:
        self._active: dict[int, _Subscription] = {}
        self._next = 0

    def __bool__(self) -> bool:
        return bool(self._active)

    def accounts(self) -> Iterator[tuple[int, str]]:
        """Yield number and account of each, as they began."""
        for number, one in self._active.items():
            yield number, one.account

    def begin(self, account: str, *, by_logon: bool) -> int:
        """Return the number of a new one; raises Refusal (-2035, -2042, -1191)."""
        if any(one.account == account for one in self._active.values()):
            raise errors.SUBSCRIPTION_ACTIVE.refusal()
        if self._next >= MOST_EVER:
            raise errors.NO_MORE_SUBSCRIPTION_IDS.refusal()
        if len(self._active) >= MOST_AT_A_TIME:
            raise errors.TOO_MANY_SUBSCRIPTIONS.refusal(MOST_AT_A_TIME)
        number = self._next
        self._next += 1
        self._active[number] = _Subscription(account, by_logon)
        return number

    def end(self, number: int | None) -> list[int]:
        """End one, or all; return which; raises Refusal (-2036) when there is none."""
        ended = list(self._active) if number is None else [number]
        if not ended or ended[0] not in self._active:
            raise errors.SUBSCRIPTION_INACTIVE.refusal()
        for each in ended:
            del self._active[each]
        return ended

    def end_of_logon(self) -> list[int]:
        """End those that began by a logon; return which."""
        ended = [number for number, one in self._active.items() if one.by_logon]
        for each in ended:
            del self._active[each]
        return ended
