"""How a world ends when its code under test does not let it: each bound is a finding of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

from fillproof.simulator.universe.places import describe_task, runs_foreign_code

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
    """Return where each task of the code under test waits, oldest first."""
    tasks = sorted(asyncio.all_tasks(loop), key=hash)
    return tuple(describe_task(task) for task in tasks if runs_foreign_code(task))


def busiest(names: list[str]) -> tuple[str, ...]:
    """Return 'name: turns' of the callbacks that ran most, most first."""
    ranked = sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{name}: {count} times" for name, count in ranked[:5])
