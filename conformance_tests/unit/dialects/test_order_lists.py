"""Lists of orders: how they are placed, shown and canceled, and what the stream tells of them."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.vocabulary.commands import FillOrder

_OCO = {
    "symbol": "BTCUSDT",
    "side": "SELL",
    "quantity": "0.1",
    "listClientOrderId": "list",
    "aboveType": "LIMIT_MAKER",
    "abovePrice": "32000",
    "aboveClientOrderId": "above",
    "belowType": "STOP_LOSS_LIMIT",
    "belowPrice": "27000",
    "belowStopPrice": "28500",
    "belowTimeInForce": "GTC",
    "belowClientOrderId": "below",
}
_OTO = {
    "symbol": "BTCUSDT",
    "listClientOrderId": "list",
    "workingType": "LIMIT",
    "workingSide": "BUY",
    "workingPrice": "29500",
    "workingQuantity": "0.1",
    "workingTimeInForce": "GTC",
    "workingClientOrderId": "working",
    "pendingType": "LIMIT",
    "pendingSide": "SELL",
    "pendingPrice": "33000",
    "pendingQuantity": "0.05",
    "pendingTimeInForce": "GTC",
    "pendingClientOrderId": "pending",
}
_OTOCO = {
    **{name: value for name, value in _OTO.items() if not name.startswith("pending")},
    "pendingSide": "SELL",
    "pendingQuantity": "0.1",
    "pendingAboveType": "LIMIT_MAKER",
    "pendingAbovePrice": "33000",
    "pendingAboveClientOrderId": "above",
    "pendingBelowType": "STOP_LOSS",
    "pendingBelowStopPrice": "27000",
    "pendingBelowClientOrderId": "below",
}
_OPO = {name: value for name, value in _OTO.items() if name != "pendingQuantity"}
_OPOCO = {name: value for name, value in _OTOCO.items() if name != "pendingQuantity"}
_LEGACY = {
    "symbol": "BTCUSDT",
    "side": "SELL",
    "quantity": "0.1",
    "price": "32000",
    "stopPrice": "28500",
    "limitClientOrderId": "above",
    "stopClientOrderId": "below",
    "listClientOrderId": "list",
}
_FORMS = {"oco": _OCO, "oto": _OTO, "otoco": _OTOCO, "opo": _OPO, "opoco": _OPOCO}


@pytest.fixture
def traded(venue: Bench) -> Bench:
    """Return a venue whose last trade was at 30000, with nothing on its book."""
    venue.limit("SELL", "1", "30000", "offer", who="bob")
    venue.place("bob", type="MARKET", side="BUY", quantity="1", price=None, timeInForce=None)
    return venue


def _place(venue: Bench, form: str = "oco", **changes: Any) -> tuple[int, Any]:
    return venue.signed("POST", f"/api/v3/orderList/{form}", **(_FORMS[form] | changes))


def _reports(venue: Bench) -> list[Any]:
    return [event for event in venue.events() if event["e"] == "executionReport"]


def test_a_list_is_answered_with_its_orders(traded: Bench) -> None:
    """The list, its orders by name, and what is said of each in the form asked for."""
    status, answer = _place(traded, newOrderRespType="RESULT")
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
    status, answer = _place(traded, form)
    assert (status, answer["contingencyType"]) == (200, contingency)
    assert [one["status"] for one in answer["orderReports"]] == states


@pytest.mark.parametrize("form", ["opo", "opoco"])
def test_what_is_paid_by_another_order_has_no_quantity_yet(traded: Bench, form: str) -> None:
    """The quantity of a pending order of an OPO is left out until it is known."""
    working, *pending = _place(traded, form)[1]["orderReports"]
    assert "origQty" in working
    assert all("origQty" not in one for one in pending)


def test_the_older_request_places_the_same_list(traded: Bench) -> None:
    """A limit order above a stop when it sells; the stop has no price, so it is STOP_LOSS."""
    status, answer = traded.signed("POST", "/api/v3/order/oco", **_LEGACY)
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
    status, body = _place(traded, form, **changes)
    assert (status, body["code"]) == (400, code)
    assert text in (None, body["msg"])
    assert traded.signed("GET", "/api/v3/openOrders")[1] == []


def test_placing_a_list_is_told_order_by_order_and_then_as_a_list(traded: Bench) -> None:
    """The orders, then listStatus, then the balances."""
    traded.listen()
    number = _place(traded)[1]["orderListId"]
    above, below, listed, position = traded.events()
    assert [(one["c"], one["x"], one["X"], one["g"], one["w"]) for one in (above, below)] == [
        ("above", "NEW", "NEW", number, True),
        ("below", "NEW", "NEW", number, False),
    ]
    assert listed == {
        "e": "listStatus",
        "E": 1_700_000_000_000,
        "s": "BTCUSDT",
        "g": number,
        "c": "OCO",
        "l": "EXEC_STARTED",
        "L": "EXECUTING",
        "r": "NONE",
        "C": "list",
        "T": 1_700_000_000_000,
        "O": [
            {"s": "BTCUSDT", "i": 3, "c": "above"},
            {"s": "BTCUSDT", "i": 4, "c": "below"},
        ],
    }
    assert position["e"] == "outboundAccountPosition"


def test_a_leg_that_fills_ends_the_other(traded: Bench) -> None:
    """The other leg is told EXPIRED with OCO_TRIGGER, and the list ALL_DONE."""
    _place(traded)
    traded.listen()
    traded.apply(FillOrder(3, 1000))
    *reports, listed, _ = traded.events()
    told = {(one["c"], one["x"], one["X"], one.get("eR")) for one in reports}
    assert told == {
        ("above", "TRADE", "FILLED", None),
        ("below", "EXPIRED", "EXPIRED", "OCO_TRIGGER"),
    }
    assert (listed["l"], listed["L"]) == ("ALL_DONE", "ALL_DONE")


def test_a_working_order_that_fills_brings_the_pending_one(traded: Bench) -> None:
    """PENDING_NEW becomes NEW, which is told once more, on the book."""
    traded.listen()
    _place(traded, "oto")
    first = [(one["c"], one["x"], one["X"], one["w"]) for one in _reports(traded)]
    assert first == [("working", "NEW", "NEW", True), ("pending", "NEW", "PENDING_NEW", False)]
    traded.apply(FillOrder(3, 1000))
    then = [(one["c"], one["x"], one["X"], one["w"]) for one in _reports(traded)]
    assert then == [("working", "TRADE", "FILLED", False), ("pending", "NEW", "NEW", True)]
    assert traded.query("pending")[1]["status"] == "NEW"


def test_an_amend_in_a_list_updates_the_list(traded: Bench) -> None:
    """The answer has the list with the new name, and the stream tells listStatus UPDATED."""
    _place(traded, "oto")
    traded.listen()
    amend = {"symbol": "BTCUSDT", "origClientOrderId": "working", "newQty": "0.05"}
    path = "/api/v3/order/amend/keepPriority"
    answer = traded.signed("PUT", path, **amend, newClientOrderId="renamed")[1]
    assert answer["listStatus"] == {
        "orderListId": answer["amendedOrder"]["orderListId"],
        "contingencyType": "OTO",
        "listOrderStatus": "EXECUTING",
        "listClientOrderId": "list",
        "symbol": "BTCUSDT",
        "orders": [
            {"symbol": "BTCUSDT", "orderId": 3, "clientOrderId": "renamed"},
            {"symbol": "BTCUSDT", "orderId": 4, "clientOrderId": "pending"},
        ],
    }
    [listed] = [one for one in traded.events() if one["e"] == "listStatus"]
    assert (listed["l"], listed["L"], listed["O"][0]["c"]) == ("UPDATED", "EXECUTING", "renamed")


def test_an_amend_of_one_leg_of_an_oco_lowers_both(traded: Bench) -> None:
    """Only one of the two can trade, so they are of one quantity; each is told REPLACED."""
    _place(traded)
    traded.listen()
    amend = {"symbol": "BTCUSDT", "origClientOrderId": "below", "newQty": "0.05"}
    path = "/api/v3/order/amend/keepPriority"
    answer = traded.signed("PUT", path, **amend, newClientOrderId="renamed")[1]
    assert (answer["amendedOrder"]["orderId"], answer["amendedOrder"]["qty"]) == (4, "0.05000000")
    told = {(one["x"], one["c"], one["C"], one["q"]) for one in _reports(traded)}
    assert told == {
        ("REPLACED", "renamed", "below", "0.05000000"),
        ("REPLACED", "above", "above", "0.05000000"),
    }


@pytest.mark.parametrize(
    ("method", "path", "named"),
    [
        ("DELETE", "/api/v3/orderList", {"listClientOrderId": "list"}),
        ("DELETE", "/api/v3/order", {"origClientOrderId": "below"}),
    ],
)
def test_a_list_is_canceled_whole(
    traded: Bench, method: str, path: str, named: dict[str, str]
) -> None:
    """By its own name, or by one of its orders'; both orders get the one id of the cancel."""
    _place(traded)
    traded.listen()
    request = {"symbol": "BTCUSDT", "newClientOrderId": "cancel-1", **named}
    status, answer = traded.signed(method, path, **request)
    assert (status, answer["listStatusType"], answer["listOrderStatus"]) == (
        200,
        "ALL_DONE",
        "ALL_DONE",
    )
    said = {(one["origClientOrderId"], one["clientOrderId"]) for one in answer["orderReports"]}
    assert said == {("above", "cancel-1"), ("below", "cancel-1")}
    *reports, listed, _ = traded.events()
    assert {(one["C"], one["c"], one["x"]) for one in reports} == {
        ("above", "cancel-1", "CANCELED"),
        ("below", "cancel-1", "CANCELED"),
    }
    assert listed["L"] == "ALL_DONE"


def test_replacing_an_order_of_a_list_ends_the_list(traded: Bench) -> None:
    """The cancel's half shows the order that was named; the other one is canceled with it."""
    _place(traded)
    order = {"side": "SELL", "type": "LIMIT", "timeInForce": "GTC", "price": "31000"}
    request = {"symbol": "BTCUSDT", "cancelReplaceMode": "STOP_ON_FAILURE", "quantity": "0.1"}
    path = "/api/v3/order/cancelReplace"
    named = {"cancelOrigClientOrderId": "below"}
    answer = traded.signed("POST", path, **request, **order, **named)[1]
    assert answer["cancelResponse"]["origClientOrderId"] == "below"
    assert traded.query("above")[1]["status"] == "CANCELED"


def test_cancelling_all_shows_single_orders_and_lists(traded: Bench) -> None:
    """A list is one entry of the answer, with its orders inside."""
    traded.limit("BUY", "0.1", "20000", "single")
    _place(traded)
    single, listed = traded.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT")[1]
    assert single["origClientOrderId"] == "single"
    assert [one["origClientOrderId"] for one in listed["orderReports"]] == ["above", "below"]


def test_lists_can_be_asked_for(traded: Bench) -> None:
    """One by either name, those that execute, and all."""
    number = _place(traded)[1]["orderListId"]
    by_name = traded.signed("GET", "/api/v3/orderList", origClientOrderId="list")
    assert by_name == traded.signed("GET", "/api/v3/orderList", orderListId=number)
    assert by_name[1]["listOrderStatus"] == "EXECUTING"
    assert traded.signed("GET", "/api/v3/openOrderList") == (200, [by_name[1]])
    traded.signed("DELETE", "/api/v3/orderList", symbol="BTCUSDT", orderListId=number)
    assert traded.signed("GET", "/api/v3/openOrderList") == (200, [])
    [ended] = traded.signed("GET", "/api/v3/allOrderList")[1]
    assert (ended["orderListId"], ended["listOrderStatus"]) == (number, "ALL_DONE")


@pytest.mark.parametrize(
    ("method", "named", "code", "text"),
    [
        ("GET", {"orderListId": 99}, -2018, "Order list does not exist"),
        ("DELETE", {"symbol": "BTCUSDT", "orderListId": 99}, -2011, "Unknown order sent."),
        (
            "GET",
            {},
            -1102,
            "Param 'orderListId' or 'origClientOrderId' must be sent, but both were empty/null!",
        ),
    ],
)
def test_a_list_that_is_not_there_is_refused(
    traded: Bench, method: str, named: dict[str, Any], code: int, text: str
) -> None:
    """Asking for it and canceling it have different errors."""
    refused = (400, {"code": code, "msg": text})
    assert traded.signed(method, "/api/v3/orderList", **named) == refused


def test_a_list_counts_as_its_orders(traded: Bench) -> None:
    """An OCO counts two against the order limits, an OTOCO three."""
    _place(traded)
    _place(
        traded,
        "otoco",
        listClientOrderId="other",
        pendingAboveClientOrderId="c",
        pendingBelowClientOrderId="d",
    )
    counts = traded.signed("GET", "/api/v3/rateLimit/order")[1]
    assert [one["count"] for one in counts] == [5, 5]


def test_the_websocket_api_places_shows_and_cancels_lists(traded: Bench) -> None:
    """By the names of the methods there, with the same answers."""
    traded.open("/ws-api/v3")
    placed = traded.call("orderList.place.oco", **_OCO)["result"]
    number = placed["orderListId"]
    shown = traded.call("orderList.status", orderListId=number)["result"]
    assert shown["listClientOrderId"] == "list"
    assert traded.call("openOrderLists.status")["result"] == [shown]
    assert traded.call("allOrderLists")["result"] == [shown]
    canceled = traded.call("orderList.cancel", symbol="BTCUSDT", orderListId=number)["result"]
    assert canceled["listOrderStatus"] == "ALL_DONE"
