"""Placing, cancelling and querying orders over REST."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.vocabulary.commands import FillOrder


def test_a_resting_order_is_answered_in_full(venue: Bench) -> None:
    """A LIMIT order's answer has every field of the venue's FULL type, amounts with 8 places."""
    assert venue.limit("BUY", "1", "29000", "a") == {
        "symbol": "BTCUSDT",
        "orderId": 1,
        "orderListId": -1,
        "clientOrderId": "a",
        "transactTime": 1_700_000_000_000,
        "price": "29000.00000000",
        "origQty": "1.00000000",
        "executedQty": "0.00000000",
        "origQuoteOrderQty": "0.00000000",
        "cummulativeQuoteQty": "0.00000000",
        "status": "NEW",
        "timeInForce": "GTC",
        "type": "LIMIT",
        "side": "BUY",
        "workingTime": 1_700_000_000_000,
        "selfTradePreventionMode": "NONE",
        "fills": [],
    }


@pytest.mark.parametrize(
    ("answer_type", "keys"),
    [
        ("ACK", ["symbol", "orderId", "orderListId", "clientOrderId", "transactTime"]),
        ("RESULT", ["executedQty", "status", "type", "side"]),
        ("FULL", ["executedQty", "status", "fills"]),
    ],
)
def test_the_answer_has_the_type_asked_for(venue: Bench, answer_type: str, keys: list[str]) -> None:
    """NewOrderRespType decides how much a new order's answer says."""
    answer = venue.place(newOrderRespType=answer_type)
    assert set(keys) <= set(answer)
    assert ("fills" in answer, "status" in answer) == (answer_type == "FULL", answer_type != "ACK")


def test_a_taker_hears_its_fills_in_the_answer(venue: Bench) -> None:
    """FULL lists each fill with price, amount, fee (of what is received) and trade id."""
    venue.limit("SELL", "0.5", "29000", "x", who="bob")
    answer = venue.limit("BUY", "1", "29001", "a")
    assert (answer["status"], answer["executedQty"]) == ("PARTIALLY_FILLED", "0.50000000")
    assert answer["cummulativeQuoteQty"] == "14500.00000000"
    assert answer["fills"] == [
        {
            "price": "29000.00000000",
            "qty": "0.50000000",
            "commission": "0.00100000",
            "commissionAsset": "BTC",
            "tradeId": 1,
        }
    ]


@pytest.mark.parametrize(
    ("order", "status", "expiry_reason"),
    [
        ({"timeInForce": "IOC"}, "EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED"),
        ({"timeInForce": "FOK"}, "EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED"),
        (
            {"type": "MARKET", "timeInForce": None, "price": None},
            "EXPIRED",
            "INSUFFICIENT_LIQUIDITY",
        ),
        ({"type": "LIMIT_MAKER", "timeInForce": None}, "NEW", None),
    ],
)
def test_what_cannot_rest_expires(
    venue: Bench, order: dict[str, Any], status: str, expiry_reason: str | None
) -> None:
    """On an empty book IOC, FOK and MARKET expire with the venue's reason; post-only rests."""
    answer = venue.place(newOrderRespType="RESULT", **order)
    assert (answer["status"], answer.get("expiryReason")) == (status, expiry_reason)
    assert venue.query("a")[1].get("expiryReason") == expiry_reason


def test_a_cancel_has_an_id_of_its_own(venue: Bench) -> None:
    """A cancel's answer names the order in origClientOrderId and the cancel in clientOrderId."""
    venue.limit("BUY", "1", "29000", "a")
    status, answer = venue.cancel("a", newClientOrderId="cancel-a")
    assert status == 200
    assert (answer["origClientOrderId"], answer["clientOrderId"]) == ("a", "cancel-a")
    assert (answer["status"], answer["orderId"]) == ("CANCELED", 1)


def test_ids_that_nobody_gave_are_counted(venue: Bench) -> None:
    """An order or cancel without an id gets one of 22 characters, the same in every run."""
    answer = venue.limit("BUY", "1", "29000", None)
    assert answer["clientOrderId"] == "fp00000000000000000001"
    assert len(answer["clientOrderId"]) == 22
    canceled = venue.signed("DELETE", "/api/v3/order", symbol="BTCUSDT", orderId=1)[1]
    assert canceled["clientOrderId"] == "fp00000000000000000002"


def test_all_open_orders_of_a_market_are_canceled_together(venue: Bench) -> None:
    """DELETE openOrders answers one cancel each; without open orders it is an unknown order."""
    venue.limit("BUY", "1", "29000", "a")
    venue.limit("BUY", "1", "28000", "b")
    status, answers = venue.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT")
    assert (status, [one["origClientOrderId"] for one in answers]) == (200, ["a", "b"])
    assert venue.signed("GET", "/api/v3/openOrders", symbol="BTCUSDT") == (200, [])
    refused = {"code": -2011, "msg": "Unknown order sent."}
    assert venue.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT") == (400, refused)


def test_an_order_is_found_by_either_id(venue: Bench) -> None:
    """A query takes orderId or origClientOrderId; another account's order does not exist."""
    venue.limit("BUY", "1", "29000", "a")
    by_id = venue.signed("GET", "/api/v3/order", symbol="BTCUSDT", orderId=1)
    assert by_id == venue.query("a")
    assert (by_id[1]["clientOrderId"], by_id[1]["isWorking"]) == ("a", True)
    other = venue.signed(
        "GET", "/api/v3/order", "bobsKey", "bobsSecret", symbol="BTCUSDT", orderId=1
    )
    assert other == (400, {"code": -2013, "msg": "Order does not exist."})


def test_own_trades_are_listed_oldest_first(venue: Bench) -> None:
    """MyTrades lists fills by market, order or first trade id, each with its fee."""
    venue.limit("SELL", "1", "30000", "a")
    venue.apply(FillOrder(1, 2000))
    venue.apply(FillOrder(1, 3000))
    trades = venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT")[1]
    assert [(one["id"], one["qty"]) for one in trades] == [(1, "0.20000000"), (2, "0.30000000")]
    assert trades[0] == {
        "symbol": "BTCUSDT",
        "id": 1,
        "orderId": 1,
        "orderListId": -1,
        "price": "30000.00000000",
        "qty": "0.20000000",
        "quoteQty": "6000.00000000",
        "commission": "6.00000000",
        "commissionAsset": "USDT",
        "time": 1_700_000_000_000,
        "isBuyer": False,
        "isMaker": True,
        "isBestMatch": True,
    }
    assert venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT", fromId=2)[1] == trades[1:]
    assert venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT", orderId=2)[1] == []
    assert venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT", limit=1)[1] == trades[1:]


def test_all_orders_keep_their_states(venue: Bench) -> None:
    """AllOrders shows open and ended orders, oldest first; openOrders only the open ones."""
    venue.limit("BUY", "1", "29000", "a")
    venue.limit("BUY", "1", "28000", "b")
    venue.cancel("a")
    every = venue.signed("GET", "/api/v3/allOrders", symbol="BTCUSDT")[1]
    assert [(one["clientOrderId"], one["status"]) for one in every] == [
        ("a", "CANCELED"),
        ("b", "NEW"),
    ]
    open_ones = venue.signed("GET", "/api/v3/openOrders")[1]
    assert [one["clientOrderId"] for one in open_ones] == ["b"]


def test_the_account_shows_what_is_locked(venue: Bench) -> None:
    """Account shows free and locked of each asset; an open buy locks its quote."""
    venue.limit("BUY", "1", "29000", "a")
    account = venue.signed("GET", "/api/v3/account")[1]
    assert account["balances"] == [
        {"asset": "BTC", "free": "10.00000000", "locked": "0.00000000"},
        {"asset": "USDT", "free": "71000.00000000", "locked": "29000.00000000"},
    ]
    assert (account["makerCommission"], account["takerCommission"]) == (10, 20)
    assert account["commissionRates"]["taker"] == "0.00200000"


def test_a_test_order_changes_nothing(venue: Bench) -> None:
    """order/test checks an order and does not place it."""
    order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "1"}
    assert venue.signed("POST", "/api/v3/order/test", **order) == (200, {})
    assert venue.exchange.orders("alice") == ()
