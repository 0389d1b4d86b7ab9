"""Binance's messages, and what they say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.protocol import Balance, Fee
from fillproof.harness.connectors.reference import decode
from fillproof.harness.connectors.reference.facts import Fill, Refused, Seen, Status
from fillproof.harness.connectors.reference.trouble import Unreadable

REPORT: dict[str, Any] = {
    "e": "executionReport",
    "c": "a",
    "C": "",
    "x": "NEW",
    "X": "NEW",
    "r": "NONE",
    "i": 7,
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


def shown(status: Status, cumulative: str = "0") -> Seen:
    """The order as it is seen."""
    return Seen("7", status, Decimal(cumulative), 1000)


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
            REPORT | {"x": "REJECTED", "X": "REJECTED", "i": -1, "r": "INSUFFICIENT_BALANCES"},
            "a",
            (Refused("INSUFFICIENT_BALANCES"),),
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


def test_a_bare_acknowledgement_is_acceptance() -> None:
    """An ACK reply has no status: the order is accepted, and no more is known."""
    reply = {"clientOrderId": "a", "orderId": 7, "transactTime": 1000}
    assert decode.order_reply(reply).facts == (shown(Status.OPEN),)


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
