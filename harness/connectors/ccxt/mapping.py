"""What each object of ccxt says, as an event: pure functions of one object."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import ccxt

from fillproof.harness.connectors.protocol import (
    Balance,
    EventName,
    Fee,
    OrderRequest,
    Told,
)

Shown = Mapping[str, Any]
"""A structure of ccxt: order, trade or balance."""

OPEN = "open"
ENDS = {
    "closed": EventName.COMPLETED,
    "canceled": EventName.CANCELLED,
    "expired": EventName.EXPIRED,
    "rejected": EventName.FAILURE,
}
"""The statuses of ccxt that end an order, and the event that each is."""

ACCEPTED = frozenset({OPEN, *ENDS}) - {"rejected"}
"""The statuses that only an accepted order has."""

_SAID_NO = (ccxt.DDoSProtection, ccxt.RateLimitExceeded, ccxt.InvalidNonce)
"""Retriable errors that are nevertheless an answer: the venue did not take the order."""


_TRIGGERS = {"STOP_LOSS": "stopLossPrice", "TAKE_PROFIT": "takeProfitPrice"}
"""How ccxt calls the price that an order waits for."""


def symbol_of(market: str) -> str:
    """Return ccxt's name of a market: BTC-USDT is BTC/USDT."""
    return market.replace("-", "/")


def arguments(order: OrderRequest, client_order_id: str) -> tuple[Any, ...]:
    """Return the arguments of `create_order`; numbers are floats, as ccxt documents them."""
    params: dict[str, object] = {"clientOrderId": client_order_id}
    if order.post_only:
        params["postOnly"] = True
    elif order.time_in_force != "GTC":
        params["timeInForce"] = order.time_in_force
    if order.trigger is not None:
        params[_TRIGGERS[order.trigger.kind]] = float(order.trigger.price)
    if order.quote_amount is not None:
        params["cost"] = float(order.quote_amount)
    price = None if order.price is None else float(order.price)
    kind, side = order.order_type.lower(), order.side.lower()
    amount = None if order.quote_amount is not None else float(order.amount)
    return symbol_of(order.market), kind, side, amount, price, params


def created(order: Shown, client_order_id: str) -> Told:
    """Return Created; a market order states no price of its own."""
    return Told(
        EventName.CREATED,
        client_order_id,
        side=_side(order),
        amount=_number(order["amount"]),
        price=None if order["type"] == "market" else _number(order["price"]),
        venue_order_id=order["id"],
    )


def filled(trade: Shown, client_order_id: str) -> Told:
    """Return Filled; a fee without a currency is none."""
    fee = trade["fee"] or {}
    cost = _number(fee.get("cost"))
    stated = cost is not None and fee.get("currency") is not None
    return Told(
        EventName.FILLED,
        client_order_id,
        side=_side(trade),
        amount=_number(trade["amount"]),
        price=_number(trade["price"]),
        trade_id=trade["id"],
        fees=(Fee(fee["currency"], cost),) if stated and cost is not None else None,
        venue_order_id=trade["order"],
    )


def ended(order: Shown, client_order_id: str) -> Told | None:
    """Return the event of an order's end, None while it is open."""
    match ENDS.get(order["status"]):
        case None:
            return None
        case EventName.COMPLETED:
            return Told(
                EventName.COMPLETED,
                client_order_id,
                side=_side(order),
                base_amount=_number(order["filled"]),
                quote_amount=_number(order["cost"]),
                venue_order_id=order["id"],
            )
        case EventName.FAILURE:
            reason = order["info"].get("r")
            return Told(
                EventName.FAILURE, client_order_id, reason=reason, venue_order_id=order["id"]
            )
        case event:
            return Told(event, client_order_id, venue_order_id=order["id"])


def is_refusal(error: ccxt.BaseError) -> bool:
    """Return whether an error of `create_order` says that there is no such order.

    ccxt: an ExchangeError is an answer of the venue, an OperationFailed (NetworkError and what is
    below it) leaves the outcome open. A duplicate id means that there is an order of that id.
    """
    if isinstance(error, ccxt.DuplicateOrderId):
        return False
    return isinstance(error, (ccxt.ExchangeError, *_SAID_NO))


def failure(error: ccxt.BaseError, client_order_id: str) -> Told:
    """Return Failure for an order that `create_order` says was refused."""
    return Told(EventName.FAILURE, client_order_id, reason=described(error))


def described(error: ccxt.BaseError) -> str:
    """Return the class and the message of an error."""
    return f"{type(error).__name__}: {error}"


def balances(shown: Shown) -> dict[str, Balance]:
    """Return the assets that a balance states."""
    stated = {}
    for asset, total in shown["total"].items():
        available = _number(shown["free"].get(asset))
        whole = _number(total)
        if whole is not None and available is not None:
            stated[asset] = Balance(total=whole, available=available)
    return stated


def _side(shown: Shown) -> str | None:
    side = shown["side"]
    return None if side is None else str(side).upper()


def _number(value: float | str | None) -> Decimal | None:
    """Return a number as ccxt prints it: a float is taken by its shortest text."""
    return None if value is None else Decimal(str(value))
