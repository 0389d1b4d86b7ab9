"""Logons and subscriptions of the WebSocket API."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import KEY, OTHER_KEY, OTHER_SECRET, SECRET, Bench
from conformance_tests.unit.dialects.keys import ED25519_KEY, RSA_KEY, sign_ed25519, sign_rsa

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.user import subscriptions as subscriptions_module
from fillproof.simulator.dialects.binance.user.subscriptions import Subscriptions

_SIGNERS = {
    KEY: lambda payload: sign(SECRET, payload),
    OTHER_KEY: lambda payload: sign(OTHER_SECRET, payload),
    ED25519_KEY: sign_ed25519,
    RSA_KEY: sign_rsa,
}


def _ask(venue: Bench, key: str, method: str, **more: Any) -> Any:
    parameters = {"apiKey": key, "timestamp": str(venue.now_ns // 1_000_000), **more}
    parameters["signature"] = _SIGNERS[key](socket_payload(parameters))
    return venue.say({"id": 1, "method": method, "params": parameters})


@pytest.mark.parametrize(
    ("key", "hmac_logon", "status"),
    [
        (ED25519_KEY, True, 200),
        (ED25519_KEY, False, 200),
        (KEY, True, 200),
        (KEY, False, 400),
        (RSA_KEY, True, 400),
    ],
)
def test_a_logon_is_for_ed25519_keys(key: str, *, hmac_logon: bool, status: int) -> None:
    """session.logon takes Ed25519 keys, HMAC ones by a quirk, and no RSA keys."""
    venue = Bench(Quirks(hmac_logon=hmac_logon))
    venue.open("/ws-api/v3")
    assert _ask(venue, key, "session.logon")["status"] == status


@pytest.mark.parametrize("key", _SIGNERS)
def test_any_key_subscribes_by_signature(venue: Bench, key: str) -> None:
    """userDataStream.subscribe.signature and signed requests take keys of every kind."""
    venue.open("/ws-api/v3")
    assert _ask(venue, key, "userDataStream.subscribe.signature")["result"]["subscriptionId"] == 0
    assert _ask(venue, key, "openOrders.status")["result"] == []


def test_the_status_says_what_the_connection_is(venue: Bench) -> None:
    """session.status tells key, times, the URL's wish for limits, and if anything is subscribed."""
    venue.open("/ws-api/v3?returnRateLimits=false")
    opened_ms = venue.now_ns // 1_000_000
    venue.pass_time(1_000_000_000)
    _ask(venue, ED25519_KEY, "session.logon")
    _ask(venue, OTHER_KEY, "userDataStream.subscribe.signature")
    assert venue.say({"id": 1, "method": "session.status"})["result"] == {
        "apiKey": ED25519_KEY,
        "authorizedSince": opened_ms + 1000,
        "connectedSince": opened_ms,
        "returnRateLimits": False,
        "serverTime": opened_ms + 1000,
        "userDataStream": True,
    }


def test_a_connection_hears_several_accounts(venue: Bench) -> None:
    """Each account has a subscription of its own; a logout ends only what the logon began."""
    venue.open("/ws-api/v3")
    _ask(venue, ED25519_KEY, "session.logon")
    venue.say({"id": 1, "method": "userDataStream.subscribe"})
    _ask(venue, OTHER_KEY, "userDataStream.subscribe.signature")
    listed = venue.say({"id": 1, "method": "session.subscriptions"})
    assert listed["result"] == [{"subscriptionId": 0}, {"subscriptionId": 1}]
    venue.limit("BUY", "0.1", "29000", "a")
    venue.limit("BUY", "0.1", "29000", "a", who="bob")
    assert [message["subscriptionId"] for message in venue.heard[1]] == [0, 0, 1, 1]
    venue.heard[1].clear()
    venue.say({"id": 1, "method": "session.logout"})
    assert [(one["subscriptionId"], one["event"]["e"]) for one in venue.heard[1]] == [
        (0, "eventStreamTerminated")
    ]
    assert venue.say({"id": 1, "method": "session.subscriptions"})["result"] == [
        {"subscriptionId": 1}
    ]


def test_a_request_may_bring_another_key_than_the_logon(venue: Bench) -> None:
    """An explicit key and signature go before the key that logged on, for that request."""
    venue.open("/ws-api/v3")
    venue.limit("BUY", "0.1", "29000", "a", who="bob")
    _ask(venue, ED25519_KEY, "session.logon")
    assert len(_ask(venue, OTHER_KEY, "openOrders.status")["result"]) == 1
    own = {"timestamp": venue.now_ns // 1_000_000}
    asked = {"id": 1, "method": "openOrders.status", "params": own}
    assert venue.say(asked)["result"] == []


@pytest.mark.parametrize(("limit", "code"), [("MOST_AT_A_TIME", -1191), ("MOST_EVER", -2042)])
def test_subscriptions_are_limited(monkeypatch: pytest.MonkeyPatch, limit: str, code: int) -> None:
    """A connection has 1,000 subscriptions at a time and 65,535 ever."""
    monkeypatch.setattr(subscriptions_module, limit, 2)
    subscriptions = Subscriptions()
    subscriptions.begin("alice", by_logon=False)
    subscriptions.begin("bob", by_logon=False)
    with pytest.raises(Refusal, match=str(code)):
        subscriptions.begin("carol", by_logon=False)
    subscriptions.end(0)
    if code == -2042:
        with pytest.raises(Refusal, match=str(code)):
            subscriptions.begin("carol", by_logon=False)
    else:
        assert subscriptions.begin("carol", by_logon=False) == 2
