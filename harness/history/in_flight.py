"""What the connector's in-flight orders said when they were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.history.lines import Line


@dataclass(frozen=True, slots=True)
class LimitOrder:
    """What `to_limit_order` made of an order; a number that it had none of is None."""

    market: str
    side: str
    price: Decimal | None
    amount: Decimal | None
    filled: Decimal | None


@dataclass(frozen=True, slots=True)
class Says:
    """What one object said; None where it said nothing."""

    venue_order_id: str | None
    base_asset: str | None
    quote_asset: str | None
    is_done: bool | None
    is_cancelled: bool | None
    is_failure: bool | None
    filled: Decimal | None
    limit_order: LimitOrder | None
    json: Any


@dataclass(frozen=True, slots=True)
class Said:
    """An in-flight order was asked. `copy` is what one said that was made of its JSON.

    `at` is the event that was told just before, or the moment: `create_request`, `restored`, `up`,
    `quiet`, `stopping`. `raised` gives what asking for a member raised.
    """

    n: int
    t: int
    at: str
    client_order_id: str
    says: Says
    copy: Says | None
    raised: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identified:
    """The strategy asked for the venue's id, or got its answer: the id, or what was raised."""

    n: int
    t: int
    client_order_id: str
    venue_order_id: str | None
    raised: str | None


def read_said(line: Line) -> Said:
    """Read an `in_flight` line."""
    copy = line.data.get("copy")
    return Said(
        n=line.n,
        t=line.t,
        at=line.text("at"),
        client_order_id=line.text("client_order_id"),
        says=_says(line.within(line.part("says"))),
        copy=None if copy is None else _says(line.within(copy)),
        raised=dict(line.part("raised")),
    )


def read_identified(line: Line) -> Identified:
    """Read a `call` or `returned` line of an identify."""
    return Identified(
        n=line.n,
        t=line.t,
        client_order_id=line.text("client_order_id"),
        venue_order_id=line.text_or_none("venue_order_id"),
        raised=line.text_or_none("raised"),
    )


def _says(part: Line) -> Says:
    limit_order = part.data.get("limit_order")
    return Says(
        venue_order_id=part.text_or_none("venue_order_id"),
        base_asset=part.text_or_none("base_asset"),
        quote_asset=part.text_or_none("quote_asset"),
        is_done=part.data.get("is_done"),
        is_cancelled=part.data.get("is_cancelled"),
        is_failure=part.data.get("is_failure"),
        filled=part.amount_or_none("filled"),
        limit_order=None if limit_order is None else _limit_order(part.within(limit_order)),
        json=part.data.get("json"),
    )


def _limit_order(part: Line) -> LimitOrder:
    return LimitOrder(
        market=part.text("market"),
        side=part.text("side"),
        price=part.amount_or_none("price"),
        amount=part.amount_or_none("amount"),
        filled=part.amount_or_none("filled"),
    )
