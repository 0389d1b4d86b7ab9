"""Whose a task is, and what a stopped connector left running."""

from __future__ import annotations

import asyncio
from typing import Any

from fillproof.harness.worker.recorder import Recorder
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.places import describe_task


def foreign_tasks() -> tuple[str, ...]:
    """Describe the connector's tasks: all but this one, the venue's own and those of the dead."""
    loop, current = _world_loop(), asyncio.current_task()
    alive = (t for t in asyncio.all_tasks() if t is not current and not loop.is_buried(t))
    tasks = sorted(alive, key=hash)
    return tuple(describe_task(task) for task in tasks if not _is_the_venues(task))


def note_leftovers(recorder: Recorder, network: Network) -> None:
    """Record the tasks, timers and connections that are left after a stop.

    A task that sleeps has a timer of its own, so timers are looked at only when no task is left.
    """
    tasks = foreign_tasks()
    _note_leak(recorder, "task", tasks)
    if not tasks:
        _note_leak(recorder, "timer", _world_loop().client_timers())
    _note_leak(recorder, "connection", network.open_connections())


def _world_loop() -> WorldLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WorldLoop), "a connector runs on a world's loop"
    return loop


def _note_leak(recorder: Recorder, what: str, left: tuple[str, ...]) -> None:
    if left:
        counted = f"1 {what} is" if len(left) == 1 else f"{len(left)} {what}s are"
        recorder.trouble("leak", f"{counted} left after stop", left)


def _is_the_venues(task: asyncio.Task[Any]) -> bool:
    """True for aiohttp's server tasks and those of our own server."""
    coroutine = task.get_coro()
    code = getattr(coroutine, "cr_code", None)
    name = getattr(coroutine, "__qualname__", "")
    return "/simulator/server/" in getattr(code, "co_filename", "") or name.startswith(
        "RequestHandler."
    )
