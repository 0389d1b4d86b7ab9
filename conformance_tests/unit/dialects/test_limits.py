"""What a client may ask: weights, counts of orders, refusals with a time to come back, bans."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import NOW_NS, Bench

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest
from fillproof.simulator.vocabulary.commands import FillOrder

_SECOND = 1_000_000_000
_MINUTE_LEFT = 40
"""The tests begin 20 seconds into a minute, on a full 10 seconds."""

_TOO_MUCH = {
    "code": -1003,
    "msg": "Too much request weight used; current limit is 10 request weight per 1 MINUTE."
    " Please use WebSocket Streams for live updates to avoid polling the API.",
}


def _get(venue: Bench, path: str, peer: str = "10.0.0.1") -> HttpReply:
    return venue.send(HttpRequest("GET", "h", f"/api/v3/{path}", {}, b"", peer))


def _ban_text(until_ns: int) -> str:
    return (
        f"Way too much request weight used; IP banned until {until_ns // 1_000_000}."
        " Please use WebSocket Streams for live updates to avoid bans."
    )


@pytest.mark.parametrize(
    ("method", "path", "parameters", "weight"),
    [
        ("GET", "account", {}, 20),
        ("GET", "openOrders", {"symbol": "BTCUSDT"}, 6),
        ("GET", "openOrders", {}, 80),
        ("GET", "allOrders", {"symbol": "BTCUSDT"}, 20),
        ("GET", "myTrades", {"symbol": "BTCUSDT"}, 20),
        ("GET", "myTrades", {"symbol": "BTCUSDT", "orderId": 1}, 5),
        ("GET", "order", {"symbol": "BTCUSDT", "orderId": 1}, 4),
        ("GET", "rateLimit/order", {}, 40),
        ("DELETE", "order", {"symbol": "BTCUSDT", "orderId": 1}, 0),
        ("DELETE", "order", {"symbol": "BTCUSDT", "orderId": 9}, 1),
        ("DELETE", "openOrders", {"symbol": "BTCUSDT"}, 0),
        ("GET", "depth", {"symbol": "BTCUSDT", "timestamp": None}, 5),
    ],
)
def test_requests_weigh_what_they_ask(
    venue: Bench, method: str, path: str, parameters: dict[str, Any], weight: int
) -> None:
    """Weight is by endpoint and parameters; an order placed or canceled weighs nothing."""
    venue.limit("BUY", "1", "29000", "a")
    venue.signed(method, f"/api/v3/{path}", **parameters)
    assert _get(venue, "ping", "").headers == (
        ("x-mbx-used-weight", str(weight + 1)),
        ("x-mbx-used-weight-1m", str(weight + 1)),
    )


def test_an_order_says_how_many_are_unfilled(venue: Bench) -> None:
    """A placed order has the headers of its counts; a first fill gives back, more to a maker."""
    counts = []

    def place(name: str, **changes: Any) -> None:
        venue.place(newClientOrderId=name, quantity="0.01", **changes)
        counts.append(_counts(venue))

    place("a")
    place("b")
    venue.apply(FillOrder(1, 10))
    counts.append(_counts(venue))
    place("c")
    venue.cancel("c")
    place("d", timeInForce="IOC")
    place("e", timeInForce="NONSENSE")
    assert counts == [(1, 1), (2, 2), (0, 0), (1, 1), (2, 2), (2, 2)]
    venue.pass_time(10 * _SECOND)
    assert _counts(venue) == (0, 2)


def _counts(venue: Bench) -> tuple[int, ...]:
    told = venue.signed("GET", "/api/v3/rateLimit/order")[1]
    assert [(one["interval"], one["intervalNum"]) for one in told] == [("SECOND", 10), ("DAY", 1)]
    return tuple(one["count"] for one in told)


@pytest.mark.parametrize(
    ("quirks", "retry_after", "text"),
    [
        (Quirks(orders_per_10_seconds=2), 10, "2 orders per 10 SECOND"),
        (Quirks(orders_per_day=2), 6400, "2 orders per 1 DAY"),
    ],
)
def test_too_many_orders_are_refused(quirks: Quirks, retry_after: int, text: str) -> None:
    """Beyond the count of unfilled orders the answer is 429 -1015, until the interval is over."""
    venue = Bench(quirks)
    venue.limit("BUY", "0.1", "29000", "a")
    venue.limit("BUY", "0.1", "29000", "b")
    refused = {"code": -1015, "msg": f"Too many new orders; current limit is {text}."}
    venue.open("/ws-api/v3")
    assert venue.limit("BUY", "0.1", "29000", "c") == refused
    order: dict[str, Any] = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "1"}
    reply = venue.call("order.place", **order)
    retry_ms = NOW_NS // 1_000_000 + retry_after * 1000
    data = {"serverTime": NOW_NS // 1_000_000, "retryAfter": retry_ms}
    assert (reply["status"], reply["error"]) == (429, {**refused, "data": data})
    venue.pass_time(retry_after * _SECOND)
    assert venue.limit("BUY", "0.1", "29000", "c")["status"] == "NEW"


def test_another_account_has_its_own_count() -> None:
    """The order limits are each account's own."""
    venue = Bench(Quirks(orders_per_10_seconds=1))
    assert venue.limit("BUY", "0.1", "29000", "a")["status"] == "NEW"
    assert venue.limit("BUY", "0.1", "29000", "a", who="bob")["status"] == "NEW"
    assert venue.limit("BUY", "0.1", "29000", "b")["code"] == -1015


def test_too_much_weight_is_refused_until_the_minute_is_over() -> None:
    """Beyond the weight of a minute the answer is 429 with the seconds to wait; others go on."""
    venue = Bench(Quirks(request_weight_per_minute=10))
    assert [_get(venue, "depth?symbol=BTCUSDT").status for _ in range(3)] == [200, 200, 429]
    refused = _get(venue, "ping")
    assert (refused.status, json.loads(refused.body)) == (429, _TOO_MUCH)
    assert dict(refused.headers) == {
        "x-mbx-used-weight": "16",
        "x-mbx-used-weight-1m": "16",
        "retry-after": str(_MINUTE_LEFT),
    }
    assert _get(venue, "ping", "10.0.0.2").status == 200
    venue.pass_time(_MINUTE_LEFT * _SECOND)
    assert _get(venue, "ping").status == 200


def test_who_goes_on_is_banned_and_longer_each_time() -> None:
    """The tenth 429 in a minute is a 418; bans take 2, 4, 8 minutes and so on."""
    venue = Bench(Quirks(request_weight_per_minute=1))
    for minutes in (2, 4, 8):
        statuses = [_get(venue, "ping").status for _ in range(12)]
        assert statuses == [200, *[429] * 9, 418, 418]
        banned = _get(venue, "time")
        until_ns = venue.now_ns + minutes * 60 * _SECOND
        assert json.loads(banned.body) == {"code": -1003, "msg": _ban_text(until_ns)}
        assert dict(banned.headers)["retry-after"] == str(minutes * 60)
        venue.pass_time(minutes * 60 * _SECOND)


def test_no_ban_is_longer_than_three_days() -> None:
    """Bans grow up to three days."""
    venue = Bench(Quirks(request_weight_per_minute=1))
    for _ in range(20):
        last = [_get(venue, "ping") for _ in range(11)][-1]
        longest = int(dict(last.headers)["retry-after"])
        venue.pass_time(longest * _SECOND)
    assert longest == 3 * 86_400


def test_raw_requests_are_limited_too() -> None:
    """However little they weigh, only so many requests pass in five minutes."""
    venue = Bench(Quirks(raw_requests_per_5_minutes=2))
    assert [_get(venue, "ping").status for _ in range(3)] == [200, 200, 429]
    assert json.loads(_get(venue, "ping").body) == {
        "code": -1003,
        "msg": "Too many requests queued.",
    }


def test_connections_are_limited_and_weigh() -> None:
    """A connection to the WebSocket API weighs 2; beyond 300 in five minutes it is refused."""
    venue = Bench(Quirks(connections_per_5_minutes=2))
    assert venue.open("/ws-api/v3", socket=1) is None
    assert venue.open("/ws/btcusdt@trade", socket=2) is None
    refusal = venue.open("/ws/btcusdt@trade", socket=3)
    assert refusal is not None
    assert (refusal.status, json.loads(refusal.body)) == (
        429,
        {
            "code": -1034,
            "msg": "Too many connection attempts from IP; current limit is 2 per '5 MINUTE'.",
        },
    )
    assert dict(_get(venue, "ping", "").headers)["x-mbx-used-weight"] == "3"


def test_limits_can_be_switched_off() -> None:
    """Without limits all is counted and told, and nobody is refused."""
    few = Quirks(rate_limits=False, request_weight_per_minute=1, orders_per_10_seconds=1)
    venue = Bench(few)
    names = [venue.limit("BUY", "0.1", "29000", name)["status"] for name in "abc"]
    assert (names, _counts(venue)) == (["NEW"] * 3, (3, 3))


def test_exchange_info_tells_the_limits_as_they_are() -> None:
    """What is published is what the switches say, four of them by default."""
    assert [
        (one["rateLimitType"], one["intervalNum"], one["interval"], one["limit"])
        for one in Bench(Quirks(orders_per_day=7)).ask("GET", "/api/v3/exchangeInfo")[1][
            "rateLimits"
        ]
    ] == [
        ("REQUEST_WEIGHT", 1, "MINUTE", 6000),
        ("ORDERS", 10, "SECOND", 100),
        ("ORDERS", 1, "DAY", 7),
        ("RAW_REQUESTS", 5, "MINUTE", 300000),
    ]


@pytest.mark.parametrize(
    ("query", "parameters", "told"),
    [
        ("", {}, ["ORDERS", "ORDERS", "REQUEST_WEIGHT"]),
        ("", {"returnRateLimits": False}, None),
        ("?returnRateLimits=false", {}, None),
        (
            "?returnRateLimits=false",
            {"returnRateLimits": True},
            ["ORDERS", "ORDERS", "REQUEST_WEIGHT"],
        ),
    ],
)
def test_the_websocket_api_tells_what_a_request_used(
    venue: Bench, query: str, parameters: dict[str, Any], told: list[str] | None
) -> None:
    """An order's reply lists the order limits too; URL or request may ask for no list."""
    venue.open(f"/ws-api/v3{query}")
    order: dict[str, Any] = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "1"}
    reply = venue.call("order.place", **order, **parameters)
    limits = reply.get("rateLimits")
    assert (limits and [one["rateLimitType"] for one in limits]) == told
    if limits:
        assert [one["count"] for one in limits] == [1, 1, 2]


def test_a_banned_client_is_disconnected() -> None:
    """The WebSocket API says 418 with the times, and closes."""
    venue = Bench(Quirks(request_weight_per_minute=2))
    venue.open("/ws-api/v3")
    ask = '{"id":1,"method":"ping"}'
    answers = [venue.dialect.receive(1, ask, venue.now_ns) for _ in range(10)]
    assert [answer.close is None for answer in answers] == [True] * 9 + [False]
    until_ns = venue.now_ns + 120 * _SECOND
    assert json.loads(answers[-1].reply)["error"] == {
        "code": -1003,
        "msg": _ban_text(until_ns),
        "data": {
            "serverTime": venue.now_ns // 1_000_000,
            "retryAfter": until_ns // 1_000_000,
        },
    }
