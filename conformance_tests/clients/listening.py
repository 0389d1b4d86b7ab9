"""Messages of a stream as they come: kept, and waited for."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Awaitable, Callable
from typing import Any

PATIENCE_SECONDS = 10.0
AGAIN_SECONDS = 0.5

Wanted = Callable[[Any], bool]


class Heard:
    """What an asynchronous stream says; `listen` runs as a task."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Any] = asyncio.Queue()

    def add(self, message: Any) -> None:
        """Note a message."""
        self._queue.put_nowait(message)

    async def until(self, wanted: Wanted) -> list[Any]:
        """Return the messages up to and with the first wanted one."""
        heard = [await self._queue.get()]
        while not wanted(heard[-1]):
            heard.append(await self._queue.get())
        return heard


async def repeat_until(waiting: Awaitable[Any], cause: Callable[[], object]) -> Any:
    """Return what is waited for, having it caused again and again: a stream may not be open yet."""
    task = asyncio.ensure_future(waiting)
    while not task.done():
        cause()
        await asyncio.wait({task}, timeout=AGAIN_SECONDS)
    return task.result()


class HeardByThread:
    """What a stream says that a thread of the client reads."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Any] = queue.Queue()

    def add(self, message: Any) -> None:
        """Note a message."""
        self._queue.put(message)

    def until(self, wanted: Wanted) -> list[Any]:
        """Return the messages up to and with the first wanted one; raises queue.Empty."""
        heard = [self._queue.get(timeout=PATIENCE_SECONDS)]
        while not wanted(heard[-1]):
            heard.append(self._queue.get(timeout=PATIENCE_SECONDS))
        return heard


def is_event(name: str) -> Wanted:
    """Return what picks an event by its type, bare or in a combined stream's wrapping."""
    return lambda message: message.get("data", message).get("e") == name


def report_of(event: dict[str, Any]) -> list[Any]:
    """Return of an execution report what a trader looks at; of any other event its type."""
    if event["e"] != "executionReport":
        return [event["e"]]
    return [event[key] for key in ("e", "c", "x", "X", "l", "z")]
