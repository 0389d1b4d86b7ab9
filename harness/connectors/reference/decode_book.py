"""Binance's JSON about books. Pure: a message in, what it says out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.local_book import Change, Snapshot


def depth_reply(message: Any) -> Snapshot:
    """Read the reply to GET depth; raises Unreadable."""
    with reading("depth reply"):
        return Snapshot(
            int(message["lastUpdateId"]), _levels(message["bids"]), _levels(message["asks"])
        )


def book_change(event: Any) -> tuple[str, Change]:
    """Read a depthUpdate: its symbol and what changed; raises Unreadable."""
    with reading("depthUpdate"):
        change = Change(int(event["U"]), int(event["u"]), _levels(event["b"]), _levels(event["a"]))
        return str(event["s"]), change


def _levels(side: Any) -> dict[Decimal, Decimal]:
    return {_number(price): _number(amount) for price, amount in side}


def _number(text: Any) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{text!r} is no price and no amount")
    return number
