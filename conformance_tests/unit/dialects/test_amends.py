"""Amends: a smaller quantity, the same place, and a new name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, Bench

from fillproof.simulator.vocabulary.commands import (
    BustTrade,
    CorrectTrade,
    FillOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.instruments import Filters
from fillproof.simulator.vocabulary.orders import MarketPhase

_NO_CHANGE = "The requested action would change no state; rejecting"


def _amend(venue: Bench, **changes: Any) -> tuple[int, Any]:
    """Amend the order named "a" to 0.6."""
    request = {"symbol": "BTCUSDT", "origClientOrderId": "a", "newQty": "0.6", **changes}
    return venue.signed("PUT", "/api/v3/order/amend/keepPriority", **request)


def test_an_amended_order_is_shown_as_it_is_now(venue: Bench) -> None:
    """The answer has the venue's own names: qty, and cumulativeQuoteQty with one m."""
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(FillOrder(1, 1000))
    assert _amend(venue, newClientOrderId="b") == (
        200,
        {
            "transactTime": 1_700_000_000_000,
            "executionId": 5,
            "amendedOrder": {
                "symbol": "BTCUSDT",
                "orderId": 1,
                "orderListId": -1,
                "origClientOrderId": "a",
                "clientOrderId": "b",
                "price": "29000.00000000",
                "qty": "0.60000000",
                "executedQty": "0.10000000",
                "preventedQty": "0.00000000",
                "quoteOrderQty": "0.00000000",
                "cumulativeQuoteQty": "2900.00000000",
                "status": "PARTIALLY_FILLED",
                "timeInForce": "GTC",
                "type": "LIMIT",
                "side": "BUY",
                "workingTime": 1_700_000_000_000,
                "selfTradePreventionMode": "NONE",
            },
        },
    )


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"newClientOrderId": "b"}, "b"), ({"newClientOrderId": "a"}, "a"), ({}, None)],
)
def test_an_amend_renames_the_order(venue: Bench, asked: dict[str, str], name: str | None) -> None:
    """To the id given, which may be the old one, or to one that the venue makes."""
    venue.limit("BUY", "1", "29000", "a")
    amended = _amend(venue, **asked)[1]["amendedOrder"]
    if name is None:
        assert amended["clientOrderId"] not in ("a", "")
    else:
        assert amended["clientOrderId"] == name
    assert venue.query(amended["clientOrderId"])[1]["origQty"] == "0.60000000"


@pytest.mark.parametrize(
    ("changes", "code", "text"),
    [
        ({"newQty": "1"}, -2038, _NO_CHANGE),
        ({"newQty": "1.1"}, -2038, "Order amend (quantity increase) is not supported."),
        ({"newQty": "0"}, -1013, "Invalid quantity."),
        ({"newQty": "0.00001"}, -1013, "Filter failure: LOT_SIZE"),
        ({"newQty": "0.0001"}, -1013, "Filter failure: NOTIONAL"),
        (
            {"newQty": None},
            -1102,
            "Mandatory parameter 'newQty' was not sent, was empty/null, or malformed.",
        ),
        ({"origClientOrderId": "nobody"}, -2038, "Unknown order sent."),
        (
            {"origClientOrderId": None},
            -1102,
            "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
        ),
        ({"orderId": 2}, -2038, "Unknown order sent."),
        ({"newClientOrderId": "other"}, -2038, "Duplicate order sent."),
    ],
)
def test_an_amend_that_cannot_be_is_refused(
    venue: Bench, changes: dict[str, Any], code: int, text: str
) -> None:
    """The order stays as it was."""
    venue.limit("BUY", "1", "29000", "a")
    venue.limit("BUY", "0.1", "29000", "other")
    assert _amend(venue, **changes) == (400, {"code": code, "msg": text})
    assert venue.query("a")[1]["origQty"] == "1.00000000"


def test_amends_of_one_order_are_counted() -> None:
    """MAX_NUM_ORDER_AMENDS has the code of amends."""
    venue = Bench(instruments=(replace(BTC_USDT, filters=Filters(maximum_amends=1)),))
    venue.limit("BUY", "1", "29000", "a")
    _amend(venue, newClientOrderId="a")
    text = "Filter failure: MAX_NUM_ORDER_AMENDS"
    assert _amend(venue, newQty="0.5") == (400, {"code": -2038, "msg": text})


def test_a_halted_market_amends_nothing(venue: Bench) -> None:
    """A closed market says so with the code of amends."""
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(SetPhase("BTCUSDT", MarketPhase.HALTED))
    assert _amend(venue) == (400, {"code": -2038, "msg": "Market is closed."})


def test_an_amend_is_told_as_replaced(venue: Bench) -> None:
    """REPLACED has the new id in `c`, the old one in `C` and the new quantity in `q`."""
    venue.limit("BUY", "1", "29000", "a")
    venue.listen()
    _amend(venue, newClientOrderId="b")
    report, position = venue.events()
    told = {field: report[field] for field in ("x", "X", "c", "C", "q", "i", "w")}
    assert told == {
        "x": "REPLACED",
        "X": "NEW",
        "c": "b",
        "C": "a",
        "q": "0.60000000",
        "i": 1,
        "w": True,
    }
    assert position["B"] == [{"a": "USDT", "f": "82600.00000000", "l": "17400.00000000"}]


def test_amendments_are_shown_oldest_first(venue: Bench) -> None:
    """Each has both names and both quantities; a first execution id leaves the older out."""
    venue.limit("BUY", "1", "29000", "a")
    _amend(venue, newClientOrderId="b")
    _amend(venue, origClientOrderId="b", newClientOrderId="c", newQty="0.5")
    query: dict[str, Any] = {"symbol": "BTCUSDT", "orderId": 1}
    status, shown = venue.signed("GET", "/api/v3/order/amendments", **query)
    assert status == 200
    assert shown == [
        {
            "symbol": "BTCUSDT",
            "orderId": 1,
            "executionId": number,
            "origClientOrderId": was,
            "newClientOrderId": now,
            "origQty": before,
            "newQty": after,
            "time": 1_700_000_000_000,
        }
        for number, was, now, before, after in (
            (2, "a", "b", "1.00000000", "0.60000000"),
            (3, "b", "c", "0.60000000", "0.50000000"),
        )
    ]
    later = venue.signed("GET", "/api/v3/order/amendments", **query, fromExecutionId=3)[1]
    assert later == shown[1:]


def test_amendments_of_no_order_are_refused(venue: Bench) -> None:
    """An order that is not the account's does not exist."""
    query: dict[str, Any] = {"symbol": "BTCUSDT", "orderId": 1}
    refused = (400, {"code": -2013, "msg": "Order does not exist."})
    assert venue.signed("GET", "/api/v3/order/amendments", **query) == refused


def test_the_websocket_api_amends(venue: Bench) -> None:
    """order.amend.keepPriority and order.amendments answer as REST does."""
    venue.open("/ws-api/v3")
    venue.limit("BUY", "1", "29000", "a")
    amend: dict[str, Any] = {
        "symbol": "BTCUSDT",
        "orderId": 1,
        "newQty": "0.6",
        "newClientOrderId": "b",
    }
    reply = venue.call("order.amend.keepPriority", **amend)
    assert reply["result"]["amendedOrder"]["clientOrderId"] == "b"
    [shown] = venue.call("order.amendments", symbol="BTCUSDT", orderId=1)["result"]
    assert shown["newQty"] == "0.60000000"


def test_a_restatement_is_told_as_an_amend_without_a_new_name(venue: Bench) -> None:
    """The venue has no word for a quantity that it lowers itself; REPLACED comes closest."""
    venue.limit("BUY", "1", "29000", "a")
    venue.listen()
    venue.apply(RestateOrder(1, 4000))
    report = venue.events()[0]
    told = (report["x"], report["X"], report["c"], report["C"], report["q"])
    assert told == ("REPLACED", "NEW", "a", "a", "0.40000000")


def test_a_bust_changes_balances_and_queries_and_tells_nothing_of_the_order(venue: Bench) -> None:
    """The venue has no message for a trade that it takes back."""
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(FillOrder(1, 4000))
    venue.listen()
    venue.apply(BustTrade(1))
    assert [event["e"] for event in venue.events()] == ["outboundAccountPosition"]
    assert venue.query("a")[1]["executedQty"] == "0.00000000"
    assert venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT")[1] == []


def test_a_corrected_trade_is_shown_as_it_is_now(venue: Bench) -> None:
    """Neither is there one for a correction; myTrades has the trade as corrected."""
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(FillOrder(1, 4000))
    venue.listen()
    venue.apply(CorrectTrade(1, price_ticks=2_800_000))
    assert [event["e"] for event in venue.events()] == ["outboundAccountPosition"]
    [trade] = venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT")[1]
    assert trade["price"] == "28000.00000000"
