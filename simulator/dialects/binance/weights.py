"""How much of the request weight limit was used in the running minute."""

from __future__ import annotations

_MINUTE_NS = 60_000_000_000


class UsedWeight:
    """Counts weight; nobody is refused for it."""

    __slots__ = ("_minute", "used")

    def __init__(self) -> None:
        self._minute = -1
        self.used = 0

    def add(self, weight: int, now_ns: int) -> int:
        """Add weight and return what the running minute has used."""
        minute = now_ns // _MINUTE_NS
        if minute != self._minute:
            self._minute = minute
            self.used = 0
        self.used += weight
        return self.used
