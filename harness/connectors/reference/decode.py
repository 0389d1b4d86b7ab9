"""Binance's JSON about orders, as facts. Pure: a message in, what it says out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Balance, Fee
from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.facts import (
    Fact,
    Fill,
    Seen,
    Status,
    TakenBack,
)
from fillproof.harness.connectors.reference.trouble import Unreadable

_ENDED: Mapping[str, Status] = {
    "FILLED": Status.FILLED,
    "CANCELED": Status.CANCELED,
    "EXPIRED": Status.EXPIRED,
    "EXPIRED_IN_MATCH": Status.EXPIRED,
    "REJECTED": Status.REJECTED,
}
"""What an order has ended as; one with any other status is open."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one message says of one order."""

    client_order_id: str
    facts: tuple[Fact, ...]


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn any departure from the documented shape into `Unreadable`."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise Unreadable(f"{what} is not as documented: {error!r}") from error


def order_reply(message: Any) -> Statement:
    """Read the reply to a create (FULL), a cancel or a query of one order.

    In a cancel's reply the order's own id is `origClientOrderId`.
    """
    with reading("order reply"):
        client_order_id = message.get("origClientOrderId") or message["clientOrderId"]
        venue_order_id = str(message["orderId"])
        time_ms = int(message.get("updateTime") or message["transactTime"])
        fills = tuple(
            _fill(fill, venue_order_id, fill["tradeId"], time_ms)
            for fill in message.get("fills", ())
        )
        seen = _seen(
            venue_order_id,
            message["status"],
            message["executedQty"],
            time_ms,
            _left_to_it(message["origQty"], message.get("preventedQuantity")),
        )
        return Statement(client_order_id, (*fills, seen))


def amend_reply(message: Any) -> Statement:
    """Read the reply to an amend that kept the order's place."""
    with reading("amend reply"):
        amended = message["amendedOrder"]
        seen = _seen(
            str(amended["orderId"]),
            amended["status"],
            amended["executedQty"],
            int(message["transactTime"]),
            _left_to_it(amended["qty"], amended.get("preventedQty")),
        )
        return Statement(amended["clientOrderId"], (seen,))


def replace_reply(message: Any) -> tuple[Statement, Statement]:
    """Read the reply to a cancel-replace: the old order's end, and the new order's begin."""
    with reading("cancel-replace reply"):
        canceled, placed = message["cancelResponse"], message["newOrderResponse"]
        return order_reply(canceled), order_reply(placed)


def canceled_alone(message: Any) -> Statement | None:
    """Read whether a cancel-replace that was refused has cancelled the old order; None if not."""
    with reading("cancel-replace refusal"):
        canceled = message.get("cancelResponse")
        return None if canceled is None or "code" in canceled else order_reply(canceled)


def trades_reply(message: Any) -> tuple[Fill, ...]:
    """Read the reply to GET myTrades."""
    with reading("trades reply"):
        return tuple(
            _fill(trade, str(trade["orderId"]), trade["id"], int(trade["time"]))
            for trade in message
        )


def execution_report(event: Any) -> Statement:
    """Read an executionReport. After a cancel `C` is the order's own id, else it is empty."""
    with reading("executionReport"):
        client_order_id = event.get("C") or event["c"]
        venue_order_id, time_ms = str(event["i"]), int(event["T"])
        quantity = _left_to_it(event["q"], event.get("A"))
        seen = _seen(venue_order_id, event["X"], event["z"], time_ms, quantity)
        if event["x"] == "TRADE_CANCEL":
            amount, price = _number(event["l"]), _number(event["L"])
            taken_back = TakenBack(venue_order_id, str(event["t"]), amount, price)
            return Statement(client_order_id, (taken_back, seen))
        if event["x"] != "TRADE":
            return Statement(client_order_id, (seen,))
        fill = Fill(
            venue_order_id,
            trade_id=str(event["t"]),
            amount=_number(event["l"]),
            price=_number(event["L"]),
            fee=_fee(event.get("N"), event.get("n")),
            time_ms=time_ms,
        )
        return Statement(client_order_id, (fill, seen))


def account_reply(message: Any) -> AccountState:
    """Read the reply to GET account."""
    with reading("account reply"):
        balances = {
            item["asset"]: _balance(item["free"], item["locked"]) for item in message["balances"]
        }
        return AccountState(int(message["updateTime"]), balances, is_whole=True)


def account_position(event: Any) -> AccountState:
    """Read an outboundAccountPosition: only the assets that may have changed."""
    with reading("outboundAccountPosition"):
        balances = {item["a"]: _balance(item["f"], item["l"]) for item in event["B"]}
        return AccountState(int(event["u"]), balances, is_whole=False)


def server_time_ms(message: Any) -> int:
    """Read the reply to GET time."""
    with reading("time reply"):
        return int(message["serverTime"])


def _left_to_it(quantity: str, prevented: str | None) -> Decimal:
    """Return what an order is for without what self-trade prevention took."""
    return _number(quantity) - _number(prevented or "0")


def _seen(venue_order_id: str, word: str, cumulative: str, time_ms: int, quantity: Decimal) -> Seen:
    status = _ENDED.get(word, Status.OPEN)
    return Seen(venue_order_id, status, _number(cumulative), time_ms, quantity)


def _fill(item: Any, venue_order_id: str, trade_id: object, time_ms: int) -> Fill:
    return Fill(
        venue_order_id,
        trade_id=str(trade_id),
        amount=_number(item["qty"]),
        price=_number(item["price"]),
        fee=_fee(item.get("commissionAsset"), item.get("commission")),
        time_ms=time_ms,
    )


def _fee(asset: str | None, amount: str | None) -> Fee | None:
    if not asset or amount is None:
        return None
    return Fee(asset, _number(amount))


def _balance(free: str, locked: str) -> Balance:
    available = _number(free)
    return Balance(available + _number(locked), available)


def _number(text: Any) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{text!r} is not an amount")
    return number
