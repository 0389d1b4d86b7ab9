"""The facts of every unit on the wire."""

from __future__ import annotations

from typing import Any

import pytest
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
    sign,
)
from conformance_tests.unit.dialects.hyperliquid.units import (
    BOTH,
    CANCEL,
    CANCEL_BY_CLOID,
    MODIFY,
    NAMES,
    PLACE,
    asked,
    frame,
    replied,
)

from fillproof.simulator.dialects.hyperliquid.errors import TOO_MANY_ACTIONS


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
