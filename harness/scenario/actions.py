"""What a step can do: one small frozen model for each word of the language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.base import Frozen
from fillproof.harness.scenario.values import Amount, Count, Duration
from fillproof.harness.scenario.venue import Problem
from fillproof.harness.scenario.words import (
    Channel,
    ClientOrderId,
    Event,
    ExecutionType,
    Label,
    MarketName,
    OrderType,
    Reply,
    Resendable,
    Sentence,
    Side,
    Stream,
    TimeInForce,
)


class Action(Frozen):
    """Base of all actions; `op` is the word of the step."""

    op: ClassVar[str]
    short: ClassVar[str | None] = None
    """The key whose value may stand alone: `cancel: a` is `cancel: {order: a}`."""

    def problems(self) -> Iterator[Problem]:
        """Yield what the keys of this one action say against each other."""
        yield from ()


class Place(Action):
    """The strategy places an order."""

    order: Label
    """The name by which later steps speak of this order."""
    market: MarketName
    amount: Amount
    """In base."""
    price: Amount | None = None
    """In quote per base; not for a market order."""
    order_type: OrderType = Field(default="LIMIT", validation_alias="type")
    time_in_force: TimeInForce = "GTC"
    post_only: bool = False
    good_for: Duration | None = None
    """How long the order lives; only with GTD, and always with it."""

    def problems(self) -> Iterator[Problem]:
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


class Hold(Action):
    """What would arrive on the channel in this time arrives at its end, in order."""

    op: ClassVar[str] = "hold"
    channel: Channel
    for_: Duration = Field(alias="for")


class Delay(Action):
    """The next messages of the channel take longer; others may overtake them."""

    op: ClassVar[str] = "delay"
    channel: Channel
    by: Duration
    count: Count = 1


class Drop(Action):
    """The next messages of the channel never arrive."""

    op: ClassVar[str] = "drop"
    channel: Channel
    count: Count = 1


class Duplicate(Action):
    """The next messages of the stream arrive twice."""

    op: ClassVar[str] = "duplicate"
    channel: Stream
    count: Count = 1


class Cut(Action):
    """The connection breaks after some bytes of the channel's next message arrived."""

    op: ClassVar[str] = "cut"
    channel: Channel
    at_byte: int = Field(default=0, ge=0, le=1_000_000)
    count: Count = 1


class Close(Action):
    """The venue closes the WebSocket that carries the stream."""

    op: ClassVar[str] = "close"
    channel: Stream
    code: int = Field(default=1001, ge=1000, le=4999)
    """The close code of RFC 6455; 1001 is "going away"."""


class HalfOpen(Action):
    """Nothing crosses the channel's connections in either direction, and nobody is told."""

    op: ClassVar[str] = "half_open"
    channel: Channel
    for_: Duration = Field(alias="for")


class Fail(Action):
    """The venue answers the next requests with this error."""

    op: ClassVar[str] = "fail"
    channel: Reply
    status: int = Field(ge=400, le=599)
    """The HTTP status."""
    code: int = Field(ge=-1_000_000, le=1_000_000)
    """The venue's own error code."""
    text: Sentence
    """The venue's own error text."""
    acted: bool = False
    """Whether it did what was asked before it answered."""
    count: Count = 1


class Resend(Action):
    """A proxy sends the next requests twice and passes on the second answer."""

    op: ClassVar[str] = "resend"
    channel: Resendable
    count: Count = 1


class Heal(Action):
    """All faults end."""

    op: ClassVar[str] = "heal"


ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {
        kind.op: kind
        for kind in (
            *(Buy, Sell, Cancel, Await, Wait),
            *(Trade, Rest, Sweep, Expire, Reject),
            *(Hold, Delay, Drop, Duplicate, Cut, Close, HalfOpen, Fail, Resend, Heal),
        )
    }
)
"""Every action by its word."""
