"""Each order type: what it must have, what it must not have, and what is said of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.units import asset_units

_FIELDS = {
    "timeInForce": "GTC",
    "quantity": "0.1",
    "quoteOrderQty": "2000",
    "price": "20000",
    "stopPrice": "25000",
    "trailingDelta": "100",
    "icebergQty": "0.01",
}
_TYPES = {
    "LIMIT": ("timeInForce", "quantity", "price"),
    "LIMIT_MAKER": ("quantity", "price"),
    "MARKET": ("quantity",),
    "STOP_LOSS": ("quantity", "stopPrice"),
    "STOP_LOSS_LIMIT": ("timeInForce", "quantity", "price", "stopPrice"),
    "TAKE_PROFIT": ("quantity", "stopPrice"),
    "TAKE_PROFIT_LIMIT": ("timeInForce", "quantity", "price", "stopPrice"),
}
_BARRED = {
    "LIMIT": ("stopPrice", "trailingDelta", "quoteOrderQty"),
    "LIMIT_MAKER": ("timeInForce", "stopPrice", "trailingDelta", "quoteOrderQty"),
    "MARKET": ("timeInForce", "price", "stopPrice", "trailingDelta", "icebergQty"),
    "STOP_LOSS": ("timeInForce", "price", "quoteOrderQty", "icebergQty"),
    "STOP_LOSS_LIMIT": ("quoteOrderQty",),
    "TAKE_PROFIT": ("timeInForce", "price", "quoteOrderQty", "icebergQty"),
    "TAKE_PROFIT_LIMIT": ("quoteOrderQty",),
}


def _request(kind: str, **changes: str | None) -> dict[str, Any]:
    """Return a request for a type: all that it must have, and the changes."""
    fields = {name: _FIELDS[name] if name in _TYPES[kind] else None for name in _FIELDS}
    side = "SELL" if kind.startswith("STOP_LOSS") else "BUY"
    return {"type": kind, "side": side, **fields, **changes}


@pytest.fixture
def traded(venue: Bench) -> Bench:
    """Return a venue whose last trade was at 30000, with bids at 28000 and offers at 31000."""
    venue.limit("SELL", "1", "30000", "offer", who="bob")
    venue.place("bob", type="MARKET", side="BUY", quantity="1", price=None, timeInForce=None)
    venue.limit("BUY", "1", "28000", "bid", who="bob")
    venue.limit("SELL", "1", "31000", "ask", who="bob")
    return venue


@pytest.mark.parametrize("kind", _TYPES)
def test_a_type_is_taken_with_all_that_it_must_have(traded: Bench, kind: str) -> None:
    """With its mandatory parameters and no others, an order of each type is placed."""
    answer = traded.place(**_request(kind), newOrderRespType="RESULT")
    assert answer["type"] == kind


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        (kind, field)
        for kind, fields in _TYPES.items()
        for field in fields
        if field != "stopPrice" and (kind, field) != ("MARKET", "quantity")
    ],
)
def test_a_type_is_refused_without_what_it_must_have(
    traded: Bench, kind: str, lacking: str
) -> None:
    """Each mandatory parameter that is missing is named."""
    text = f"Mandatory parameter '{lacking}' was not sent, was empty/null, or malformed."
    assert traded.place(**_request(kind, **{lacking: None})) == {"code": -1102, "msg": text}


@pytest.mark.parametrize(
    ("kind", "many"), [(kind, field) for kind, fields in _BARRED.items() for field in fields]
)
def test_a_type_is_refused_with_what_it_must_not_have(traded: Bench, kind: str, many: str) -> None:
    """Each parameter that means nothing to the type is named."""
    answer = traded.place(**_request(kind, **{many: _FIELDS[many]}))
    assert answer == {"code": -1106, "msg": f"Parameter '{many}' sent when not required."}


@pytest.mark.parametrize(
    ("request_", "code", "text"),
    [
        (
            _request("STOP_LOSS", stopPrice=None),
            -1102,
            "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!",
        ),
        (
            _request("STOP_LOSS", stopPrice="30500"),
            -2010,
            "Order would trigger immediately.",
        ),
        (_request("STOP_LOSS", stopPrice="25000.001"), -1013, "Filter failure: PRICE_FILTER"),
        (
            _request("LIMIT", timeInForce="IOC", icebergQty="0.01"),
            -1014,
            "Unsupported order combination.",
        ),
        (_request("LIMIT", icebergQty="0.2"), -2010, "IcebergQty exceeds QTY."),
        (_request("LIMIT", icebergQty="0.00001"), -1013, "Filter failure: LOT_SIZE"),
        (_request("LIMIT", strategyType="999999"), -1134, "strategyType was less than 1000000."),
        (
            _request("MARKET", quoteOrderQty="100"),
            -1128,
            "Combination of optional parameters invalid.",
        ),
        (_request("MARKET", quantity=None, quoteOrderQty="0"), -1013, "Invalid quoteOrderQty."),
        (_request("LIMIT", price="10000000.01"), -1013, "Filter failure: PRICE_FILTER"),
        (_request("LIMIT", price="9000000", quantity="9000"), -1013, "Filter failure: NOTIONAL"),
    ],
)
def test_what_contradicts_itself_is_refused(
    traded: Bench, request_: dict[str, Any], code: int, text: str
) -> None:
    """Triggers that are past, icebergs that expire, labels too low, prices beyond all bounds."""
    assert traded.place(**request_) == {"code": code, "msg": text}


@pytest.mark.parametrize(
    ("kind", "changes", "shown"),
    [
        ("STOP_LOSS_LIMIT", {}, {"stopPrice": "25000.00000000", "workingTime": -1}),
        (
            "TAKE_PROFIT_LIMIT",
            {"trailingDelta": "100"},
            {"stopPrice": "25000.00000000", "trailingDelta": 100, "trailingTime": -1},
        ),
        ("LIMIT", {"icebergQty": "0.01"}, {"icebergQty": "0.01000000"}),
        (
            "LIMIT",
            {"strategyId": "7", "strategyType": "1000000"},
            {"strategyId": 7, "strategyType": 1_000_000},
        ),
        (
            "LIMIT",
            {"selfTradePreventionMode": "EXPIRE_BOTH"},
            {"selfTradePreventionMode": "EXPIRE_BOTH"},
        ),
        (
            "LIMIT",
            {"timeInForce": "IOC"},
            {"status": "EXPIRED", "expiryReason": "UNFILLED_IOC_QUANTITY_EXPIRED"},
        ),
        (
            "LIMIT",
            {"timeInForce": "FOK"},
            {"status": "EXPIRED", "expiryReason": "UNFILLED_FOK_ORDER_EXPIRED"},
        ),
    ],
)
def test_what_an_order_has_is_shown_wherever_it_is_shown(
    traded: Bench, kind: str, changes: dict[str, str], shown: dict[str, Any]
) -> None:
    """A conditional field is in the answer and in queries, and in no other order's."""
    order = traded.place(**_request(kind, **changes), newOrderRespType="RESULT")
    query = {"symbol": "BTCUSDT", "orderId": order["orderId"]}
    queried = traded.signed("GET", "/api/v3/order", **query)[1]
    for said in (order, queried):
        assert {field: said.get(field) for field in shown} == shown
    plain = traded.limit("BUY", "0.1", "20000", None)
    assert set(plain).isdisjoint({*shown} - {"workingTime", "selfTradePreventionMode", "status"})


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("LIMIT", {"fills"}),
        ("MARKET", {"fills"}),
        ("LIMIT_MAKER", set()),
        ("STOP_LOSS", set()),
        ("TAKE_PROFIT_LIMIT", set()),
    ],
)
def test_the_form_of_the_answer_depends_on_the_type(
    traded: Bench, kind: str, keys: set[str]
) -> None:
    """LIMIT and MARKET are answered in full, all others by an acknowledgement."""
    answer = traded.place(**_request(kind), newOrderRespType=None)
    acknowledged = {"symbol", "orderId", "orderListId", "clientOrderId", "transactTime"}
    assert (set(answer) == acknowledged) is not bool(keys)
    assert keys <= set(answer)


def test_a_stop_waits_works_and_fills_on_the_stream(traded: Bench) -> None:
    """A stop is told NEW when it is taken, NEW again when it is set off, then its fills.

    While it waits it is not on the book (w false) and has no working time (no W).
    """
    traded.listen()
    traded.place(**_request("STOP_LOSS_LIMIT", stopPrice="28000", price="27000"))
    traded.pass_time(1_000_000_000)
    traded.place("bob", type="LIMIT", side="SELL", quantity="0.5", price="28000")
    reports = [event for event in traded.events() if event["e"] == "executionReport"]
    told = [(one["x"], one["X"], one["w"], one.get("W"), one["P"]) for one in reports]
    stop, later = "28000.00000000", 1_700_000_001_000
    assert told == [
        ("NEW", "NEW", False, None, stop),
        ("NEW", "NEW", True, later, stop),
        ("TRADE", "FILLED", False, later, stop),
    ]


def test_a_trailing_stop_says_its_delta_and_since_when(traded: Bench) -> None:
    """`d` and `D` are told of trailing orders only; without a stop price it trails at once."""
    traded.listen()
    traded.place(**_request("STOP_LOSS", stopPrice=None, trailingDelta="100"))
    traded.limit("BUY", "0.1", "20000", None)
    trailing, plain = (one for one in traded.events() if one["e"] == "executionReport")
    assert (trailing["d"], trailing["D"]) == (100, 1_700_000_000_000)
    assert {"d", "D"}.isdisjoint(plain)


def test_a_test_order_may_tell_what_it_would_cost(traded: Bench) -> None:
    """With computeCommissionRates a test answers with the rates, else with nothing."""
    order = {"symbol": "BTCUSDT", **_request("LIMIT")}
    assert traded.signed("POST", "/api/v3/order/test", **order) == (200, {})
    order["computeCommissionRates"] = "true"
    status, rates = traded.signed("POST", "/api/v3/order/test", **order)
    assert status == 200
    assert rates["standardCommissionForOrder"] == {"maker": "0.00100000", "taker": "0.00200000"}


def test_a_test_order_is_held_to_the_filters(traded: Bench) -> None:
    """A test of an order that breaks a filter is refused as the order would be."""
    order = {"symbol": "BTCUSDT", **_request("LIMIT", quantity="0.0001")}
    refused = (400, {"code": -1013, "msg": "Filter failure: NOTIONAL"})
    assert traded.signed("POST", "/api/v3/order/test", **order) == refused


@pytest.mark.parametrize(
    ("side", "asked", "quantity", "worth"),
    [
        ("BUY", "3100", "0.10000000", "3100.00000000"),
        ("BUY", "3110", "0.10030000", "3109.30000000"),
        ("SELL", "2900", "0.10350000", "2898.00000000"),
    ],
)
def test_a_market_order_by_quote_becomes_what_it_traded(
    traded: Bench, side: str, asked: str, quantity: str, worth: str
) -> None:
    """The most lots that the amount pays for, or that bring no more than it."""
    traded.listen()
    order = _request("MARKET", side=side, quantity=None, quoteOrderQty=asked)
    answer = traded.place(**order)
    assert (answer["origQty"], answer["executedQty"]) == (quantity, quantity)
    assert (answer["cummulativeQuoteQty"], answer["status"]) == (worth, "FILLED")
    assert answer["origQuoteOrderQty"] == f"{asked}.00000000"
    [new, *_] = traded.events()
    assert (new["x"], new["q"], new["Q"]) == ("NEW", quantity, f"{asked}.00000000")


def test_a_market_order_by_quote_needs_a_book(venue: Bench) -> None:
    """With nothing to trade with, it is refused; one by quantity would expire."""
    order = _request("MARKET", quantity=None, quoteOrderQty="100")
    text = "Order book liquidity is less than symbol minimum quantity."
    assert venue.place(**order) == {"code": -2010, "msg": text}
    assert venue.place(**_request("MARKET"))["expiryReason"] == "INSUFFICIENT_LIQUIDITY"


def test_an_iceberg_shows_a_part_of_itself(traded: Bench) -> None:
    """The book has what is shown, the order all of it, and the stream says both."""
    traded.listen()
    traded.place(**_request("LIMIT", price="29000", quantity="1", icebergQty="0.1"))
    book = traded.ask("GET", "/api/v3/depth", "symbol=BTCUSDT")[1]
    assert book["bids"][0] == ["29000.00000000", "0.10000000"]
    report = traded.events()[0]
    assert (report["q"], report["F"]) == ("1.00000000", "0.10000000")


def test_a_deposit_is_told_with_the_balances_after_it(venue: Bench) -> None:
    """BalanceUpdate has what came, then the account's position has what is there."""
    venue.listen()
    venue.apply(Deposit("alice", "USDT", asset_units(Decimal("0.5"))))
    update, position = venue.events()
    now = 1_700_000_000_000
    assert update == {"e": "balanceUpdate", "E": now, "a": "USDT", "d": "0.50000000", "T": now}
    assert position["B"] == [{"a": "USDT", "f": "100000.50000000", "l": "0.00000000"}]
