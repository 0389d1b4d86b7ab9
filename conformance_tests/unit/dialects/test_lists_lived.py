"""Lists of orders from their first order to their last: told, amended, canceled and shown."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench
from conformance_tests.unit.dialects.list_requests import OCO, place

from fillproof.simulator.vocabulary.commands import FillOrder


def reports_of(venue: Bench) -> list[Any]:
    """Return the execution reports heard so far."""
    return [event for event in venue.events() if event["e"] == "executionReport"]


def test_placing_a_list_is_told_order_by_order_and_then_as_a_list(traded: Bench) -> None:
    """The orders, then listStatus, then the balances."""
    traded.listen()
    number = place(traded)[1]["orderListId"]
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
    place(traded)
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
    place(traded, "oto")
    first = [(one["c"], one["x"], one["X"], one["w"]) for one in reports_of(traded)]
    assert first == [("working", "NEW", "NEW", True), ("pending", "NEW", "PENDING_NEW", False)]
    traded.apply(FillOrder(3, 1000))
    then = [(one["c"], one["x"], one["X"], one["w"]) for one in reports_of(traded)]
    assert then == [("working", "TRADE", "FILLED", False), ("pending", "NEW", "NEW", True)]
    assert traded.query("pending")[1]["status"] == "NEW"


def test_an_amend_in_a_list_updates_the_list(traded: Bench) -> None:
    """The answer has the list with the new name, and the stream tells listStatus UPDATED."""
    place(traded, "oto")
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
    place(traded)
    traded.listen()
    amend = {"symbol": "BTCUSDT", "origClientOrderId": "below", "newQty": "0.05"}
    path = "/api/v3/order/amend/keepPriority"
    answer = traded.signed("PUT", path, **amend, newClientOrderId="renamed")[1]
    assert (answer["amendedOrder"]["orderId"], answer["amendedOrder"]["qty"]) == (4, "0.05000000")
    told = {(one["x"], one["c"], one["C"], one["q"]) for one in reports_of(traded)}
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
    place(traded)
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
    place(traded)
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
    place(traded)
    single, listed = traded.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT")[1]
    assert single["origClientOrderId"] == "single"
    assert [one["origClientOrderId"] for one in listed["orderReports"]] == ["above", "below"]


def test_lists_can_be_asked_for(traded: Bench) -> None:
    """One by either name, those that execute, and all."""
    number = place(traded)[1]["orderListId"]
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
    place(traded)
    place(
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
    placed = traded.call("orderList.place.oco", **OCO)["result"]
    number = placed["orderListId"]
    shown = traded.call("orderList.status", orderListId=number)["result"]
    assert shown["listClientOrderId"] == "list"
    assert traded.call("openOrderLists.status")["result"] == [shown]
    assert traded.call("allOrderLists")["result"] == [shown]
    canceled = traded.call("orderList.cancel", symbol="BTCUSDT", orderListId=number)["result"]
    assert canceled["listOrderStatus"] == "ALL_DONE"
