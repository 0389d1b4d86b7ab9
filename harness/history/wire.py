"""The wire ledger: units that crossed, what they stated, and the faults that touched them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.history.lines import Line

FAITHFUL_FAULTS = frozenset(
    {"hold", "delay", "duplicate", "resend", "half_open", "trickle", "stall", "slow_reader"}
)
"""Faults after which a unit that arrives still says what the venue said."""

BREAKING_FAULTS = frozenset({"drop", "cut", "close", "unreachable"})
"""Faults that lose a unit or the end of it.

A fault of any other kind that touched a delivered unit may have altered or invented it.
"""

STREAM_FACTS = frozenset({"subscribed", "subscription_refused", "subscription_ended"})

_UNKNOWN_OUTCOME = frozenset({408})
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was sent: one HTTP request, HTTP response or WebSocket frame."""

    n: int
    t: int
    unit: str
    connection: str
    direction: str
    channel: str
    message: Mapping[str, Any]

    @property
    def status(self) -> int | None:
        """The HTTP status of a response, else None."""
        status = self.message.get("status")
        return status if isinstance(status, int) else None

    @property
    def is_close(self) -> bool:
        """True for a WebSocket close frame."""
        return self.message.get("frame") == "close"

    def names(self, client_order_id: str) -> bool:
        """Return whether the id stands anywhere in the message."""
        return any(value == client_order_id for value in _values(self.message))


def _values(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


@dataclass(frozen=True, slots=True)
class Fact:
    """What a delivered unit stated. `n` and `t` are the delivery's.

    `altered`: a fault may have written it. `heard`: the venue's own word, delivered on a connection
    that the connector had not closed. `status` is the HTTP status it came with, if any.
    `lasting`: whoever heard it was not stopped or killed before it had to tell of it.
    """

    n: int
    t: int
    unit: str
    channel: str
    fact: str
    altered: bool
    heard: bool
    faults: tuple[str, ...]
    status: int | None
    client_order_id: str | None = None
    venue_order_id: str | None = None
    order_status: str | None = None
    cumulative_quantity: Decimal | None = None
    trade_id: str | None = None
    amount: Decimal | None = None
    price: Decimal | None = None
    fee: Decimal | None = None
    fee_asset: str | None = None
    code: str | None = None
    text: str | None = None
    asset: str | None = None
    free: Decimal | None = None
    locked: Decimal | None = None
    lasting: bool = True

    @property
    def leaves_the_outcome_open(self) -> bool:
        """True when it came with an HTTP status that says neither yes nor no."""
        if self.status is None:
            return False
        return self.status >= _SERVER_ERROR or self.status in _UNKNOWN_OUTCOME


@dataclass(frozen=True, slots=True)
class StreamFact:
    """What a delivered unit stated of a subscription: that it stands, was refused, or has ended.

    `market` is the market whose book it brings, if that is what it brings.
    """

    n: int
    t: int
    connection: str
    fact: str
    stream: str
    subscription: str | None
    market: str | None
    code: str | None
    heard: bool


@dataclass(frozen=True, slots=True)
class Socket:
    """One connection: when it was opened and, if it was, closed, by whom."""

    connection: str
    host: str
    n: int
    t: int
    closed_n: int | None = None
    closed_t: int | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that was armed: where it fired, and when it ended (None: with phase `healed`)."""

    fault: str
    what: str
    channel: str
    n: int
    t: int
    fired: tuple[tuple[int, str | None], ...]
    healed_t: int | None


def read_unit(line: Line) -> Unit:
    """Read a `sent` line."""
    return Unit(
        n=line.n,
        t=line.t,
        unit=str(line.get("unit")),
        connection=str(line.get("connection")),
        direction=line.text("direction"),
        channel=line.text("channel"),
        message=line.data.get("message") or {},
    )


def read_stream_fact(line: Line, stated: Line, connection: str, *, heard: bool) -> StreamFact:
    """Read a fact about a subscription."""
    code = stated.data.get("code")
    return StreamFact(
        n=line.n,
        t=line.t,
        connection=connection,
        fact=stated.text("fact"),
        stream=stated.text("stream"),
        subscription=stated.text_or_none("subscription"),
        market=stated.text_or_none("market"),
        code=None if code is None else str(code),
        heard=heard,
    )


def read_fact(line: Line, stated: Line, unit: Unit | None, altered: bool, heard: bool) -> Fact:
    """Read one fact of a `delivered` line."""
    code = stated.data.get("code")
    return Fact(
        n=line.n,
        t=line.t,
        unit=str(line.get("unit")),
        channel=line.text("channel"),
        fact=stated.text("fact"),
        altered=altered,
        heard=heard,
        faults=line.texts("faults"),
        status=unit.status if unit else None,
        client_order_id=stated.text_or_none("client_order_id"),
        venue_order_id=stated.text_or_none("venue_order_id"),
        order_status=stated.text_or_none("order_status"),
        cumulative_quantity=stated.amount_or_none("cumulative_quantity"),
        trade_id=stated.text_or_none("trade_id"),
        amount=stated.amount_or_none("amount"),
        price=stated.amount_or_none("price"),
        fee=stated.amount_or_none("fee"),
        fee_asset=stated.text_or_none("fee_asset"),
        code=None if code is None else str(code),
        text=stated.text_or_none("text"),
        asset=stated.text_or_none("asset"),
        free=stated.amount_or_none("free"),
        locked=stated.amount_or_none("locked"),
    )
