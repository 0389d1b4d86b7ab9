"""What the strategy asks of an in-flight order."""

from __future__ import annotations

from typing import ClassVar

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.words import Label


class Identify(Action):
    """The strategy asks the in-flight order for the venue's id of it, which may take time."""

    op: ClassVar[str] = "identify"
    short: ClassVar[str | None] = "order"
    order: Label
