"""Lists of orders: how they are placed, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench
from conformance_tests.unit.dialects.list_requests import LEGACY, place


def test_a_list_is_answered_with_its_orders(traded: Bench) -> None:
    """The list, its orders by name, and what is said of each in the form asked for."""
    status, answer = place(traded, newOrderRespType="RESULT")
    reports = answer.pop("orderReports")
    assert (status, answer) == (
        200,
        {
            "orderListId": answer["orderListId"],
            "contingencyType": "OCO",
            "listStatusType": "EXEC_STARTED",
            "listOrderStatus": "EXECUTING",
            "listClientOrderId": "list",
            "transactionTime": 1_700_000_000_000,
            "symbol": "BTCUSDT",
            "orders": [
                {"symbol": "BTCUSDT", "orderId": 3, "clientOrderId": "above"},
                {"symbol": "BTCUSDT", "orderId": 4, "clientOrderId": "below"},
            ],
        },
    )
    assert reports[1] == {
        "symbol": "BTCUSDT",
        "orderId": 4,
        "orderListId": answer["orderListId"],
        "clientOrderId": "below",
        "transactTime": 1_700_000_000_000,
        "price": "27000.00000000",
        "origQty": "0.10000000",
        "executedQty": "0.00000000",
        "origQuoteOrderQty": "0.00000000",
        "cummulativeQuoteQty": "0.00000000",
        "status": "NEW",
        "timeInForce": "GTC",
        "type": "STOP_LOSS_LIMIT",
        "side": "SELL",
        "stopPrice": "28500.00000000",
        "workingTime": -1,
        "selfTradePreventionMode": "NONE",
    }


@pytest.mark.parametrize(
    ("form", "contingency", "states"),
    [
        ("oco", "OCO", ["NEW", "NEW"]),
        ("oto", "OTO", ["NEW", "PENDING_NEW"]),
        ("otoco", "OTO", ["NEW", "PENDING_NEW", "PENDING_NEW"]),
        ("opo", "OTO", ["NEW", "PENDING_NEW"]),
        ("opoco", "OTO", ["NEW", "PENDING_NEW", "PENDING_NEW"]),
    ],
)
def test_each_kind_of_list_begins_in_its_states(
    traded: Bench, form: str, contingency: str, states: list[str]
) -> None:
    """What waits for the working order is PENDING_NEW; all that begin with one are OTO."""
    status, answer = place(traded, form)
    assert (status, answer["contingencyType"]) == (200, contingency)
    assert [one["status"] for one in answer["orderReports"]] == states


@pytest.mark.parametrize("form", ["opo", "opoco"])
def test_what_is_paid_by_another_order_has_no_quantity_yet(traded: Bench, form: str) -> None:
    """The quantity of a pending order of an OPO is left out until it is known."""
    working, *pending = place(traded, form)[1]["orderReports"]
    assert "origQty" in working
    assert all("origQty" not in one for one in pending)


def test_the_older_request_places_the_same_list(traded: Bench) -> None:
    """A limit order above a stop when it sells; the stop has no price, so it is STOP_LOSS."""
    status, answer = traded.signed("POST", "/api/v3/order/oco", **LEGACY)
    kinds = [(one["clientOrderId"], one["type"]) for one in answer["orderReports"]]
    assert (status, kinds) == (200, [("above", "LIMIT_MAKER"), ("below", "STOP_LOSS")])


@pytest.mark.parametrize(
    ("form", "changes", "code", "text"),
    [
        (
            "oco",
            {"aboveType": "LIMIT", "aboveTimeInForce": "GTC"},
            -1158,
            "Order type not supported in OCO.",
        ),
        (
            "oco",
            {"belowType": "LIMIT_MAKER", "belowStopPrice": None, "belowTimeInForce": None},
            -1168,
            "At least one OCO order must be contingent.",
        ),
        (
            "oco",
            {"side": "BUY"},
            -1165,
            "A limit order in a buy OCO must be below.",
        ),
        (
            "oco",
            {
                "aboveType": "STOP_LOSS",
                "aboveStopPrice": "32000",
                "abovePrice": None,
            },
            -1197,
            "A stop loss order in a sell OCO must be below.",
        ),
        (
            "oco",
            {"belowType": "TAKE_PROFIT_LIMIT"},
            -1199,
            "A take profit order in a sell OCO must be above.",
        ),
        (
            "oco",
            {"abovePrice": "29000"},
            -2010,
            "The relationship of the prices for the orders is not correct.",
        ),
        (
            "oco",
            {"belowIcebergQty": "0.01", "belowTimeInForce": "IOC"},
            -1160,
            "Parameter 'belowIcebergQty' is not supported if 'belowTimeInForce' is not GTC.",
        ),
        (
            "oco",
            {"quantity": "20"},
            -2010,
            "Account has insufficient balance for requested action.",
        ),
        ("oco", {"belowClientOrderId": "above"}, -2010, "Duplicate order sent."),
        (
            "oco",
            {"abovePrice": None},
            -1102,
            "Mandatory parameter 'abovePrice' was not sent, was empty/null, or malformed.",
        ),
        ("oto", {"workingType": "MARKET"}, -1106, None),
        ("oto", {"pendingQuoteOrderQty": "1"}, -1104, None),
        ("oto", {"workingQuantity": "0.0001"}, -1013, "Filter failure: NOTIONAL"),
        ("opo", {"workingSide": "SELL"}, -1222, "Working order in an OPO list must be a bid."),
        ("opo", {"pendingSide": "BUY"}, -1223, "Pending orders in an OPO list must be asks."),
        ("opo", {"pendingQuantity": "1"}, -1104, None),
    ],
)
def test_a_list_that_cannot_be_is_refused_whole(
    traded: Bench, form: str, changes: dict[str, Any], code: int, text: str | None
) -> None:
    """Types, places, prices and balance; no order of it comes to the book."""
    status, body = place(traded, form, **changes)
    assert (status, body["code"]) == (400, code)
    assert text in (None, body["msg"])
    assert traded.signed("GET", "/api/v3/openOrders")[1] == []
