"""How a world ends when its code under test does not let it: each bound is a finding of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from types import CoroutineType
from typing import Any

_MARKS = (
    ("/site-packages/", ""),
    ("/src/fillproof/", "fillproof/"),
    ("/fillproof/harness/", "fillproof/harness/"),
    ("/fillproof/simulator/", "fillproof/simulator/"),
    ("/lib/python3.", "python3."),
)

TEN_DAYS_SECONDS = 864_000.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """Virtual seconds a world may live (ten days at most: exact timers), and turns an instant."""

    virtual_seconds: float = 21_600.0
    turns_per_instant: int = 100_000

    def __post_init__(self) -> None:
        if not 0 < self.virtual_seconds <= TEN_DAYS_SECONDS:
            raise ValueError(f"a world may live 0 to {TEN_DAYS_SECONDS:.0f} virtual seconds")


class WorldStuck(Exception):
    """The loop cannot go on. `trouble` is the word of the recording, `detail` names the tasks."""

    trouble = "stuck"

    def __init__(self, message: str, detail: tuple[str, ...]) -> None:
        super().__init__(message)
        self.detail = detail


class Deadlock(WorldStuck):
    """Nothing is ready and nothing is scheduled: every task waits for another."""

    trouble = "deadlock"


class Livelock(WorldStuck):
    """Tasks keep each other busy at one virtual instant: time would never move again."""

    trouble = "livelock"


class VirtualTimeOver(WorldStuck):
    """The world outlived its bound."""

    trouble = "virtual_time"


def waiting_tasks(loop: asyncio.AbstractEventLoop) -> tuple[str, ...]:
    """Return one line a task that waits: where it stands, innermost frame last."""
    tasks = sorted(asyncio.all_tasks(loop), key=hash)
    return tuple(describe_task(task) for task in tasks)


def describe_task(task: asyncio.Task[Any]) -> str:
    """Return 'coroutine at file:line' for the place where the task waits."""
    coroutine: Any = task.get_coro()
    name = getattr(coroutine, "__qualname__", type(coroutine).__name__)
    places = []
    while isinstance(coroutine, CoroutineType) and coroutine.cr_frame is not None:
        frame = coroutine.cr_frame
        places.append(f"{short_path(frame.f_code.co_filename)}:{frame.f_lineno}")
        coroutine = coroutine.cr_await
    return (
        f"{name} at {places[-1]}" + (f", from {places[0]}" if len(places) > 1 else "")
        if places
        else name
    )


def busiest(names: list[str]) -> tuple[str, ...]:
    """Return 'name: turns' of the callbacks that ran most, most first."""
    ranked = sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{name}: {count} times" for name, count in ranked[:5])


def short_path(path: str) -> str:
    """Cut a path to what follows the installed packages, the same on every machine."""
    for mark, kept in _MARKS:
        head, found, tail = path.rpartition(mark)
        if found and head:
            return kept + tail
    return "/".join(path.split("/")[-3:])
