"""What the venue does by itself."""

from __future__ import annotations

from typing import ClassVar

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.words import Label


class Expire(Action):
    """The venue lets a live order expire."""

    op: ClassVar[str] = "expire"
    short: ClassVar[str | None] = "order"
    order: Label


class Reject(Action):
    """The venue rejects an order after it had accepted it."""

    op: ClassVar[str] = "reject"
    short: ClassVar[str | None] = "order"
    order: Label
