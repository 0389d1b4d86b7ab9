"""The tasks of a connector, none of which is lost or outlives it, and their clock."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


def now_ns() -> int:
    """Return the running loop's monotonic time in nanoseconds."""
    return int(asyncio.get_running_loop().time() * 1e9)


class Tasks:
    """Runs coroutines, logs the exceptions that leave them, and ends them all."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[None], None] = {}  # in order of birth

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run a coroutine beside the others."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running[task] = None
        task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Cancel what still runs and wait for its end."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if not task.cancelled() and (error := task.exception()):
            _log.error("%s broke", task.get_name(), exc_info=error)


class Bell:
    """Lets one task rest until it is rung for, or until a time is over."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the rest, or the next one before it begins."""
        self._rung.set()

    async def rest(self, seconds: float) -> None:
        """Wait for a ring, at most `seconds`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()
