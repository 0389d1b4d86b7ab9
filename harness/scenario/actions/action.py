"""What every action is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fillproof.harness.scenario.base import Frozen
from fillproof.harness.scenario.venue import Problem


class Action(Frozen):
    """Base of all actions; `op` is the word of the step."""

    op: ClassVar[str]
    short: ClassVar[str | None] = None
    """The key whose value may stand alone: `cancel: a` is `cancel: {order: a}`."""

    def problems(self) -> Iterator[Problem]:
        """Yield what the keys of this one action say against each other."""
        yield from ()
