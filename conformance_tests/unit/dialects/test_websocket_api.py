"""The WebSocket API: subscriptions, logon, and requests by name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance import Quirks

_USED = {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000}


def test_a_signed_subscription_is_answered_with_its_number(venue: Bench) -> None:
    """The first message back has status 200 and the subscription id; opening weighed 2 as well."""
    venue.open("/ws-api/v3")
    reply = venue.call("userDataStream.subscribe.signature", number="u-1")
    assert reply == {
        "id": "u-1",
        "status": 200,
        "result": {"subscriptionId": 0},
        "rateLimits": [{**_USED, "count": 4}],
    }


def test_events_are_wrapped_with_the_subscription(venue: Bench) -> None:
    """Each user event comes under the number of its subscription."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    assert [message["subscriptionId"] for message in venue.heard[1]] == [0, 0]
    assert venue.dialect.sockets("user_stream") == (1,)


@pytest.mark.parametrize(
    ("method", "status", "code"),
    [
        ("userDataStream.subscribe.signature", 400, -2035),
        ("userDataStream.subscribe", 401, -2015),
        ("userDataStream.start", 400, -1020),
    ],
)
def test_a_second_or_unentitled_subscription_is_refused(
    venue: Bench, method: str, status: int, code: int
) -> None:
    """One subscription an account; without signature only after a logon; listen keys are gone."""
    venue.listen()
    reply = venue.call(method)
    assert (reply["status"], reply["error"]["code"]) == (status, code)


def test_a_logon_stands_for_later_signatures(venue: Bench) -> None:
    """After session.logon a request needs neither key nor signature, only a timestamp."""
    venue.open("/ws-api/v3")
    now_ms = venue.now_ns // 1_000_000
    logon = venue.call("session.logon")["result"]
    assert (logon["apiKey"], logon["authorizedSince"]) == ("alicesKey", now_ms)
    reply = venue.call("userDataStream.subscribe", sign_it=False)
    assert reply["result"] == {"subscriptionId": 0}
    balances = venue.call("account.status", sign_it=False, timestamp=now_ms)["result"]["balances"]
    assert balances[0]["free"] == "10.00000000"
    assert venue.call("account.status", sign_it=False)["error"]["code"] == -1102


def test_a_logout_ends_what_the_logon_began(venue: Bench) -> None:
    """session.logout ends the logon's subscription with an event, and its rights."""
    venue.open("/ws-api/v3")
    venue.call("session.logon")
    venue.call("userDataStream.subscribe", sign_it=False)
    assert venue.call("session.logout", sign_it=False)["result"]["apiKey"] is None
    assert [event["e"] for event in venue.events()] == ["eventStreamTerminated"]
    assert venue.dialect.sockets("user_stream") == ()


def test_a_venue_may_refuse_to_log_hmac_keys_on() -> None:
    """With the quirk off, session.logon refuses HMAC keys as documented."""
    venue = Bench(quirks=Quirks(hmac_logon=False))
    venue.open("/ws-api/v3")
    assert venue.call("session.logon")["error"]["code"] == -1020


def test_unsubscribing_ends_the_stream(venue: Bench) -> None:
    """userDataStream.unsubscribe answers {} and says eventStreamTerminated; a second is refused."""
    venue.listen()
    assert venue.call("userDataStream.unsubscribe", sign_it=False)["result"] == {}
    assert [event["e"] for event in venue.events()] == ["eventStreamTerminated"]
    again = venue.call("userDataStream.unsubscribe", sign_it=False, subscriptionId=0)
    assert again["error"]["code"] == -2036


def revoke(venue: Bench, seconds: int, *, announced: bool) -> list[str]:
    """Have the venue end subscriptions; return what it says."""
    until_ns = venue.now_ns + seconds * 1_000_000_000
    pushes = venue.dialect.revoke(until_ns, venue.now_ns, announced=announced)
    return [json.loads(push.text)["event"]["e"] for push in pushes]


def test_the_venue_may_end_a_subscription_by_itself(venue: Bench) -> None:
    """It says so; a new one ends as soon as it began, until the time is over."""
    venue.listen()
    assert revoke(venue, 10, announced=True) == ["eventStreamTerminated"]
    assert venue.dialect.sockets("user_stream") == ()
    assert "result" in venue.call("userDataStream.subscribe.signature")
    assert [event["e"] for event in venue.events()] == ["eventStreamTerminated"]
    assert venue.dialect.sockets("user_stream") == ()
    venue.pass_time(10_000_000_000)
    venue.call("userDataStream.subscribe.signature")
    assert venue.dialect.sockets("user_stream") == (1,)


def test_the_venue_may_end_a_subscription_without_a_word(venue: Bench) -> None:
    """The connection stays, and nobody is told; lifted, new ones stand again."""
    venue.listen()
    assert revoke(venue, 10, announced=False) == []
    venue.call("userDataStream.subscribe.signature")
    venue.limit("BUY", "1", "29000", "a")
    assert venue.events() == []
    assert revoke(venue, 0, announced=True) == []
    venue.call("userDataStream.subscribe.signature")
    assert venue.dialect.sockets("user_stream") == (1,)
    assert revoke(venue, 0, announced=True) == []
    assert venue.dialect.sockets("user_stream") == (1,)


def test_orders_are_placed_queried_and_canceled_by_name(venue: Bench) -> None:
    """order.place, order.status and order.cancel answer as REST does."""
    venue.listen()
    order: dict[str, Any] = {
        "symbol": "BTCUSDT",
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "1",
        "price": "29000",
        "newClientOrderId": "a",
    }
    named: dict[str, Any] = {"symbol": "BTCUSDT", "origClientOrderId": "a"}
    assert venue.call("order.place", **order)["result"]["status"] == "NEW"
    assert venue.call("v3/order.status", **named)["result"] == venue.query("a")[1]
    assert venue.call("order.cancel", **named)["result"]["status"] == "CANCELED"
    refused = venue.call("order.cancel", number=7, **named, returnRateLimits=False)
    assert refused == {
        "id": 7,
        "status": 400,
        "error": {"code": -2011, "msg": "Unknown order sent."},
    }
    assert [event.get("X") for event in venue.events()] == ["NEW", None, "CANCELED", None]


def test_numbers_are_signed_as_written(venue: Bench) -> None:
    """A number's text in the frame is what is signed: 5000 and 5000.0 differ."""
    venue.open("/ws-api/v3")
    good = venue.call("account.status", recvWindow=5000)
    assert good["status"] == 200
    text = (
        '{"id":1,"method":"account.status","params":{"apiKey":"alicesKey","recvWindow":5000.0,'
        f'"timestamp":{venue.now_ns // 1_000_000},"signature":"00"}}}}'
    )
    assert venue.say(text)["error"]["code"] == -1022


@pytest.mark.parametrize("frame", ["hello", "[]", '{"id":1}', '{"method":"ping","params":[1]}'])
def test_what_is_no_request_is_refused(venue: Bench, frame: str) -> None:
    """A frame that is no JSON request gets an error reply."""
    venue.open("/ws-api/v3")
    assert venue.say(frame)["error"] == {"code": -1135, "msg": "Invalid JSON Request"}


@pytest.mark.parametrize(
    ("method", "expected"),
    [("ping", {}), ("time", {"serverTime": 1_700_000_000_000})],
)
def test_public_methods_need_no_key(venue: Bench, method: str, expected: dict[str, Any]) -> None:
    """Public methods are answered to anybody."""
    venue.open("/ws-api/v3")
    assert venue.call(method, sign_it=False)["result"] == expected


def test_a_path_that_is_no_socket_is_not_found(venue: Bench) -> None:
    """A handshake on any other path gets 404."""
    refusal = venue.open("/somewhere")
    assert refusal is not None
    assert refusal.status == 404
