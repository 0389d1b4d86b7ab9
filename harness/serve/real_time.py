"""The machine's time for a venue: nanoseconds since 1970 that never run backwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_NANOSECONDS = 1_000_000_000


class RealTime:
    """Clock and timers of a venue on the running loop.

    A machine clock that is put back stands still here until it has caught up: the engine's time
    only goes forwards.
    """

    def __init__(self, machine_ns: Callable[[], int] = time.time_ns) -> None:
        self._machine_ns = machine_ns
        self._latest_ns = 0

    def now_ns(self) -> int:
        """Return the time."""
        self._latest_ns = max(self._latest_ns, self._machine_ns())
        return self._latest_ns

    def call_at(self, when_ns: int, callback: Callable[[], None]) -> asyncio.TimerHandle:
        """Call when that time has come, at once when it has passed."""
        seconds = max(0, when_ns - self.now_ns()) / _NANOSECONDS
        return asyncio.get_running_loop().call_later(seconds, callback)
