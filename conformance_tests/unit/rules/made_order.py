"""One order of a made-up story: what the venue does to it, and what is truthfully said of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.numbers import plain


class Order:
    """One order of a story, as the strategy asked and as the venue has it."""

    def __init__(self, label: str, client_order_id: str, words: Mapping[str, str]) -> None:
        self.label = label
        self.client_order_id = client_order_id
        self.side = words.get("side", "BUY")
        self.amount = Decimal(words.get("amount", "1"))
        self.price = Decimal(words.get("at", "29000"))
        self.order_type = words.get("type", "LIMIT")
        self.time_in_force = words.get("tif", "GTC")
        self.venue_order_id = words.get("venue_id", str(100 + ord(label)))
        self.quantity = Decimal(words.get("sent", plain(self.amount)))
        self.sent_price = Decimal(words.get("sent_at", plain(self.price)))
        self.status = "New"
        self.filled = self.quote = self.prevented = Decimal(0)
        self.trades: list[dict[str, str]] = []
        self.told: list[str] = []


VENUE = {
    "new": "New",
    "trade": "Trade",
    "cancels": "Canceled",
    "expires": "Expired",
    "rejects": "Rejected",
    "refuses": "Rejected",
    "pending": "PendingCancel",
    "amended": "Replaced",
    "restated": "Restated",
    "triggers": "Triggered",
    "bust": "TradeCancel",
    "corrected": "TradeCorrect",
}
"""What the venue does, and the type of its report."""


def move(order: Order, kind: str, flags: list[str], keys: dict[str, str]) -> dict[str, Any]:
    """Move the order on, and return what a trade says of itself."""
    if kind != "Trade":
        order.status = kind
        return {}
    amount = Decimal(flags[0])
    price = Decimal(keys.get("last_price", plain(order.sent_price)))
    order.filled += amount
    order.quote += amount * price
    if order.filled >= order.quantity - order.prevented:
        order.status = "Filled"
    elif order.status == "New":
        order.status = "PartiallyFilled"
    return {
        "last_quantity": plain(amount),
        "last_price": plain(price),
        "last_quote": plain(amount * price),
        "is_maker": True,
        "fee": "0.001",
        "fee_asset": "BTC",
    }


def as_it_is(order: Order, name: str, flags: list[str]) -> dict[str, Any]:
    """Return what a truthful event states."""
    match name:
        case "Created":
            price = None if order.order_type == "MARKET" else plain(order.price)
            return {"side": order.side, "amount": plain(order.amount), "price": price}
        case "Filled":
            return _fill_as_it_is(order, flags[0])
        case "Completed":
            sums = {"base_amount": plain(order.filled), "quote_amount": plain(order.quote)}
            return {"side": order.side, **sums}
    return {}


def _fill_as_it_is(order: Order, amount: str) -> dict[str, Any]:
    """Return what a truthful Filled states: of the first fill of this amount not yet told."""
    alike = [trade for trade in order.trades if trade["last_quantity"] == amount]
    new = [trade for trade in alike if trade["trade_id"] not in order.told]
    trade = (new or alike or [{"last_price": plain(order.price), "trade_id": "none"}])[0]
    order.told.append(trade["trade_id"])
    price, trade_id = trade["last_price"], trade["trade_id"]
    stated = {"side": order.side, "amount": amount, "price": price, "trade_id": trade_id}
    fee = {"asset": trade["fee_asset"], "amount": trade["fee"]} if "fee" in trade else None
    return {**stated, "fees": [fee] if fee else None}


def facts(order: Order | None, what: str) -> list[dict[str, Any]]:
    """Return what a message says that shows the order, or a balance."""
    if what == "balance" or order is None:
        return [{"fact": "balance"}]
    ids = {"client_order_id": order.client_order_id, "venue_order_id": order.venue_order_id}
    statuses = {
        "new": "New",
        "filled": "Filled",
        "cancelled": "Canceled",
        "expired": "Expired",
        "rejected": "Rejected",
    }
    if what in statuses:
        return [{"fact": "status", **ids, "order_status": statuses[what]}]
    if what == "fill":
        last = order.trades[-1] if order.trades else {}
        return [
            {
                "fact": "fill",
                **ids,
                "trade_id": last.get("trade_id", ""),
                "amount": last.get("last_quantity", ""),
                "price": last.get("last_price", ""),
            }
        ]
    fact = {"unknown": "unknown_order"}.get(what, what)
    return [{"fact": fact, "client_order_id": order.client_order_id, "code": "-2010"}]
