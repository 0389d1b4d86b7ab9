"""What the venue does by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Amount, Count
from fillproof.harness.scenario.venue import Problem
from fillproof.harness.scenario.words import Label, MarketName, Phase


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


class Halt(Action):
    """The venue halts a market, or lets less happen there; nothing is told of orders."""

    op: ClassVar[str] = "halt"
    short: ClassVar[str | None] = "market"
    market: MarketName
    phase: Phase = "HALTED"
    """What is allowed from then on."""


class Open(Action):
    """The venue lets a market trade again."""

    op: ClassVar[str] = "open"
    short: ClassVar[str | None] = "market"
    market: MarketName


class Restate(Action):
    """The venue makes a live order smaller by itself."""

    op: ClassVar[str] = "restate"
    order: Label
    amount: Amount
    """What the order is for from then on, in all and in base."""


class Bust(Action):
    """The venue takes a trade of an order back, with its fees."""

    op: ClassVar[str] = "bust"
    short: ClassVar[str | None] = "order"
    order: Label
    trade: Count = 1
    """Which of the order's trades, counted from 1."""


class Correct(Action):
    """The venue makes a trade of an order smaller, or gives it another price."""

    op: ClassVar[str] = "correct"
    order: Label
    trade: Count = 1
    """Which of the order's trades, counted from 1."""
    amount: Amount | None = None
    """In base, less than before; as it was unless said."""
    price: Amount | None = None
    """In quote per base; as it was unless said."""

    def problems(self) -> Iterator[Problem]:
        if self.amount is None and self.price is None:
            yield (), "nothing is corrected; write amount, price or both"
