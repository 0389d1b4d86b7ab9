"""Every refusal has the venue's code, text and HTTP status."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance.door.signing import sign
from fillproof.simulator.dialects.protocol import HttpRequest

_RANGE = r"^([0-9]{1,20})(\.[0-9]{1,20})?$"
_ID_RANGE = r"^[a-zA-Z0-9-_.:/]{1,36}$"
_ID = "newClientOrderId"
_MANDATORY = "Mandatory parameter '{}' was not sent, was empty/null, or malformed."


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        ({"symbol": "NOSUCH"}, -1121, "Invalid symbol."),
        ({"symbol": None}, -1102, _MANDATORY.format("symbol")),
        ({"side": "HOLD"}, -1117, "Invalid side."),
        ({"type": "LUMP"}, -1116, "Invalid orderType."),
        ({"timeInForce": "GTD"}, -1115, "Invalid timeInForce."),
        ({"timeInForce": None}, -1102, _MANDATORY.format("timeInForce")),
        ({"price": None}, -1102, _MANDATORY.format("price")),
        ({"quantity": ""}, -1102, _MANDATORY.format("quantity")),
        ({"type": "LIMIT_MAKER"}, -1106, "Parameter 'timeInForce' sent when not required."),
        (
            {"type": "MARKET", "timeInForce": None},
            -1106,
            "Parameter 'price' sent when not required.",
        ),
        (
            {"type": "MARKET", "timeInForce": None, "price": None, "quantity": None},
            -1102,
            "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
        ),
        (
            {"type": "STOP_LOSS_LIMIT"},
            -1102,
            "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!",
        ),
        (
            {"quantity": "-1"},
            -1100,
            f"Illegal characters found in parameter 'quantity'; legal range is '{_RANGE}'.",
        ),
        (
            {"newClientOrderId": "a b"},
            -1100,
            f"Illegal characters found in parameter {_ID!r}; legal range is '{_ID_RANGE}'.",
        ),
        ({"newClientOrderId": ""}, -1105, "Parameter 'newClientOrderId' was empty."),
        (
            {"newOrderRespType": "ALL"},
            -1130,
            "Data sent for parameter 'newOrderRespType' is not valid.",
        ),
        (
            {"colour": "red"},
            -1104,
            "Not all sent parameters were read; read '9' parameter(s) but was sent '10'.",
        ),
        ({"quantity": "0"}, -1013, "Invalid quantity."),
        ({"price": "0"}, -1013, "Invalid price."),
        ({"quantity": "1.000000001"}, -1111, "Parameter 'quantity' has too much precision."),
        ({"price": "29000.123456789"}, -1111, "Parameter 'price' has too much precision."),
        ({"price": "29000.001"}, -1013, "Filter failure: PRICE_FILTER"),
        ({"quantity": "1.00001"}, -1013, "Filter failure: LOT_SIZE"),
        ({"quantity": "9000.0001"}, -1013, "Filter failure: LOT_SIZE"),
        ({"quantity": "0.0001"}, -1013, "Filter failure: NOTIONAL"),
        (
            {"selfTradePreventionMode": "EXPIRE_NOBODY"},
            -1013,
            "This symbol does not allow the specified self-trade prevention mode.",
        ),
        ({"quantity": "5"}, -2010, "Account has insufficient balance for requested action."),
        ({"newClientOrderId": "open"}, -2010, "Duplicate order sent."),
        (
            {"type": "LIMIT_MAKER", "timeInForce": None, "price": "31000"},
            -2010,
            "Order would immediately match and take.",
        ),
    ],
)
def test_a_new_order_is_refused_in_the_venues_words(
    venue: Bench, change: dict[str, Any], code: int, text: str
) -> None:
    """What is wrong with a new order decides code and text; nothing of it reaches the book."""
    venue.limit("BUY", "0.1", "10000", "open")
    venue.limit("SELL", "0.1", "30000", "offer", who="bob")
    before = venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT")
    assert venue.place(**change) == {"code": code, "msg": text}
    assert venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT") == before


@pytest.mark.parametrize(
    ("headers", "status", "code", "text"),
    [
        ({}, 401, -2014, "API-key format invalid."),
        ({"x-mbx-apikey": ""}, 401, -2014, "API-key format invalid."),
        ({"x-mbx-apikey": "nobody"}, 401, -2015, "Invalid API-key, IP, or permissions for action."),
    ],
)
def test_a_signed_request_needs_a_known_key(
    venue: Bench, headers: dict[str, str], status: int, code: int, text: str
) -> None:
    """No key is -2014, an unknown one -2015, both 401."""
    answer = venue.ask("GET", "/api/v3/account", "timestamp=1&signature=0", **headers)
    assert answer == (status, {"code": code, "msg": text})


@pytest.mark.parametrize(
    ("age_ms", "window", "text"),
    [
        (5000, None, None),
        (5001, None, "Timestamp for this request is outside of the recvWindow."),
        (5001, "6000", None),
        (6001, "6000", "Timestamp for this request is outside of the recvWindow."),
        (-999, None, None),
        (-1000, None, "Timestamp for this request was 1000ms ahead of the server's time."),
        (0, "60001", "recvWindow must be less than 60000"),
    ],
)
def test_a_request_must_be_fresh(
    venue: Bench, age_ms: int, window: str | None, text: str | None
) -> None:
    """A timestamp may be recvWindow old and less than a second ahead; 5,000 ms unless stated."""
    now_ms = venue.now_ns // 1_000_000
    status, body = venue.signed(
        "GET", "/api/v3/openOrders", timestamp=now_ms - age_ms, recvWindow=window
    )
    assert (status, body if text is None else body["msg"]) == (
        (200, []) if text is None else (400, text)
    )


def test_a_timestamp_may_be_in_microseconds(venue: Bench) -> None:
    """A timestamp of 16 digits counts microseconds."""
    assert venue.signed("GET", "/api/v3/openOrders", timestamp=venue.now_ns // 1_000) == (200, [])


def test_the_signature_covers_query_and_body_as_sent(venue: Bench) -> None:
    """Query and body are joined without separator and never re-encoded; one changed byte fails."""
    timestamp = venue.now_ns // 1_000_000
    query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC"
    body = f"quantity=1&price=29000&newClientOrderId=a%2Db&timestamp={timestamp}"
    signature = sign("alicesSecret", (query + body).encode())

    def place(sent: str) -> int:
        headers = {"x-mbx-apikey": "alicesKey", "content-type": "application/json"}
        target = f"/api/v3/order?{query}"
        content = f"{sent}&signature={signature.upper()}".encode()
        status: int = venue.send(HttpRequest("POST", "h", target, headers, content)).status
        return status

    assert place(body.replace("a%2Db", "a-b")) == 400
    assert place(body) == 200
    assert venue.query("a-b")[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "query", "code", "text"),
    [
        ("GET", "time", "a=1", -1101, "Too many parameters; expected '0' and received '1'."),
        (
            "GET",
            "depth",
            "symbol=BTCUSDT&symbol=B",
            -1101,
            "Duplicate values for a parameter detected.",
        ),
        ("GET", "depth", "", -1102, _MANDATORY.format("symbol")),
        ("GET", "depth", "symbol=XY", -1121, "Invalid symbol."),
        (
            "GET",
            "depth",
            "symbol=BTCUSDT&limit=0",
            -1130,
            "Data sent for parameter 'limit' is not valid.",
        ),
        (
            "GET",
            "trades",
            "symbol=BTCUSDT&limit=99999999999999999999",
            -1108,
            "Parameter 'limit' overflowed.",
        ),
        ("GET", "exchangeInfo", "symbol=XY", -1121, "Invalid symbol."),
        (
            "GET",
            "ticker/price",
            "symbol=BTCUSDT&symbols=[]",
            -1128,
            "Combination of optional parameters invalid.",
        ),
    ],
)
def test_public_requests_are_checked_too(
    venue: Bench, method: str, path: str, query: str, code: int, text: str
) -> None:
    """Public endpoints refuse parameters that are missing, double, unknown or senseless."""
    assert venue.ask(method, f"/api/v3/{path}", query) == (400, {"code": code, "msg": text})


@pytest.mark.parametrize(
    ("path", "more", "code", "text"),
    [
        ("order", {"origClientOrderId": "b"}, -2011, "Unknown order sent."),
        ("order", {"orderId": 1, "origClientOrderId": "b"}, -2011, "Unknown order sent."),
        (
            "order",
            {},
            -1102,
            "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
        ),
        (
            "order",
            {"orderId": 1, "cancelRestrictions": "ONLY_PARTIALLY_FILLED"},
            -2011,
            "Order was not canceled due to cancel restrictions.",
        ),
        ("order", {"orderId": 1, "cancelRestrictions": "NOW"}, -1145, "Invalid cancelRestrictions"),
    ],
)
def test_a_cancel_is_refused_in_the_venues_words(
    venue: Bench, path: str, more: dict[str, Any], code: int, text: str
) -> None:
    """An order that is not there, or not as restricted, is not canceled."""
    venue.limit("BUY", "1", "29000", "a")
    answer = venue.signed("DELETE", f"/api/v3/{path}", symbol="BTCUSDT", **more)
    assert answer == (400, {"code": code, "msg": text})
    assert venue.query("a")[1]["status"] == "NEW"


@pytest.mark.parametrize(
    ("window", "code"),
    [
        ({"startTime": 0, "endTime": 86_400_001}, -1127),
        ({"startTime": 0, "fromId": 1}, -1128),
    ],
)
def test_a_lookup_must_make_sense(venue: Bench, window: dict[str, Any], code: int) -> None:
    """MyTrades looks back a day at most, and from an id or a time, not both."""
    status, body = venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT", **window)
    assert (status, body["code"]) == (400, code)


def test_retired_and_unknown_paths_get_a_page(venue: Bench) -> None:
    """The old user stream is gone with a page of HTML, and an unknown path is not found."""
    for path, status in (("/api/v3/userDataStream", 410), ("/api/v3/nothing", 404)):
        reply = venue.send(HttpRequest("POST", "h", path, {}))
        assert (reply.status, reply.content_type) == (status, "text/html")
        assert reply.body.startswith(b"<html>")
