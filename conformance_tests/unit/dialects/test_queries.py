"""What an account may ask about itself: orders by their ids, filters, rates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, Bench

from fillproof.simulator.vocabulary.instruments import Filters

_BOTH = "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"
_WRONG_NAME = "Client order ID is not correct for this order ID."


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        ({"orderId": 1}, 1),
        ({"origClientOrderId": "a"}, 1),
        ({"orderId": 1, "origClientOrderId": "a"}, 1),
        ({"orderId": 1, "origClientOrderId": "b"}, (-2039, _WRONG_NAME)),
        ({"orderId": 3}, (-2013, "Order does not exist.")),
        ({"origClientOrderId": "c"}, (-2013, "Order does not exist.")),
        ({}, (-1102, _BOTH)),
    ],
)
def test_an_order_is_asked_for_by_its_ids(
    venue: Bench, named: dict[str, Any], answer: int | tuple[int, str]
) -> None:
    """By either, or by both if they are the same order's; others' orders do not exist."""
    venue.limit("BUY", "0.1", "20000", "a")
    venue.limit("BUY", "0.1", "20000", "b")
    venue.limit("BUY", "0.1", "20000", "c", who="bob")
    shown = venue.signed("GET", "/api/v3/order", symbol="BTCUSDT", **named)[1]
    assert (shown.get("orderId") or (shown["code"], shown["msg"])) == answer


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"orderId": 1, "origClientOrderId": "b"}, -2011),
        ({"orderId": 3}, -2011),
        ({"origClientOrderId": "c"}, -2011),
        ({}, -1102),
    ],
)
def test_a_cancel_of_no_own_order_is_refused(
    venue: Bench, named: dict[str, Any], code: int
) -> None:
    """Both ids must be of one order, and it must be the account's."""
    venue.limit("BUY", "0.1", "20000", "a")
    venue.limit("BUY", "0.1", "20000", "b")
    venue.limit("BUY", "0.1", "20000", "c", who="bob")
    status, error = venue.signed("DELETE", "/api/v3/order", symbol="BTCUSDT", **named)
    assert (status, error["code"]) == (400, code)
    assert len(venue.signed("GET", "/api/v3/openOrders")[1]) == 2


def test_the_filters_of_an_account_are_those_of_the_market() -> None:
    """The filters shown are those of the market; the venue and its assets have none."""
    venue = Bench(instruments=(replace(BTC_USDT, filters=Filters(maximum_orders=5)),))
    mine = venue.signed("GET", "/api/v3/myFilters", symbol="BTCUSDT")[1]
    [symbol] = venue.ask("GET", "/api/v3/exchangeInfo")[1]["symbols"]
    assert mine == {
        "exchangeFilters": [],
        "symbolFilters": symbol["filters"],
        "assetFilters": [],
    }
    assert mine["symbolFilters"][-1] == {"filterType": "MAX_NUM_ORDERS", "maxNumOrders": 5}


@pytest.mark.parametrize(
    ("rules", "order", "name"),
    [
        (Filters(maximum_orders=1), {}, "MAX_NUM_ORDERS"),
        (
            Filters(maximum_algo_orders=0),
            {"type": "STOP_LOSS_LIMIT", "stopPrice": "40000"},
            "MAX_NUM_ALGO_ORDERS",
        ),
        (Filters(maximum_iceberg_orders=0), {"icebergQty": "0.01"}, "MAX_NUM_ICEBERG_ORDERS"),
        (Filters(iceberg_parts=5), {"icebergQty": "0.01"}, "ICEBERG_PARTS"),
        (Filters(maximum_position=BTC_USDT.lot_size), {}, "MAX_POSITION"),
        (Filters(minimum_price=BTC_USDT.max_quantity * 9), {}, "PRICE_FILTER"),
        (Filters(maximum_price=BTC_USDT.max_quantity), {}, "PRICE_FILTER"),
        (Filters(maximum_notional=BTC_USDT.min_notional), {}, "NOTIONAL"),
    ],
)
def test_each_filter_is_refused_by_its_name(
    rules: Filters, order: dict[str, Any], name: str
) -> None:
    """What a market sets, it holds orders to: -1013 with the name of the filter."""
    venue = Bench(instruments=(replace(BTC_USDT, filters=rules),))
    venue.limit("BUY", "0.1", "20000", "first")
    answer = venue.place(quantity="0.1", price="20000", **order)
    assert answer == {"code": -1013, "msg": f"Filter failure: {name}"}


def test_a_market_quantity_has_bounds_of_its_own() -> None:
    """MARKET_LOT_SIZE binds market orders alone."""
    rules = Filters(market_maximum_quantity=BTC_USDT.lot_size)
    venue = Bench(instruments=(replace(BTC_USDT, filters=rules),))
    venue.limit("SELL", "1", "30000", "offer", who="bob")
    order: dict[str, Any] = {
        "type": "MARKET",
        "price": None,
        "timeInForce": None,
        "quantity": "0.1",
    }
    refused = {"code": -1013, "msg": "Filter failure: MARKET_LOT_SIZE"}
    assert venue.place(**order) == refused
    assert venue.place(quantity="0.1")["status"] == "NEW"


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("order.status", {"symbol": "BTCUSDT", "orderId": 1}),
        ("openOrders.status", {"symbol": "BTCUSDT"}),
        ("allOrders", {"symbol": "BTCUSDT"}),
        ("myTrades", {"symbol": "BTCUSDT"}),
        ("myFilters", {"symbol": "BTCUSDT"}),
        ("account.status", {}),
        ("account.commission", {"symbol": "BTCUSDT"}),
        ("account.rateLimits.orders", {}),
        ("openOrderLists.status", {}),
    ],
)
def test_the_websocket_api_asks_the_same(
    venue: Bench, method: str, parameters: dict[str, Any]
) -> None:
    """Each query has a method, which answers with status 200."""
    venue.open("/ws-api/v3")
    venue.limit("BUY", "0.1", "20000", "a")
    assert venue.call(method, **parameters)["status"] == 200
