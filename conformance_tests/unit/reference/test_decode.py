"""Binance's messages, and what they say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.protocol import Balance, Fee
from fillproof.harness.connectors.reference import decode
from fillproof.harness.connectors.reference.facts import Fill, Seen, Status
from fillproof.harness.connectors.reference.trouble import Unreadable

REPORT: dict[str, Any] = {
    "e": "executionReport",
    "c": "a",
    "C": "",
    "x": "NEW",
    "X": "NEW",
    "r": "NONE",
    "i": 7,
    "q": "1.00000000",
    "l": "0.00000000",
    "L": "0.00000000",
    "z": "0.00000000",
    "n": "0",
    "N": None,
    "t": -1,
    "T": 1000,
}
TRADE = REPORT | {
    "x": "TRADE",
    "X": "PARTIALLY_FILLED",
    "l": "0.20000000",
    "L": "29000.00000000",
    "z": "0.20000000",
    "n": "0.00020000",
    "N": "BTC",
    "t": 5,
}
FILL = Fill("7", "5", Decimal("0.2"), Decimal(29000), Fee("BTC", Decimal("0.0002")), 1000)
REPLY: dict[str, Any] = {
    "clientOrderId": "a",
    "orderId": 7,
    "transactTime": 1000,
    "origQty": "1.00000000",
    "executedQty": "0.20000000",
    "status": "PARTIALLY_FILLED",
    "fills": [
        {
            "price": "29000.00000000",
            "qty": "0.20000000",
            "commission": "0.00020000",
            "commissionAsset": "BTC",
            "tradeId": 5,
        }
    ],
}


def shown(status: Status, cumulative: str = "0", quantity: str = "1") -> Seen:
    """The order as it is seen."""
    return Seen("7", status, Decimal(cumulative), 1000, Decimal(quantity))


@pytest.mark.parametrize(
    ("event", "client_order_id", "facts"),
    [
        (REPORT, "a", (shown(Status.OPEN),)),
        (TRADE, "a", (FILL, shown(Status.OPEN, "0.2"))),
        (TRADE | {"X": "FILLED"}, "a", (FILL, shown(Status.FILLED, "0.2"))),
        (
            REPORT | {"x": "CANCELED", "X": "CANCELED", "c": "x", "C": "a"},
            "a",
            (shown(Status.CANCELED),),
        ),
        (REPORT | {"C": None}, "a", (shown(Status.OPEN),)),
        (REPORT | {"x": "EXPIRED", "X": "EXPIRED"}, "a", (shown(Status.EXPIRED),)),
        (
            REPORT | {"x": "TRADE_PREVENTION", "X": "EXPIRED_IN_MATCH"},
            "a",
            (shown(Status.EXPIRED),),
        ),
        (REPORT | {"x": "REJECTED", "X": "REJECTED"}, "a", (shown(Status.REJECTED),)),
        (
            REPORT | {"x": "TRADE_PREVENTION", "A": "0.40000000", "B": "0.40000000"},
            "a",
            (shown(Status.OPEN, quantity="0.6"),),
        ),
        (
            REPORT | {"x": "REPLACED", "C": "a", "q": "0.80000000", "X": "PARTIALLY_FILLED"},
            "a",
            (shown(Status.OPEN, quantity="0.8"),),
        ),
        (REPORT | {"X": "SOMETHING_NEW"}, "a", (shown(Status.OPEN),)),
    ],
)
def test_an_execution_report_says(
    event: dict[str, Any], client_order_id: str, facts: tuple[object, ...]
) -> None:
    """A report says how the order stands, and before that which trade it had."""
    assert decode.execution_report(event) == decode.Statement(client_order_id, facts)  # type: ignore[arg-type]


def test_a_create_reply_says_its_fills_first() -> None:
    """The fills of a FULL reply come before the status they lead to."""
    statement = decode.order_reply(REPLY)
    assert statement.facts == (FILL, shown(Status.OPEN, "0.2"))


def test_a_cancel_reply_speaks_of_the_original_order() -> None:
    """`clientOrderId` of a cancel's reply is the cancel's own."""
    reply = {**REPLY, "origClientOrderId": "a", "clientOrderId": "x", "status": "CANCELED"}
    assert decode.order_reply(reply).client_order_id == "a"


def test_an_amend_reply_says_what_the_order_is_for_now() -> None:
    """What self-trade prevention took from it before is not for it to fill any more."""
    amended = {
        "orderId": 7,
        "clientOrderId": "a",
        "qty": "0.80000000",
        "executedQty": "0.20000000",
        "preventedQty": "0.10000000",
        "status": "PARTIALLY_FILLED",
    }
    reply = {"transactTime": 1000, "executionId": 60, "amendedOrder": amended}
    expected = decode.Statement("a", (shown(Status.OPEN, "0.2", "0.7"),))
    assert decode.amend_reply(reply) == expected


def test_a_cancel_replace_says_what_became_of_both_orders() -> None:
    """A reply without one of its halves is none."""
    canceled = {**REPLY, "origClientOrderId": "a", "status": "CANCELED", "fills": []}
    new = {**REPLY, "clientOrderId": "b"}
    both = decode.replace_reply({"cancelResponse": canceled, "newOrderResponse": new})
    assert [half.client_order_id for half in both] == ["a", "b"]
    with pytest.raises(Unreadable):
        decode.replace_reply({"cancelResponse": canceled, "newOrderResponse": None})


def test_a_refused_cancel_replace_says_whether_it_has_cancelled() -> None:
    """A cancel that failed, or was not tried, says nothing of its order."""
    canceled = {**REPLY, "origClientOrderId": "a", "status": "CANCELED", "fills": []}
    failed = {"code": -2011, "msg": "Unknown order sent."}
    statement = decode.canceled_alone({"cancelResponse": canceled, "newOrderResponse": failed})
    assert statement is not None
    assert statement.client_order_id == "a"
    assert decode.canceled_alone({"cancelResponse": failed}) is None
    assert decode.canceled_alone({"cancelResponse": None}) is None


def test_a_commission_without_asset_is_no_fee() -> None:
    """A fill whose fee is not stated is still a fill."""
    fill = decode.execution_report(TRADE | {"N": None}).facts[0]
    assert isinstance(fill, Fill)
    assert fill.fee is None


def test_balances_are_free_and_locked() -> None:
    """Total is what is free and what is locked in orders."""
    account = {"updateTime": 3, "balances": [{"asset": "BTC", "free": "1", "locked": "0.5"}]}
    position = {"u": 3, "B": [{"a": "BTC", "f": "1", "l": "0.5"}]}
    expected = {"BTC": Balance(total=Decimal("1.5"), available=Decimal(1))}
    assert decode.account_reply(account).balances == expected
    assert decode.account_position(position).balances == expected


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {**REPLY, "orderId": None, "transactTime": "soon"},
        {**REPLY, "executedQty": "NaN"},
        {**REPLY, "executedQty": "much"},
        {**REPLY, "fills": [{}]},
    ],
)
def test_anything_else_is_unreadable(message: object) -> None:
    """A message of another shape raises one error that a loop can live with."""
    with pytest.raises(Unreadable):
        decode.order_reply(message)
