"""What others do on the same account: a person at the venue's own desk, another program."""

from __future__ import annotations

from typing import ClassVar

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Amount
from fillproof.harness.scenario.words import Label, MarketName, Prevention


class DeskPlace(Action):
    """An order is placed on the connector's account, and not by the connector."""

    order: Label
    """The name by which later steps speak of this order."""
    market: MarketName
    amount: Amount
    """In base."""
    price: Amount | None = None
    """In quote per base; a market order has none."""
    self_trade_prevention: Prevention = "NONE"
    """Who loses when the account would trade with itself."""


class DeskBuy(DeskPlace):
    """Somebody else buys on the connector's account."""

    op: ClassVar[str] = "desk_buy"


class DeskSell(DeskPlace):
    """Somebody else sells on the connector's account."""

    op: ClassVar[str] = "desk_sell"


class DeskCancel(Action):
    """Somebody else cancels an order of the account, the strategy's own or the desk's."""

    op: ClassVar[str] = "desk_cancel"
    short: ClassVar[str | None] = "order"
    order: Label


class DeskAmend(Action):
    """Somebody else makes an order of the account smaller."""

    op: ClassVar[str] = "desk_amend"
    order: Label
    amount: Amount
    """What the order is for from then on, in all and in base."""
