"""Virtual time: one number, moved only by the loop (and by a call that blocks it)."""

from __future__ import annotations

from collections.abc import Callable

NANOSECONDS = 1_000_000_000
EPOCH_NS = 1_767_571_200 * NANOSECONDS
"""2026-01-05 00:00:00 UTC: when every world begins."""


class Clock:
    """Seconds since the world began as asyncio wants them; nanoseconds for the rest.

    `on_block` hears of each call that blocks, with its seconds, before time passes. `skew_ns` is
    how far the wall clock of the code under test is ahead of the venue's; what counts seconds only
    is right all the same, as with a machine whose time was set.
    """

    __slots__ = ("epoch_ns", "now", "on_block", "skew_ns")

    def __init__(self, epoch_ns: int = EPOCH_NS) -> None:
        self.epoch_ns = epoch_ns
        self.now = 0.0
        self.on_block: Callable[[float], None] | None = None
        self.skew_ns = 0

    @property
    def now_ns(self) -> int:
        """Virtual nanoseconds since the world began."""
        return round(self.now * NANOSECONDS)

    @property
    def wall_ns(self) -> int:
        """Nanoseconds since 1970 as the venue and the world see them."""
        return self.epoch_ns + round(self.now * NANOSECONDS)

    @property
    def shown_ns(self) -> int:
        """Nanoseconds since 1970 as the clock of the code under test shows them."""
        return self.wall_ns + self.skew_ns

    def move_to(self, when: float) -> None:
        """Move to a later instant, exactly: a rounded one lets timers fire too early, for ever."""
        if when < self.now:
            raise ValueError(f"time cannot go back from {self.now} to {when}")
        self.now = when

    def block_for(self, seconds: float) -> None:
        """Pass time without running anything, as a blocking sleep does to a loop."""
        if seconds <= 0:
            return
        if self.on_block is not None:
            self.on_block(seconds)
        self.now += seconds
