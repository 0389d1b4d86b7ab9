"""What a scenario waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Count, Duration
from fillproof.harness.scenario.venue import Problem
from fillproof.harness.scenario.words import Channel, Event, ExecutionType, Label


class Await(Action):
    """Waits until something happened; one of told, truth and wire says what."""

    op: ClassVar[str] = "await"
    order: Label | None = None
    told: Event | None = None
    """An event the connector tells of the order."""
    truth: ExecutionType | None = None
    """An execution report of the venue for the order."""
    wire: Channel | None = None
    """Something that crosses on this channel from now on."""
    count: Count = 1
    """How often it must have happened."""
    bound: Duration = 60_000_000_000
    """How long to wait in virtual time."""

    def problems(self) -> Iterator[Problem]:
        named = [key for key in ("told", "truth", "wire") if getattr(self, key) is not None]
        if len(named) != 1:
            what = f"{' and '.join(named)} together" if named else "nothing to wait for"
            yield (), f"{what}; write exactly one of told, truth and wire"
        elif self.wire is None and self.order is None:
            yield (), f"{named[0]} is about an order; add its label as order"
        elif self.wire is not None and self.order is not None:
            yield ("order",), "wire is about a channel, not an order; leave order out"


class Wait(Action):
    """Lets virtual time pass."""

    op: ClassVar[str] = "wait"
    short: ClassVar[str | None] = "for"
    for_: Duration = Field(alias="for")
