"""What subscriptions of /ws are told, when, and in which order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    BOB,
    CLOID,
    HOST,
    IOC,
    NOW_MS,
    PERPETUAL,
    SECOND_NS,
    SPOT,
    USER,
    Bench,
    order,
    orders,
    sign,
)

from fillproof.simulator.dialects.hyperliquid import Quirks
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import KINDS

NAMES = {"coin": "BTC", "user": USER, "interval": "1m"}


def opened(*kinds: str, quirks: Quirks | None = None) -> Bench:
    """Return a venue with a socket that is subscribed, and has heard nothing since."""
    bench = Bench(quirks or Quirks())
    bench.open()
    for kind in kinds:
        bench.subscribe(kind, **{name: NAMES[name] for name in KINDS[kind].names})
    bench.take()
    return bench


def updates(messages: list[Any]) -> list[tuple[int, str, str]]:
    """Return (oid, state, size left) of the order updates among messages."""
    return [
        (one["order"]["oid"], one["status"], one["order"]["sz"])
        for message in messages
        if message["channel"] == "orderUpdates"
        for one in message["data"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_subscription_is_confirmed_once(kind: str) -> None:
    """The venue repeats it; a second time it says so, and after its end it can be had again."""
    bench = opened()
    named = {name: NAMES[name] for name in KINDS[kind].names}
    reply = bench.subscribe(kind, **named)
    assert reply["channel"] == "subscriptionResponse"
    assert reply["data"]["method"] == "subscribe"
    assert reply["data"]["subscription"].items() >= {"type": kind, **named}.items()
    again = bench.subscribe(kind, **named)
    assert again["channel"] == "error"
    assert again["data"].startswith("Already subscribed: ")
    end = {"method": "unsubscribe", "subscription": {"type": kind, **named}}
    assert bench.say(end)["data"]["method"] == "unsubscribe"
    assert bench.say(end)["data"].startswith("Already unsubscribed: ")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("l2Book", {"coin": "BTC", "time": NOW_MS, "levels": [[], []]}),
        ("bbo", {"coin": "BTC", "time": NOW_MS, "bbo": [None, None]}),
        ("allMids", {"mids": {"BTC": "1.00", "BTC/USDC": "1.0000"}}),
        ("userFills", {"isSnapshot": True, "user": USER, "fills": []}),
        ("userFundings", {"isSnapshot": True, "user": USER, "fundings": []}),
    ],
)
def test_a_snapshot_comes_first(kind: str, said: Any) -> None:
    """Of a market what it shows, of an account what there was."""
    bench = Bench()
    bench.open()
    bench.subscribe(kind, **{name: NAMES[name] for name in KINDS[kind].names})
    assert bench.take() == [{"channel": KINDS[kind].channel, "data": said}]


@pytest.mark.parametrize("kind", ["orderUpdates", "userEvents", "trades", "candle"])
def test_what_tells_events_alone_has_no_snapshot(kind: str) -> None:
    """There is nothing before something happens."""
    bench = Bench()
    bench.open()
    bench.subscribe(kind, **{name: NAMES[name] for name in KINDS[kind].names})
    assert bench.take() == []


def test_an_order_has_an_update_for_each_state() -> None:
    """None of a partial fill; what is not filled stands in its size."""
    bench = opened("orderUpdates")
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    bench.fill(1, 2_500)
    assert updates(bench.take()) == [(1, "open", "1.0")]
    bench.fill(1, 7_500)
    assert updates(bench.take()) == [(1, "filled", "0.0")]
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    bench.statuses({"type": "cancelByCloid", "cancels": [{"asset": PERPETUAL, "cloid": CLOID}]})
    (opening, cancel) = bench.take()
    assert updates([opening, cancel]) == [(4, "open", "1.0"), (4, "canceled", "1.0")]
    assert cancel["data"][0]["order"]["cloid"] == CLOID


def test_an_order_that_trades_at_once_is_open_and_filled_in_one_message() -> None:
    """One that meets nothing never was open; one that meets less is canceled."""
    bench = opened("orderUpdates")
    bench.place(order(PERPETUAL, "sell", "1", "29000"), wallet=BOB)
    bench.place(order(PERPETUAL, "buy", "0.4", "29000"))
    assert [updates([one]) for one in bench.take()] == [[(2, "open", "0.4"), (2, "filled", "0.0")]]
    bench.place(order(PERPETUAL, "buy", "1", "29000", t=IOC))
    bench.place(order(PERPETUAL, "buy", "1", "29000", t=IOC))
    assert updates(bench.take()) == [
        (3, "open", "1.0"),
        (3, "canceled", "0.4"),
        (4, "iocCancelRejected", "1.0"),
    ]


def test_an_order_that_was_never_accepted_has_no_update() -> None:
    """Its answer says why."""
    bench = opened("orderUpdates")
    bench.place(order(PERPETUAL, "buy", "100", "29000"))
    assert bench.take() == []


@pytest.mark.parametrize(("fills_first", "channels"), [(True, "fo"), (False, "of")])
def test_fills_and_updates_are_two_streams(fills_first: bool, channels: str) -> None:
    """Which one tells first is the venue's to choose."""
    bench = opened("orderUpdates", "userFills", quirks=Quirks(fills_first=fills_first))
    bench.place(order(PERPETUAL, "buy", "1", "29000"))
    bench.take()
    bench.fill(1, 10_000)
    told = "".join({"userFills": "f", "orderUpdates": "o"}[one["channel"]] for one in bench.take())
    assert told == channels


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("userFills", {"user", "fills"}), ("userEvents", {"fills"}), ("user", {"fills"})],
)
def test_fills_are_told_to_their_owner_alone(kind: str, keys: set[str]) -> None:
    """Each once, as queries show them; the old name of user events works too."""
    bench = opened(kind)
    bench.open(2)
    bench.subscribe(kind, socket=2, user=BOB.address)
    bench.take(2)
    bench.place(order(PERPETUAL, "buy", "1", "29000"))
    bench.fill(1, 2_500)
    (message,) = bench.take()
    assert set(message["data"]) == keys
    assert message["data"]["fills"] == bench.info("userFills", user=USER)
    assert bench.take(2) == []


@pytest.mark.parametrize(
    ("kind", "inside", "asset"),
    [("spotState", "spotClearinghouseState", SPOT), ("clearinghouseState",) * 2 + (PERPETUAL,)],
)
def test_a_state_is_told_when_money_moves(kind: str, inside: str, asset: int) -> None:
    """As the query shows it at that moment."""
    bench = opened(kind)
    bench.place(order(asset, "buy", "1", "29000"))
    (message,) = bench.take()
    assert message["channel"] == kind
    assert message["data"][kind] == bench.info(inside, user=USER)


def test_a_book_is_pushed_when_it_changes_but_not_too_often() -> None:
    """Twice a second at most: what happens in between comes together, at its time."""
    bench = opened("l2Book")
    bench.pass_time(SECOND_NS)
    bench.place(order(PERPETUAL, "buy", "1", "29000"))
    bench.place(order(PERPETUAL, "buy", "1", "28000"))
    bench.place(order(PERPETUAL, "buy", "1", "27000"))
    assert [len(one["data"]["levels"][0]) for one in bench.take()] == [1]
    bench.pass_time(SECOND_NS // 4)
    assert bench.take() == []
    bench.pass_time(SECOND_NS)
    assert [len(one["data"]["levels"][0]) for one in bench.take()] == [3]
    assert bench.dialect.next_wake_ns() is None


def test_a_market_tells_its_trades() -> None:
    """Price, size and the taker's side; the candle and the best prices with them."""
    bench = opened("trades", "bbo", "candle")
    bench.place(order(PERPETUAL, "sell", "1", "29000"), wallet=BOB)
    bench.place(order(SPOT, "sell", "1", "29000"), wallet=BOB)
    bench.take()
    bench.place(order(PERPETUAL, "buy", "0.25", "29000"))
    told = {message["channel"]: message["data"] for message in bench.take()}
    (trade,) = told["trades"]
    assert (trade["px"], trade["sz"], trade["side"], trade["coin"]) == (
        *("29000.0", "0.25"),
        *("B", "BTC"),
    )
    assert told["bbo"]["bbo"] == [None, {"px": "29000.0", "sz": "0.75", "n": 1}]
    assert (told["candle"]["c"], told["candle"]["v"]) == ("29000.0", "0.25")


def test_a_spot_context_has_a_channel_of_its_own() -> None:
    """It is subscribed to by the same name."""
    bench = opened()
    bench.subscribe("activeAssetCtx", coin="BTC/USDC")
    bench.subscribe("activeAssetCtx", coin="BTC")
    assert [one["channel"] for one in bench.take()] == ["activeSpotAssetCtx", "activeAssetCtx"]


def test_a_ping_is_answered() -> None:
    """As a frame of text."""
    assert opened().say({"method": "ping"}) == {"channel": "pong"}


@pytest.mark.parametrize(
    "frame",
    [
        "nonsense",
        "[]",
        {"method": "shout"},
        {"method": "subscribe"},
        {"method": "subscribe", "subscription": {"type": "nonsense"}},
        {"method": "subscribe", "subscription": {"type": "l2Book"}},
        {"method": "subscribe", "subscription": {"type": "l2Book", "coin": "GOLD"}},
        {
            "method": "subscribe",
            "subscription": {"type": "candle", "coin": "BTC", "interval": "2s"},
        },
        {"method": "subscribe", "subscription": {"type": "userFills", "user": "me"}},
        {"method": "post", "id": "one", "request": {"type": "info", "payload": {}}},
        {"method": "post", "id": 1, "request": {"type": "gossip", "payload": {}}},
    ],
)
def test_a_frame_that_is_no_request_is_an_error_of_the_socket(frame: Any) -> None:
    """And the socket goes on."""
    bench = opened()
    assert bench.say(frame)["channel"] == "error"
    assert bench.say({"method": "ping"}) == {"channel": "pong"}


def test_requests_can_be_posted_on_a_socket() -> None:
    """Queries and actions, answered under their id; what is malformed is an error there."""
    bench = opened("orderUpdates")
    query = {"type": "info", "payload": {"type": "meta"}}
    told = bench.say({"method": "post", "id": 5, "request": query})
    assert told["data"]["id"] == 5
    assert told["data"]["response"] == {
        "type": "info",
        "payload": {"type": "meta", "data": bench.info("meta")},
    }
    action = sign(ALICE, orders(order(PERPETUAL, "buy", "1", "29000")), NOW_MS)
    told = bench.say({"method": "post", "id": 6, "request": {"type": "action", "payload": action}})
    assert told["data"]["response"]["payload"]["status"] == "ok"
    assert updates(bench.take()) == [(1, "open", "1.0")]
    bad = {"method": "post", "id": 7, "request": {"type": "action", "payload": {}}}
    assert bench.say(bad)["data"]["response"]["type"] == "error"


def test_only_one_path_is_a_socket() -> None:
    """Any other is not found."""
    bench = Bench()
    refusal = bench.open(path="/stream")
    assert refusal is not None
    assert refusal.status == 404


def test_sockets_are_known_by_what_they_carry() -> None:
    """User streams, public streams, and no other name."""
    bench = opened("userFills")
    bench.open(2)
    bench.subscribe("trades", socket=2, coin="BTC")
    assert bench.dialect.sockets("user_stream") == (1,)
    assert bench.dialect.sockets("public_stream") == (2,)
    with pytest.raises(ValueError, match="is no stream"):
        bench.dialect.sockets("gossip")
    bench.dialect.close_socket(1)
    assert bench.dialect.sockets("user_stream") == ()
    assert bench.dialect.farewell(bench.now_ns) == ()
    assert bench.dialect.receive_control(2, bench.now_ns) is None


def test_faults_speak_the_venue_s_language() -> None:
    """Bare text over HTTP, its own error with HTTP 200; on a socket under the request's id."""
    dialect = Bench().dialect
    assert dialect.failure(502, None, "Bad Gateway").body == b"Bad Gateway"
    assert json.loads(dialect.failure(200, None, "Too busy").body) == {
        "status": "err",
        "response": "Too busy",
    }
    posted = json.dumps({"method": "post", "id": 3, "request": {}})
    failed = json.loads(dialect.frame_failure(posted, 500, None, "down"))
    assert failed["data"] == {"id": 3, "response": {"type": "error", "payload": "500 down"}}
    assert json.loads(dialect.frame_failure("nonsense", 500, None, "down"))["channel"] == "error"
    assert json.loads(dialect.frame_failure(posted, 200, None, "no"))["data"]["response"] == {
        "type": "action",
        "payload": {"status": "err", "response": "no"},
    }
    assert HOST in dict(dialect.hosts)
