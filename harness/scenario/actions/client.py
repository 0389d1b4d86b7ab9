"""The connector's own machine: when it starts, its clock, its loop, its reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Duration
from fillproof.harness.scenario.venue import Problem
from fillproof.harness.scenario.words import Arriving


class Start(Action):
    """The connector starts here, and what stands before meets it from its first moment."""

    op: ClassVar[str] = "start"


class Skew(Action):
    """The connector's clock steps, and from then on is ahead of the venue's, or behind it."""

    op: ClassVar[str] = "skew"
    ahead: Duration | None = None
    """How far it is ahead; write this or behind."""
    behind: Duration | None = None
    """How far it is behind; write this or ahead."""

    def problems(self) -> Iterator[Problem]:
        if (self.ahead is None) == (self.behind is None):
            yield (), "a clock is wrong in one way; write either ahead or behind"


class Stall(Action):
    """Nothing of the connector runs for a while; what reached its machine waits for it."""

    op: ClassVar[str] = "stall"
    short: ClassVar[str | None] = "for"
    for_: Duration = Field(alias="for")


class SlowReader(Action):
    """The connector takes the channel's messages one at a time, and so long for each."""

    op: ClassVar[str] = "slow_reader"
    channel: Arriving
    every: Duration
    for_: Duration = Field(alias="for")
