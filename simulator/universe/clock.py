"""Virtual time: one number, moved only by the loop (and by a call that blocks it)."""

from __future__ import annotations

NANOSECONDS = 1_000_000_000
EPOCH_NS = 1_767_571_200 * NANOSECONDS
"""2026-01-05 00:00:00 UTC: when every world begins."""


class Clock:
    """Seconds since the world began as asyncio wants them; nanoseconds for the rest."""

    __slots__ = ("epoch_ns", "now")

    def __init__(self, epoch_ns: int = EPOCH_NS) -> None:
        self.epoch_ns = epoch_ns
        self.now = 0.0

    @property
    def now_ns(self) -> int:
        """Virtual nanoseconds since the world began."""
        return round(self.now * NANOSECONDS)

    @property
    def wall_ns(self) -> int:
        """Nanoseconds since 1970 as the world sees them."""
        return self.epoch_ns + round(self.now * NANOSECONDS)

    def move_to(self, when: float) -> None:
        """Move to a later instant, exactly: a rounded one lets timers fire too early, for ever."""
        if when < self.now:
            raise ValueError(f"time cannot go back from {self.now} to {when}")
        self.now = when

    def block_for(self, seconds: float) -> None:
        """Pass time without running anything, as a blocking sleep does to a loop."""
        self.now += max(0.0, seconds)
