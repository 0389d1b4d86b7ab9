"""What messages state about subscriptions and books, read from real rendered payloads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench, TapUnit

API = TapUnit("request", "c2v", method="GET", path="/ws-api/v3")
WS = TapUnit("request", "c2v", method="GET", path="/ws")
DIFF = {
    "e": "depthUpdate",
    "E": 1,
    "s": "BTCUSDT",
    "U": 1001,
    "u": 1003,
    "b": [["28999.00000000", "0.50000000"]],
    "a": [["29001.00000000", "0.00000000"]],
}
DEPTH = {"stream": "public_stream", "subscription": "btcusdt@depth", "market": "BTC-USDT"}
CHANGE = {
    "fact": "book_change",
    "market": "BTC-USDT",
    "first_update_id": "1001",
    "last_update_id": "1003",
    "bids": [["28999", "0.5"]],
    "asks": [["29001", "0"]],
}


def frame(message: Any, direction: str = "v2c", handshake: TapUnit = API) -> TapUnit:
    """Return a text frame."""
    text = json.dumps(message, separators=(",", ":"))
    return TapUnit("frame", direction, text.encode(), request=handshake)


@pytest.mark.parametrize(
    ("asked", "reply", "handshake", "facts"),
    [
        (
            {"id": "7", "method": "userDataStream.subscribe.signature", "params": {}},
            {"id": "7", "status": 200, "result": {"subscriptionId": 0}},
            API,
            [{"fact": "subscribed", "stream": "user_stream", "subscription": "0"}],
        ),
        (
            {"id": "7", "method": "userDataStream.subscribe.signature", "params": {}},
            {"id": "7", "status": 400, "error": {"code": -1021, "msg": "too old"}},
            API,
            [
                {
                    "fact": "subscription_refused",
                    "stream": "user_stream",
                    "code": -1021,
                    "text": "too old",
                },
                {"fact": "turned_away", "why": "timestamp", "code": -1021, "text": "too old"},
            ],
        ),
        (
            {"id": 1, "method": "SUBSCRIBE", "params": ["btcusdt@depth", "a" * 64]},
            {"result": None, "id": 1},
            WS,
            [
                {"fact": "subscribed", **DEPTH},
                {"fact": "subscribed", "stream": "user_stream", "subscription": "a" * 64},
            ],
        ),
        (
            {"id": 1, "method": "UNSUBSCRIBE", "params": ["btcusdt@depth"]},
            {"result": None, "id": 1},
            WS,
            [{"fact": "subscription_ended", **DEPTH}],
        ),
        (
            {"id": 1, "method": "SUBSCRIBE", "params": ["btcusdt@depth"]},
            {"error": {"code": 4, "msg": "Too many subscriptions"}, "id": 1},
            WS,
            [],
        ),
        (
            {"id": "7", "method": "session.status"},
            {"id": "7", "status": 200, "result": {}},
            API,
            [],
        ),
    ],
)
def test_a_reply_to_a_subscription_states_it(
    venue: Bench, asked: Any, reply: Any, handshake: TapUnit, facts: list[Any]
) -> None:
    """The reply says no more than its id; which streams it is about was said by the request."""
    venue.dialect.channel(frame(asked, "c2v", handshake))
    assert venue.dialect.facts(frame(reply, handshake=handshake)) == facts


def test_a_path_that_names_streams_subscribes_to_them(venue: Bench) -> None:
    """The venue does not answer such a subscription: the accepted handshake states it."""
    asked = TapUnit("request", "c2v", method="GET", path="/stream?streams=btcusdt@depth")
    fact = {"fact": "subscribed", **DEPTH}
    assert venue.dialect.facts(TapUnit("response", status=101, request=asked)) == [fact]
    assert venue.dialect.facts(TapUnit("response", status=400, request=asked)) == []


@pytest.mark.parametrize(
    ("message", "handshake", "subscription"),
    [
        ({"subscriptionId": 3, "event": {"e": "eventStreamTerminated", "E": 1}}, API, "3"),
        ({"e": "listenKeyExpired", "E": 1, "listenKey": "k"}, WS, "k"),
        ({"stream": "b" * 64, "data": {"e": "listenKeyExpired", "listenKey": "k"}}, WS, "k"),
    ],
)
def test_the_last_event_of_a_subscription_states_its_end(
    venue: Bench, message: Any, handshake: TapUnit, subscription: str
) -> None:
    """By whatever way the user data came."""
    fact = {"fact": "subscription_ended", "stream": "user_stream", "subscription": subscription}
    assert venue.dialect.facts(frame(message, handshake=handshake)) == [fact]


@pytest.mark.parametrize("message", [DIFF, {"stream": "btcusdt@depth", "data": DIFF}])
def test_an_event_of_a_diff_stream_states_a_change(venue: Bench, message: Any) -> None:
    """Its levels in our numbers, and the updates it stands for; nothing about orders."""
    unit = frame(message, handshake=WS)
    assert venue.dialect.book_facts(unit) == [CHANGE]
    assert venue.dialect.facts(unit) == []
    assert venue.dialect.book_facts(frame(message, "c2v", WS)) == []


def test_a_shown_book_is_stated_with_its_last_update(venue: Bench) -> None:
    """By the request over HTTP and by that over the WebSocket API alike."""
    venue.limit("SELL", "0.5", "29000", "x", who="bob")
    _, shown = venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT")
    last = venue.dialect.last_update_id("BTCUSDT")
    fact: dict[str, Any] = {"fact": "book", "market": "BTC-USDT", "last_update_id": last}
    fact |= {"bids": [], "asks": [["29000", "0.5"]]}
    asked = TapUnit("request", "c2v", b"", "GET", "/api/v3/depth?symbol=BTCUSDT&limit=5")
    reply = TapUnit("response", body=json.dumps(shown).encode(), status=200, request=asked)
    assert venue.dialect.book_facts(reply) == [fact]
    venue.dialect.channel(
        frame({"id": 1, "method": "depth", "params": {"symbol": "BTCUSDT"}}, "c2v")
    )
    answered = frame({"id": 1, "status": 200, "result": shown})
    assert venue.dialect.book_facts(answered) == [fact]
    refused = TapUnit("response", body=b"{}", status=429, request=asked)
    assert venue.dialect.book_facts(refused) == []
