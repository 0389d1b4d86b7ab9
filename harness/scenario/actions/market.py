"""What the market does: counterparties and strangers."""

from __future__ import annotations

from typing import ClassVar

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Amount
from fillproof.harness.scenario.words import Label, MarketName, Side


class Trade(Action):
    """A counterparty fills exactly this order and amount."""

    op: ClassVar[str] = "trade"
    order: Label
    amount: Amount


class Rest(Action):
    """A stranger's limit order comes to rest in the book."""

    op: ClassVar[str] = "rest"
    market: MarketName
    side: Side
    amount: Amount
    price: Amount


class Sweep(Action):
    """A stranger's market order takes from the book."""

    op: ClassVar[str] = "sweep"
    market: MarketName
    side: Side
    amount: Amount
