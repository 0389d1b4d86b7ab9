"""The connector's own process: it ends, and another takes over from what it persisted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.venue import Problem

AwaitPoint = Annotated[int, Field(ge=1, le=1_000_000)]


class Ending(Action):
    """How a process ends."""

    kill: bool = False
    """Without a goodbye: nothing of it runs, sends or tells any more."""
    await_point: AwaitPoint | None = None
    """Not at once, but as it gives way to its loop for this time from here; only with kill."""

    def problems(self) -> Iterator[Problem]:
        if self.await_point is not None and not self.kill:
            text = "only who is killed ends at an await point; add kill: true, or leave it out"
            yield ("await_point",), text


class Stop(Ending):
    """The connector is stopped, or killed, and stays away until restart."""

    op: ClassVar[str] = "stop"


class Restart(Ending):
    """A connector starts from what the one before persisted; one that still runs is ended first."""

    op: ClassVar[str] = "restart"
