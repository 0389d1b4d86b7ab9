"""Requests on the stream hosts: subscriptions, properties, their errors and limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance import Quirks

NAMES = ("SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY")
METHODS = "expected one of " + ", ".join(f"`{name}`" for name in NAMES)
BAD_ID = "Invalid request: request ID must be an unsigned integer"
SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("frame", "code", "text"),
    [
        ("{", 3, "Invalid JSON: expected value at line 1 column 2"),
        ("[]", 3, "Invalid JSON: expected value at line 1 column 1"),
        ('{"method":"LIST_SUBSCRIPTIONS"}', 2, BAD_ID),
        ('{"method":"LIST_SUBSCRIPTIONS","id":1.5}', 2, BAD_ID),
        ('{"method":"LIST_SUBSCRIPTIONS","id":true}', 2, BAD_ID),
        ('{"method":"LIST_SUBSCRIPTIONS","id":9223372036854775808}', 2, BAD_ID),
        ('{"method":"LIST_SUBSCRIPTIONS","id":"1234567890123456789012345678901234567"}', 2, BAD_ID),
        ('{"id":1}', 2, "Invalid request: missing field `method` at line 1 column 8"),
        (
            '{"method":"SHOUT","id":1}',
            2,
            f"Invalid request: unknown variant `SHOUT`, {METHODS} at line 1 column 17",
        ),
        (
            '{"method":"SUBSCRIBE","id":1}',
            2,
            "Invalid request: missing field `params` at line 1 column 29",
        ),
        ('{"method":"SUBSCRIBE","params":["a b"],"id":1}', 2, "Invalid request: invalid stream"),
        ('{"method":"SUBSCRIBE","params":[7],"id":1}', 2, "Invalid request: invalid stream"),
        ('{"method":"SUBSCRIBE","params":[""],"id":1}', 2, "Invalid request: invalid stream"),
        (
            '{"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":1}',
            2,
            "Invalid request: too many parameters",
        ),
        (
            '{"method":"GET_PROPERTY","params":[],"id":1}',
            2,
            "Invalid request: property name must be a string",
        ),
        ('{"method":"GET_PROPERTY","params":["colour"],"id":1}', 0, "Unknown property"),
        ('{"method":"SET_PROPERTY","params":["colour",true],"id":1}', 0, "Unknown property"),
        (
            '{"method":"SET_PROPERTY","params":["combined",1],"id":1}',
            1,
            "Invalid value type: expected Boolean",
        ),
        (
            '{"method":"SET_PROPERTY","params":["combined",true,1],"id":1}',
            2,
            "Invalid request: too many parameters",
        ),
    ],
)
def test_a_wrong_request_is_refused_in_the_venues_words(
    venue: Bench, frame: str, code: int, text: str
) -> None:
    """Each mistake has its code and text, under the id it came with."""
    venue.open("/ws")
    number = 1 if '"id":1}' in frame else None
    assert venue.say(frame) == {"error": {"code": code, "msg": text}, "id": number}


@pytest.mark.parametrize("number", [1, -5, None, "a1b2", "0f4e1c6a-7f3b-4b9a-9d6e-1a2b3c4d5e6f"])
def test_an_id_is_an_integer_a_short_text_or_null(venue: Bench, number: Any) -> None:
    """The reply carries the id of the request as it was."""
    venue.open("/ws")
    assert venue.say({"method": "LIST_SUBSCRIPTIONS", "id": number}) == {"result": [], "id": number}


@pytest.mark.parametrize(("path", "combined"), [("/ws", False), ("/stream", True)])
def test_how_events_are_wrapped_is_a_property(venue: Bench, path: str, combined: bool) -> None:
    """Combined is what the path says, until it is set."""
    venue.open(path)
    ask = {"method": "GET_PROPERTY", "params": ["combined"], "id": 1}
    assert venue.say(ask)["result"] is combined
    change = {"method": "SET_PROPERTY", "params": ["combined", not combined], "id": 2}
    assert venue.say(change) == {"result": None, "id": 2}
    assert venue.say(ask)["result"] is not combined
    venue.say({"method": "SUBSCRIBE", "params": ["btcusdt@bookTicker"], "id": 3})
    venue.limit("BUY", "1", "29000", "a")
    assert ("stream" in venue.heard[1][0]) is not combined


def test_subscriptions_are_a_set_in_the_order_they_were_made(venue: Bench) -> None:
    """Twice is once, what nobody subscribed to can be left, and any well-formed name is taken."""
    venue.open("/ws/btcusdt@trade")
    streams = ["btcusdt@depth", "btcusdt@trade", "BTCUSDT@trade", "nobody@kline_1y"]
    venue.say({"method": "SUBSCRIBE", "params": streams, "id": 1})
    venue.say({"method": "UNSUBSCRIBE", "params": ["btcusdt@depth", "ethusdt@trade"], "id": 2})
    assert venue.say({"method": "LIST_SUBSCRIPTIONS", "id": 3})["result"] == [
        "btcusdt@trade",
        "BTCUSDT@trade",
        "nobody@kline_1y",
    ]
    venue.limit("SELL", "1", "30000", "a")
    venue.place("bob", type="MARKET", timeInForce=None, price=None, quantity="1")
    assert [event["e"] for event in venue.heard[1]] == ["trade"]


def test_a_connection_has_1024_streams_at_most(venue: Bench) -> None:
    """One more is refused, and nothing of that request is subscribed to."""
    venue.open("/ws")
    many = [f"a{number}@trade" for number in range(1_024)]
    assert venue.say({"method": "SUBSCRIBE", "params": many, "id": 1})["result"] is None
    refused = venue.say({"method": "SUBSCRIBE", "params": ["a0@trade", "b@trade"], "id": 2})
    assert refused == {"error": {"code": 4, "msg": "Too many subscriptions"}, "id": 2}
    assert len(venue.say({"method": "LIST_SUBSCRIPTIONS", "id": 3})["result"]) == 1_024
    assert venue.open("/ws/" + "/".join([*many, "b@trade"]), socket=2) is not None


def test_more_than_five_messages_a_second_end_the_connection(venue: Bench) -> None:
    """Pings and pongs count; the sixth within a second is answered with a close."""
    venue.open("/ws")
    frame = json.dumps({"method": "LIST_SUBSCRIPTIONS", "id": 1})
    for pause_ns in (SECOND, SECOND - 1):
        for _ in range(3):
            assert venue.dialect.receive(1, frame, venue.now_ns).close is None
        for _ in range(2):
            assert venue.dialect.receive_control(1, venue.now_ns) is None
        venue.pass_time(pause_ns)
    assert venue.dialect.receive_control(1, venue.now_ns) == (1008, "Too many requests")
    answer = venue.dialect.receive(1, frame, venue.now_ns)
    assert (answer.reply, answer.close) == ("", (1008, "Too many requests"))


def test_without_rate_limits_a_client_may_talk_as_it_likes() -> None:
    """The quirk that turns limits off turns this one off too."""
    venue = Bench(quirks=Quirks(rate_limits=False))
    venue.open("/ws")
    for number in range(50):
        venue.say({"method": "LIST_SUBSCRIPTIONS", "id": number})


@pytest.mark.parametrize(
    "path",
    [
        "/ws/btcusdt@kline_1d@+08:00",
        "/ws/btcusdt@kline_1d@%2B08:00",
        "/stream?streams=btcusdt@kline_1d@+08:00",
        "/stream?timeUnit=MILLISECOND&streams=btcusdt%40kline_1d%40%2B08%3A00",
    ],
)
def test_a_plus_sign_in_a_path_is_a_plus_sign(venue: Bench, path: str) -> None:
    """The zone of a candle stream arrives however the client wrote it."""
    venue.open(path)
    listed = venue.say({"method": "LIST_SUBSCRIPTIONS", "id": 1})["result"]
    assert listed == ["btcusdt@kline_1d@+08:00"]
