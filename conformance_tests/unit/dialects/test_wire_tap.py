"""Channels, messages and facts of what crosses the wire, read from real rendered payloads."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from conformance_tests.unit.dialects.bench import Bench, TapUnit

from fillproof.simulator.vocabulary.commands import EndOrder, FillOrder

_NAMES = {"client_order_id": "a", "venue_order_id": "1", "market": "BTC-USDT"}
_HANDSHAKE = TapUnit("request", "c2v", method="GET", path="/ws-api/v3")
_STREAM = TapUnit("request", "c2v", method="GET", path="/ws")


def _reply(method: str, target: str, status: int, body: Any, form: str = "") -> TapUnit:
    """Return a response unit together with its request."""
    request = TapUnit("request", "c2v", form.encode(), method, target)
    return TapUnit("response", body=json.dumps(body).encode(), status=status, request=request)


def _frame(message: Any, direction: str = "v2c", handshake: TapUnit = _HANDSHAKE) -> TapUnit:
    text = message if isinstance(message, str) else json.dumps(message, separators=(",", ":"))
    return TapUnit("frame", direction, text.encode(), request=handshake)


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("POST", "/api/v3/order", "create"),
        ("DELETE", "/api/v3/order?symbol=X", "cancel"),
        ("DELETE", "/api/v3/openOrders?symbol=X", "cancel"),
        ("GET", "/api/v3/order?symbol=X", "query"),
        ("GET", "/api/v3/openOrders", "query"),
        ("GET", "/api/v3/myTrades?symbol=X", "trades"),
        ("GET", "/api/v3/account", "account"),
        ("GET", "/api/v3/time", "reference"),
        ("GET", "/api/v3/depth?symbol=X", "reference"),
        ("POST", "/api/v3/order/test", "reference"),
    ],
)
def test_http_channels_follow_the_endpoint(venue: Bench, method: str, path: str, role: str) -> None:
    """A request and its response are on the two channels of what was asked."""
    request = TapUnit("request", "c2v", method=method, path=path)
    assert venue.dialect.channel(request) == f"{role}_request"
    response = TapUnit("response", status=200, request=request)
    assert venue.dialect.channel(response) == f"{role}_reply"


@pytest.mark.parametrize(
    ("parameters", "ids"),
    [
        ({"symbol": "BTCUSDT", "newClientOrderId": "a"}, ("a",)),
        ({"symbol": "BTCUSDT", "cancelOrigClientOrderId": "a", "newClientOrderId": "b"}, ("b",)),
        (
            {"aboveClientOrderId": "a", "listClientOrderId": "x", "belowClientOrderId": "b"},
            ("a", "b"),
        ),
        ({"symbol": "BTCUSDT"}, ()),
    ],
)
def test_the_ids_of_orders_to_be_placed_are_read_from_the_request(
    venue: Bench, parameters: dict[str, str], ids: tuple[str, ...]
) -> None:
    """In a form, in a query, in a frame; the names of lists and of canceled orders are others."""
    form = urlencode(parameters)
    for body, path in ((form.encode(), "/api/v3/order"), (b"", f"/api/v3/order?{form}")):
        request = TapUnit("request", "c2v", body, "POST", path)
        assert venue.dialect.placed_ids(request) == ids
    asked = {"id": "7", "method": "order.place", "params": parameters}
    assert venue.dialect.placed_ids(_frame(asked, "c2v")) == ids


@pytest.mark.parametrize(
    "path", ["/ws", "/stream?streams=a@trade", "/ws-api/v3", "/api/v3/userDataStream"]
)
def test_handshakes_are_control(venue: Bench, path: str) -> None:
    """What only opens or asks for a stream is control, in both directions."""
    request = TapUnit("request", "c2v", method="GET", path=path)
    assert venue.dialect.channel(request) == "control"
    assert venue.dialect.channel(TapUnit("response", status=101, request=request)) == "control"


@pytest.mark.parametrize(
    ("method", "role"),
    [
        ("order.place", "create"),
        ("v3/order.cancel", "cancel"),
        ("order.status", "query"),
        ("account.status", "account"),
        ("time", "reference"),
    ],
)
def test_api_frames_follow_the_method(venue: Bench, method: str, role: str) -> None:
    """A reply frame is on the channel of the request frame that has its id."""
    asked = _frame({"id": "7", "method": method, "params": {}}, "c2v")
    assert venue.dialect.channel(asked) == f"{role}_request"
    answered = _frame({"id": "7", "status": 200, "result": {}})
    assert venue.dialect.channel(answered) == f"{role}_reply"


@pytest.mark.parametrize(
    ("unit", "channel"),
    [
        (_frame({"id": 1, "method": "userDataStream.subscribe.signature"}, "c2v"), "control"),
        (_frame({"id": 99, "status": 200, "result": {"subscriptionId": 0}}), "control"),
        (_frame({"subscriptionId": 0, "event": {"e": "executionReport"}}), "user_stream"),
        (_frame({"method": "SUBSCRIBE", "params": [], "id": 1}, "c2v", _STREAM), "control"),
        (_frame({"result": None, "id": 1}, handshake=_STREAM), "control"),
        (_frame({"e": "depthUpdate"}, handshake=_STREAM), "public_stream"),
        (_frame({"stream": "x@trade", "data": {}}, handshake=_STREAM), "public_stream"),
        (TapUnit("frame", opcode=9, request=_STREAM), "control"),
        (_frame("no json", "c2v"), "control"),
    ],
)
def test_frames_are_streams_or_control(venue: Bench, unit: TapUnit, channel: str) -> None:
    """Events are on the streams; subscriptions, their answers and pings are control."""
    assert venue.dialect.channel(unit) == channel


def test_messages_are_decoded(venue: Bench) -> None:
    """A request is method, path and parameters; a response status and body; a frame its JSON."""
    request = TapUnit("request", "c2v", b"b=2&a=9", "POST", "/api/v3/order?a=1")
    message = venue.dialect.message
    assert message(request) == {
        "method": "POST",
        "path": "/api/v3/order",
        "parameters": {"b": "2", "a": "1"},
    }
    reply = TapUnit("response", body=b'{"n":1,"x":1.50}', status=200, request=request)
    assert message(reply) == {"status": 200, "body": {"n": 1, "x": "1.50"}}
    page = TapUnit("response", body=b"<html>", status=410, request=request)
    assert message(page) == {"status": 410, "body": "<html>"}
    assert message(_frame({"e": "x"})) == {"e": "x"}
    assert message(TapUnit("frame", opcode=9, body=b"p")) == {"frame": "ping", "data": "p"}
    close = TapUnit("frame", opcode=8, body=b"\x03\xe9bye")
    assert message(close) == {"frame": "close", "code": 1001, "reason": "bye"}


def test_a_create_reply_states_acceptance_fills_and_status(venue: Bench) -> None:
    """A FULL answer states that the order is accepted, each of its fills, and its state."""
    venue.limit("SELL", "0.5", "29000", "x", who="bob")
    body = venue.limit("BUY", "1", "29000", "a")
    names = _NAMES | {"venue_order_id": "2"}
    assert venue.dialect.facts(_reply("POST", "/api/v3/order", 200, body)) == [
        {"fact": "accepted", **names},
        {
            "fact": "fill",
            **names,
            "trade_id": "1",
            "amount": "0.5",
            "price": "29000",
            "fee": "0.001",
            "fee_asset": "BTC",
        },
        {
            "fact": "status",
            **names,
            "order_status": "PartiallyFilled",
            "cumulative_quantity": "0.5",
        },
    ]


def test_an_acknowledgement_states_only_acceptance(venue: Bench) -> None:
    """An ACK answer states acceptance and no state."""
    body = venue.place(newOrderRespType="ACK")
    facts = venue.dialect.facts(_reply("POST", "/api/v3/order", 200, body))
    assert facts == [{"fact": "accepted", **_NAMES}]


@pytest.mark.parametrize(
    ("status", "body", "stated"),
    [
        (400, {"code": -2010, "msg": "no"}, ["refused"]),
        (429, {"code": -1003, "msg": "no"}, ["refused", "turned_away"]),
        (400, {"code": -1007, "msg": "Timeout"}, []),
        (503, {"code": -1000, "msg": "Unknown error"}, []),
        (502, "bad gateway", []),
    ],
)
def test_an_error_reply_to_a_create_request_refuses_it(
    venue: Bench, status: int, body: Any, stated: list[str]
) -> None:
    """An error means the order was refused, unless it leaves the outcome open (5xx, -1007)."""
    form = "symbol=BTCUSDT&newClientOrderId=a"
    facts = venue.dialect.facts(_reply("POST", "/api/v3/order", status, body, form))
    refused = {
        "fact": "refused",
        "client_order_id": "a",
        "market": "BTC-USDT",
        "code": -2010,
        "text": "no",
    }
    assert [fact["fact"] for fact in facts] == stated
    assert not facts or facts[0] == refused | {"code": body["code"]}


@pytest.mark.parametrize(
    ("method", "code", "text", "facts"),
    [
        ("GET", -2013, "Order does not exist.", ["unknown_order"]),
        ("DELETE", -2011, "Unknown order sent.", ["unknown_order"]),
        ("DELETE", -2011, "Order was not canceled due to cancel restrictions.", []),
        ("GET", -1021, "Timestamp for this request is outside of the recvWindow.", ["turned_away"]),
    ],
)
def test_unknown_orders_are_stated_as_such(
    venue: Bench, method: str, code: int, text: str, facts: list[str]
) -> None:
    """Only the two texts that say so state that an order is unknown."""
    target = "/api/v3/order?symbol=BTCUSDT&origClientOrderId=a&orderId=1"
    stated = venue.dialect.facts(_reply(method, target, 400, {"code": code, "msg": text}))
    assert [fact["fact"] for fact in stated] == facts
    unknown = {"fact": "unknown_order", **_NAMES, "code": code, "text": text}
    assert facts != ["unknown_order"] or stated == [unknown]


def test_queries_and_cancels_state_the_order(venue: Bench) -> None:
    """A query, the list of open orders and a cancel's answer state acceptance and state."""
    venue.limit("BUY", "1", "29000", "a")
    accepted = {"fact": "accepted", **_NAMES}
    state = {"fact": "status", **_NAMES, "order_status": "New", "cumulative_quantity": "0"}
    shown = venue.query("a")[1]
    facts = venue.dialect.facts
    assert facts(_reply("GET", "/api/v3/order", 200, shown)) == [accepted, state]
    assert facts(_reply("GET", "/api/v3/openOrders", 200, [shown])) == [accepted, state]
    canceled = venue.cancel("a")[1]
    assert facts(_reply("DELETE", "/api/v3/order", 200, canceled)) == [
        accepted,
        state | {"order_status": "Canceled"},
    ]


def test_own_trades_state_fills_by_the_venues_order_id(venue: Bench) -> None:
    """MyTrades knows no client order id."""
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(FillOrder(1, 2000))
    trades = venue.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT")[1]
    assert venue.dialect.facts(_reply("GET", "/api/v3/myTrades", 200, trades)) == [
        {
            "fact": "fill",
            "venue_order_id": "1",
            "market": "BTC-USDT",
            "trade_id": "1",
            "amount": "0.2",
            "price": "29000",
            "fee": "0.0002",
            "fee_asset": "BTC",
        }
    ]


def test_accounts_state_balances(venue: Bench) -> None:
    """The account's answer states each balance."""
    account = venue.signed("GET", "/api/v3/account")[1]
    assert venue.dialect.facts(_reply("GET", "/api/v3/account", 200, account)) == [
        {"fact": "balance", "asset": "BTC", "free": "10", "locked": "0"},
        {"fact": "balance", "asset": "USDT", "free": "100000", "locked": "0"},
    ]


def test_stream_events_state_what_happened(venue: Bench) -> None:
    """Reports state acceptance, fill and state under the order's own id; positions the balances."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    venue.apply(FillOrder(1, 2000))
    venue.cancel("a", newClientOrderId="c")
    facts = [fact for message in venue.heard[1] for fact in venue.dialect.facts(_frame(message))]
    accepted = {"fact": "accepted", **_NAMES}
    state = {"fact": "status", **_NAMES}
    assert facts == [
        accepted,
        state | {"order_status": "New", "cumulative_quantity": "0"},
        {"fact": "balance", "asset": "USDT", "free": "71000", "locked": "29000"},
        accepted,
        {
            "fact": "fill",
            **_NAMES,
            "trade_id": "1",
            "amount": "0.2",
            "price": "29000",
            "fee": "0.0002",
            "fee_asset": "BTC",
        },
        state | {"order_status": "PartiallyFilled", "cumulative_quantity": "0.2"},
        {"fact": "balance", "asset": "USDT", "free": "71000", "locked": "23200"},
        {"fact": "balance", "asset": "BTC", "free": "10.1998", "locked": "0"},
        accepted,
        state | {"order_status": "Canceled", "cumulative_quantity": "0.2"},
        {"fact": "balance", "asset": "USDT", "free": "94200", "locked": "0"},
    ]


def test_a_rejection_after_acceptance_states_no_acceptance(venue: Bench) -> None:
    """A report that an order was rejected states that state alone."""
    venue.limit("BUY", "1", "29000", "a")
    venue.listen()
    venue.apply(EndOrder(1, "Rejected"))
    assert venue.dialect.facts(_frame(venue.heard[1][0])) == [
        {"fact": "status", **_NAMES, "order_status": "Rejected", "cumulative_quantity": "0"}
    ]


def test_api_replies_state_what_rest_would(venue: Bench) -> None:
    """Replies of the WebSocket API state the same facts, by the request with their id."""
    parameters = {"symbol": "BTCUSDT", "newClientOrderId": "a"}
    venue.dialect.channel(_frame({"id": 1, "method": "order.place", "params": parameters}, "c2v"))
    refused = {"id": 1, "status": 400, "error": {"code": -2010, "msg": "no"}}
    stated = {"client_order_id": "a", "market": "BTC-USDT", "code": -2010, "text": "no"}
    assert venue.dialect.facts(_frame(refused)) == [{"fact": "refused", **stated}]
    body = venue.place(newOrderRespType="ACK")
    accepted = _frame({"id": 1, "status": 200, "result": body})
    assert venue.dialect.facts(accepted) == [{"fact": "accepted", **_NAMES}]


def test_a_pending_cancel_is_still_working() -> None:
    """PENDING_CANCEL is stated as New or PartiallyFilled, by what is executed."""
    venue = Bench(settlement_delay_ns=1)
    venue.limit("BUY", "1", "29000", "a")
    body = venue.cancel("a")[1]
    state = venue.dialect.facts(_reply("DELETE", "/api/v3/order", 200, body))[1]
    assert (body["status"], state["order_status"]) == ("PENDING_CANCEL", "New")


def test_requests_and_public_events_state_nothing(venue: Bench) -> None:
    """Facts are what the venue states about the account's orders."""
    request = TapUnit("request", "c2v", b"symbol=BTCUSDT", "POST", "/api/v3/order")
    assert venue.dialect.facts(request) == []
    assert venue.dialect.facts(_frame({"e": "trade"}, handshake=_STREAM)) == []
    assert venue.dialect.facts(_reply("GET", "/api/v3/time", 200, {"serverTime": 1})) == []
