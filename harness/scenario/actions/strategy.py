"""What the strategy does: it places, changes and cancels orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Amount, Duration
from fillproof.harness.scenario.venue import Problem
from fillproof.harness.scenario.words import (
    ClientOrderId,
    Label,
    MarketName,
    OrderType,
    Prevention,
    TimeInForce,
)


class Place(Action):
    """The strategy places an order."""

    rare: ClassVar[frozenset[str]] = frozenset(
        {"quote_amount", "stop_loss", "take_profit", "self_trade_prevention"}
    )
    """Keys that a document states only where they are given."""

    order: Label
    """The name by which later steps speak of this order."""
    market: MarketName
    amount: Amount | None = None
    """In base; a market order can have a quote_amount instead."""
    price: Amount | None = None
    """In quote per base; not for a market order."""
    order_type: OrderType = Field(default="LIMIT", validation_alias="type")
    time_in_force: TimeInForce = "GTC"
    post_only: bool = False
    good_for: Duration | None = None
    """How long the order lives; only with GTD, and always with it."""
    quote_amount: Amount | None = None
    """How much of the quote asset a market order is for."""
    stop_loss: Amount | None = None
    """The order waits until the market trades at this price or a worse one."""
    take_profit: Amount | None = None
    """The order waits until the market trades at this price or a better one."""
    self_trade_prevention: Prevention | None = None
    """Who loses when the account would trade with itself; the venue's default unless said."""

    def problems(self) -> Iterator[Problem]:
        yield from self._amount_problems()
        if self.stop_loss is not None and self.take_profit is not None:
            yield ("take_profit",), "an order waits for one price; leave stop_loss or this out"
        if self.order_type == "MARKET":
            yield from self._market_problems()
        elif self.price is None:
            yield (), "a limit order has a price; add one, or type: market"
        if self.post_only and self.time_in_force in ("IOC", "FOK"):
            text = f"post_only cannot be {self.time_in_force}; only GTC and GTD orders can rest"
            yield ("post_only",), text
        if self.time_in_force == "GTD" and self.good_for is None:
            yield ("time_in_force",), "GTD needs to know how long; add good_for: 30s"
        if self.time_in_force != "GTD" and self.good_for is not None:
            yield ("good_for",), "good_for is only for time_in_force: gtd; leave one of them out"

    def _amount_problems(self) -> Iterator[Problem]:
        if (self.amount is None) == (self.quote_amount is None):
            yield (), "an order has one amount; write amount, or for a market order quote_amount"
        elif self.quote_amount is None:
            return
        elif self.order_type != "MARKET":
            text = "quote_amount is only for a market order; write amount, or type: market"
            yield ("quote_amount",), text
        elif self.stop_loss is not None or self.take_profit is not None:
            text = "an order that waits for a price has an amount in base; write amount"
            yield ("quote_amount",), text

    def _market_problems(self) -> Iterator[Problem]:
        if self.price is not None:
            yield ("price",), "a market order has no price; leave it out, or use type: limit"
        if self.post_only:
            yield ("post_only",), "a market order cannot be post_only; only limit orders can"
        if self.time_in_force != "GTC":
            text = f"a market order has no time_in_force {self.time_in_force}"
            yield ("time_in_force",), f"{text}; leave it out"


class Buy(Place):
    """The strategy buys."""

    op: ClassVar[str] = "buy"


class Sell(Place):
    """The strategy sells."""

    op: ClassVar[str] = "sell"


class Cancel(Action):
    """The strategy cancels an order, or an id that nobody placed."""

    op: ClassVar[str] = "cancel"
    short: ClassVar[str | None] = "order"
    order: Label | None = None
    client_order_id: ClientOrderId | None = None
    """An id that was never placed."""

    def problems(self) -> Iterator[Problem]:
        if (self.order is None) == (self.client_order_id is None):
            yield (), "a cancel names one thing; write either order or client_order_id"


class Amend(Action):
    """The strategy makes an order smaller; it keeps its id and its place."""

    op: ClassVar[str] = "amend"
    order: Label
    amount: Amount
    """What the order is for from then on, in all and in base."""


class Replace(Action):
    """The strategy has an order cancelled for another one, in one request."""

    op: ClassVar[str] = "replace"
    order: Label
    by: Label
    """The name of the new order; all it does not state is as it was of the old one."""
    amount: Amount
    """Of the new order, in base."""
    price: Amount
    """In quote per base."""
