"""The channel, the message and the facts of every unit on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import TapUnit
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    CLOID,
    IOC,
    NOW_MS,
    OTHER_CLOID,
    PERPETUAL,
    SPOT,
    STRANGER,
    USER,
    Bench,
    order,
    orders,
    sign,
)

from fillproof.simulator.dialects.hyperliquid.errors import TOO_MANY_ACTIONS

NAMES = {"client_order_id": CLOID, "market": "BTC-USDC"}
BOTH = {**NAMES, "venue_order_id": "1"}


def asked(path: str, body: Any) -> TapUnit:
    """Return a request."""
    text = json.dumps(body).encode()
    return TapUnit("request", "c2v", text, "POST", path)


def replied(request: TapUnit, body: Any, status: int = 200) -> TapUnit:
    """Return the response to it."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return TapUnit("response", "v2c", text, status=status, request=request)


def frame(body: Any, direction: str = "v2c", opcode: int = 1) -> TapUnit:
    """Return a frame of a socket."""
    handshake = TapUnit("request", "c2v", b"", "GET", "/ws")
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return TapUnit("frame", direction, text, opcode=opcode, request=handshake)


def action(body: dict[str, Any]) -> dict[str, Any]:
    """Return an action as a client posts it; the tap does not look at its signature."""
    return {"action": body, "nonce": NOW_MS, "signature": {}}


PLACE = action(orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID)))
CANCEL = action({"type": "cancel", "cancels": [{"a": PERPETUAL, "o": 1}]})
CANCEL_BY_CLOID = action(
    {"type": "cancelByCloid", "cancels": [{"asset": PERPETUAL, "cloid": CLOID}]}
)
MODIFY = action(
    {
        "type": "batchModify",
        "modifies": [{"oid": CLOID, "order": order(PERPETUAL, "buy", "2", "29000", c=OTHER_CLOID)}],
    }
)


@pytest.mark.parametrize(
    ("path", "body", "role"),
    [
        ("/exchange", PLACE, "create"),
        ("/exchange", CANCEL, "cancel"),
        ("/exchange", CANCEL_BY_CLOID, "cancel"),
        ("/exchange", MODIFY, "amend"),
        ("/exchange", action({"type": "noop"}), "reference"),
        ("/info", {"type": "orderStatus"}, "query"),
        ("/info", {"type": "userFills"}, "trades"),
        ("/info", {"type": "clearinghouseState"}, "account"),
        ("/info", {"type": "meta"}, "reference"),
    ],
)
def test_a_request_and_its_reply_share_a_role(path: str, body: Any, role: str) -> None:
    """Over HTTP and posted on a socket, where the id tells which answer it is."""
    dialect = Bench().dialect
    request = asked(path, body)
    assert dialect.channel(request) == f"{role}_request"
    assert dialect.channel(replied(request, {})) == f"{role}_reply"
    kind = "action" if "action" in body else "info"
    posted = {"method": "post", "id": 7, "request": {"type": kind, "payload": body}}
    assert dialect.frame_channel(json.dumps(posted)) == f"{role}_request"
    assert dialect.channel(frame(posted, "c2v")) == f"{role}_request"
    told = {"channel": "post", "data": {"id": 7, "response": {"type": kind, "payload": {}}}}
    assert dialect.channel(frame(told)) == f"{role}_reply"


@pytest.mark.parametrize(
    ("unit", "channel"),
    [
        (frame({"channel": "orderUpdates", "data": []}), "user_stream"),
        (frame({"channel": "user", "data": {}}), "user_stream"),
        (frame({"channel": "spotState", "data": {}}), "user_stream"),
        (frame({"channel": "l2Book", "data": {}}), "public_stream"),
        (frame({"channel": "activeSpotAssetCtx", "data": {}}), "public_stream"),
        (frame({"channel": "pong"}), "control"),
        (frame({"channel": "subscriptionResponse", "data": {}}), "control"),
        (frame({"channel": "post", "data": {"id": 99}}), "control"),
        (frame({"method": "ping"}, "c2v"), "control"),
        (frame(b"nonsense", "c2v"), "control"),
        (frame(b"", opcode=9), "control"),
        (asked("/ws", {}), "control"),
        (asked("/info", {"type": "nonsense"}), "control"),
    ],
)
def test_everything_else_is_a_stream_or_control(unit: TapUnit, channel: str) -> None:
    """Accounts, markets, and what keeps a connection going."""
    assert Bench().dialect.channel(unit) == channel


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (PLACE, (CLOID,)),
        (
            action(
                orders(
                    order(PERPETUAL, "buy", "1", "29000", c=CLOID),
                    order(PERPETUAL, "buy", "1", "28000"),
                    order(PERPETUAL, "buy", "1", "27000", c=OTHER_CLOID),
                )
            ),
            (CLOID, OTHER_CLOID),
        ),
        (MODIFY, (OTHER_CLOID,)),
        (action({"type": "modify", **MODIFY["action"]["modifies"][0]}), (OTHER_CLOID,)),
        (action(orders(order(PERPETUAL, "buy", "1", "29000"))), ()),
        (action({"type": "order", "orders": ["nonsense"]}), ()),
    ],
)
def test_the_ids_of_orders_to_be_placed_are_read_from_the_request(
    body: dict[str, Any], ids: tuple[str, ...]
) -> None:
    """Over HTTP and posted on a socket; of a modification the new order's, not the old one's."""
    dialect = Bench().dialect
    assert dialect.placed_ids(asked("/exchange", body)) == ids
    posted = {"method": "post", "id": 7, "request": {"type": "action", "payload": body}}
    assert dialect.placed_ids(frame(posted, "c2v")) == ids


def test_a_message_is_what_crossed() -> None:
    """Requests by their parts, frames as their JSON, a close by its code; numbers stay exact."""
    dialect = Bench().dialect
    assert dialect.message(asked("/info?x", {"type": "meta"})) == {
        "method": "POST",
        "path": "/info",
        "parameters": {"type": "meta"},
    }
    reply = replied(asked("/info", {}), b'{"a": 1.10}')
    assert dialect.message(reply) == {"status": 200, "body": {"a": "1.10"}}
    assert dialect.message(frame({"channel": "pong"})) == {"channel": "pong"}
    assert dialect.message(frame(b"[1]")) == {"frame": "text", "data": [1]}
    close = (1001).to_bytes(2, "big") + b"bye"
    assert dialect.message(frame(close, opcode=8)) == {
        "frame": "close",
        "code": 1001,
        "reason": "bye",
    }
    assert dialect.message(frame(b"x", opcode=9)) == {"frame": "ping", "data": "x"}


def status(word: str, amount: str | None = None, **names: Any) -> dict[str, Any]:
    """Return a fact of an order's state."""
    told = {"fact": "status", **(names or BOTH), "order_status": word}
    return told if amount is None else {**told, "cumulative_quantity": amount}


def ok(*statuses: Any, kind: str = "order") -> dict[str, Any]:
    """Return an answer to an action."""
    return {"status": "ok", "response": {"type": kind, "data": {"statuses": list(statuses)}}}


GONE = "Order was never placed, already canceled, or filled. asset=0"
UNMATCHED = "Order could not immediately match against any resting orders. asset=0"


@pytest.mark.parametrize(
    ("request_", "answer", "facts"),
    [
        (PLACE, ok({"resting": {"oid": 1}}), [{"fact": "accepted", **BOTH}, status("New")]),
        (
            PLACE,
            ok({"filled": {"oid": 1, "totalSz": "1.0", "avgPx": "29000.0"}}),
            [{"fact": "accepted", **BOTH}, status("Filled", "1")],
        ),
        (
            PLACE,
            ok({"filled": {"oid": 1, "totalSz": "0.5", "avgPx": "29000.0"}}),
            [{"fact": "accepted", **BOTH}, status("Expired", "0.5")],
        ),
        (PLACE, ok("waitingForTrigger"), [{"fact": "accepted", **NAMES}]),
        (PLACE, ok({"error": UNMATCHED}), [status("Expired", "0", **NAMES)]),
        (
            PLACE,
            ok({"error": "Order has zero size."}),
            [{"fact": "refused", **NAMES, "code": None, "text": "Order has zero size."}],
        ),
        (
            PLACE,
            {"status": "err", "response": "Invalid nonce"},
            [{"fact": "refused", **NAMES, "code": None, "text": "Invalid nonce"}],
        ),
        (
            CANCEL,
            ok("success", kind="cancel"),
            [status("Canceled", venue_order_id="1", market="BTC-USDC")],
        ),
        (CANCEL_BY_CLOID, ok("success", kind="cancel"), [status("Canceled", **NAMES)]),
        (
            CANCEL_BY_CLOID,
            ok({"error": GONE}, kind="cancel"),
            [{"fact": "unknown_order", **NAMES, "code": None, "text": GONE}],
        ),
        (CANCEL, {"status": "err", "response": "Invalid nonce"}, []),
        (
            MODIFY,
            ok({"resting": {"oid": 2}}),
            [
                status("Canceled", **NAMES),
                {
                    "fact": "accepted",
                    "client_order_id": OTHER_CLOID,
                    "market": "BTC-USDC",
                    "venue_order_id": "2",
                },
                status("New", client_order_id=OTHER_CLOID, market="BTC-USDC", venue_order_id="2"),
            ],
        ),
        (
            MODIFY,
            ok({"error": "Cannot modify canceled or filled order"}),
            [
                {
                    "fact": "unknown_order",
                    **NAMES,
                    "code": None,
                    "text": "Cannot modify canceled or filled order",
                }
            ],
        ),
    ],
)
def test_the_answer_to_an_action_states_what_became_of_it(
    request_: Any, answer: Any, facts: list[Any]
) -> None:
    """Over HTTP and posted on a socket alike."""
    dialect = Bench().dialect
    assert dialect.facts(replied(asked("/exchange", request_), answer)) == facts
    posted = {"method": "post", "id": 7, "request": {"type": "action", "payload": request_}}
    dialect.channel(frame(posted, "c2v"))
    response = {"type": "action", "payload": answer}
    told = {"channel": "post", "data": {"id": 7, "response": response}}
    assert dialect.facts(frame(told)) == facts


@pytest.mark.parametrize(("http_status", "refused"), [(422, True), (429, True), (500, False)])
def test_a_server_error_states_nothing(http_status: int, refused: bool) -> None:
    """An order may exist all the same; what could not be read does not."""
    facts = Bench().dialect.facts(replied(asked("/exchange", PLACE), b"no", http_status))
    stated = [one["fact"] for one in facts if one["fact"] != "turned_away"]
    assert stated == (["refused"] if refused else [])


@pytest.mark.parametrize(
    ("away", "why"),
    [
        ({"wallet": STRANGER}, "signature"),
        ({"late_ms": 3 * 86_400_000}, "timestamp"),
        ({"expires_after": 1}, "timestamp"),
        ({"again": True}, None),
        ({}, None),
    ],
)
def test_a_request_that_is_turned_away_is_stated(away: dict[str, Any], why: str | None) -> None:
    """For its signature or its time; a nonce that was used is neither."""
    bench = Bench()
    nonce = bench.now_ms - away.get("late_ms", 0)
    wallet, noop = away.get("wallet", ALICE), {"type": "noop"}
    body = sign(wallet, noop, nonce, expires_after=away.get("expires_after"))
    answer = bench.post("/exchange", body)
    if "again" in away:
        answer = bench.post("/exchange", body)
        assert answer["response"].startswith("Invalid nonce: duplicate")
    facts = bench.dialect.facts(replied(asked("/exchange", body), answer))
    assert [one["why"] for one in facts] == ([] if why is None else [why])


def test_who_asks_too_much_is_turned_away() -> None:
    """By HTTP 429 an address, by its own text an account."""
    dialect = Bench().dialect
    (away,) = dialect.facts(replied(asked("/info", {"type": "meta"}), None, 429))
    assert away == {"fact": "turned_away", "why": "limit", "code": None, "text": None}
    query = {"type": "info", "payload": {"type": "meta"}}
    dialect.channel(frame({"method": "post", "id": 7, "request": query}, "c2v"))
    response = {"type": "error", "payload": "429 Too many requests"}
    posted = frame({"channel": "post", "data": {"id": 7, "response": response}})
    assert dialect.facts(posted) == [away]
    told = {"status": "err", "response": TOO_MANY_ACTIONS % (4, 3, "0.0")}
    (_, away) = dialect.facts(replied(asked("/exchange", PLACE), told))
    assert (away["why"], away["text"]) == ("order_limit", told["response"])


def traded() -> Bench:
    """Return a venue with an order that is partly filled, and one that was canceled."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    bench.fill(1, 2_500)
    bench.place(order(SPOT, "sell", "1", "29000"))
    bench.statuses({"type": "cancel", "cancels": [{"a": SPOT, "o": 3}]})
    return bench


def facts_of(bench: Bench, type_: str, **more: Any) -> list[Any]:
    """Return the facts of the answer to a query."""
    body = {"type": type_, "user": USER, **more}
    return bench.dialect.facts(replied(asked("/info", body), bench.post("/info", body)))


def test_queries_state_orders_as_they_stand() -> None:
    """Cumulative quantity is what is not left; an unknown one is stated by the id asked for."""
    bench = traded()
    own = [{"fact": "accepted", **BOTH}, status("PartiallyFilled", "0.25")]
    assert facts_of(bench, "orderStatus", oid=CLOID) == own
    assert facts_of(bench, "openOrders") == own
    assert facts_of(bench, "frontendOpenOrders") == own
    (_, canceled, *rest) = facts_of(bench, "historicalOrders")
    assert (canceled["order_status"], canceled["cumulative_quantity"]) == ("Canceled", "0")
    assert rest == own
    unknown = {"fact": "unknown_order", "code": None, "text": "unknownOid"}
    assert facts_of(bench, "orderStatus", oid=99) == [{**unknown, "venue_order_id": "99"}]


def test_a_refused_order_is_stated_as_refused() -> None:
    """By the query that knows it."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "900", "29000", c=CLOID))
    refused, told = facts_of(bench, "orderStatus", oid=CLOID)
    assert (refused["fact"], refused["text"]) == ("refused", "perpMarginRejected")
    assert (told["order_status"], told["client_order_id"]) == ("Rejected", CLOID)


def test_fills_and_balances_are_stated() -> None:
    """By lists, by the stream and by the state of an account."""
    bench = traded()
    fill = {
        "fact": "fill",
        **BOTH,
        "trade_id": "1",
        "amount": "0.25",
        "price": "29000",
        "fee": "7.25",
        "fee_asset": "USDC",
    }
    assert facts_of(bench, "userFills") == [fill]
    event = {"fills": bench.info("userFills", user=USER)}
    for channel in ("userFills", "user"):
        assert bench.dialect.facts(frame({"channel": channel, "data": event})) == [fill]
    assert facts_of(bench, "spotClearinghouseState") == [
        {"fact": "balance", "asset": "USDC", "free": "97092.75", "locked": "2900"},
        {"fact": "balance", "asset": "BTC", "free": "10", "locked": "0"},
    ]
    margin = [{"fact": "balance", "asset": "USDC", "free": "97092.75", "locked": "2900"}]
    assert facts_of(bench, "clearinghouseState") == margin
    assert facts_of(bench, "meta") == []


def test_order_updates_state_what_they_say() -> None:
    """Each entry of a message; one that met nothing expired."""
    bench = Bench()
    bench.open()
    bench.subscribe("orderUpdates", user=USER)
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    bench.place(order(PERPETUAL, "buy", "1", "28000", t=IOC))
    told = [bench.dialect.facts(frame(message)) for message in bench.take()]
    assert told[0] == [{"fact": "accepted", **BOTH}, status("New", "0")]
    assert [one["order_status"] for one in told[1]] == ["Expired"]


def test_subscriptions_to_accounts_are_stated() -> None:
    """Their begin and their end; those to markets are not."""
    bench = Bench()
    bench.open()
    reply = bench.subscribe("userFills", user=USER)
    stated = {"stream": "user_stream", "subscription": "userFills"}
    assert bench.dialect.facts(frame(reply)) == [{"fact": "subscribed", **stated}]
    end = {"method": "unsubscribe", "subscription": {"type": "userFills", "user": USER}}
    assert bench.dialect.facts(frame(bench.say(end))) == [{"fact": "subscription_ended", **stated}]
    assert bench.dialect.facts(frame(bench.subscribe("trades", coin="BTC"))) == []


def test_books_are_stated_as_they_are_shown() -> None:
    """By the stream and by the query; nothing else shows one."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000"))
    book = bench.info("l2Book", coin="BTC")
    stated = {
        "fact": "book",
        "market": "BTC-USDC",
        "last_update_id": None,
        "bids": [["29000", "1"]],
        "asks": [],
    }
    tap = bench.dialect
    assert tap.book_facts(frame({"channel": "l2Book", "data": book})) == [stated]
    assert tap.book_facts(replied(asked("/info", {"type": "l2Book"}), book)) == [stated]
    assert tap.book_facts(frame({"channel": "trades", "data": []})) == []
    assert tap.book_facts(asked("/info", {"type": "l2Book"})) == []
    assert tap.last_update_id("BTC") is None


def test_what_a_client_sends_states_nothing() -> None:
    """Facts are the venue's."""
    dialect = Bench().dialect
    assert dialect.facts(asked("/exchange", sign(ALICE, {"type": "noop"}, NOW_MS))) == []
    assert dialect.facts(frame(b"", opcode=9)) == []
