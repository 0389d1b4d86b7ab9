"""How much may be asked: by address of the network, and by account."""

from __future__ import annotations

import json

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    BOB,
    PERPETUAL,
    USER,
    Bench,
    order,
    orders,
    sign,
)

from fillproof.simulator.dialects.hyperliquid import QuirkError, Quirks
from fillproof.simulator.dialects.hyperliquid.door.limits import action_weight
from fillproof.simulator.dialects.hyperliquid.door.rest import info_weight

CANCEL = {"type": "cancel", "cancels": [{"a": PERPETUAL, "o": 99}]}
MINUTE_NS = 60_000_000_000


@pytest.mark.parametrize(
    ("type_", "weight"),
    [("l2Book", 2), ("orderStatus", 2), ("userRole", 60), ("meta", 20), (None, 20)],
)
def test_a_query_has_its_weight(type_: str | None, weight: int) -> None:
    """As documented."""
    assert info_weight(type_) == weight


@pytest.mark.parametrize(("items", "weight"), [(1, 1), (39, 1), (40, 2), (100, 3)])
def test_an_action_weighs_more_with_many_parts(items: int, weight: int) -> None:
    """One, and one more for every forty."""
    assert action_weight(items) == weight


def test_a_batch_weighs_by_its_parts() -> None:
    """Forty cancels weigh two, whatever becomes of them."""
    bench = Bench(Quirks(request_weight_per_minute=2))
    batch = {"type": "cancel", "cancels": [{"a": PERPETUAL, "o": n} for n in range(40)]}
    body = json.dumps(sign(ALICE, batch, bench.now_ms)).encode()
    assert bench.send("/exchange", body, peer="a").status == 200
    noop = json.dumps(sign(ALICE, {"type": "noop"}, bench.now_ms + 1)).encode()
    assert bench.send("/exchange", noop, peer="a").status == 429


def test_an_address_may_ask_so_much_a_minute() -> None:
    """After that HTTP 429, until the minute is over; another address has its own."""
    bench = Bench(Quirks(request_weight_per_minute=40))
    body = json.dumps({"type": "meta"}).encode()
    asked = [bench.send("/info", body, peer="a").status for _ in range(3)]
    assert asked == [200, 200, 429]
    assert bench.send("/info", body, peer="b").status == 200
    bench.now_ns += MINUTE_NS
    assert bench.send("/info", body, peer="a").status == 200


def test_a_posted_request_weighs_as_much() -> None:
    """On a socket the refusal is the answer to it."""
    bench = Bench(Quirks(request_weight_per_minute=20))
    bench.open()
    query = {"method": "post", "id": 1, "request": {"type": "info", "payload": {"type": "meta"}}}
    assert bench.say(query)["data"]["response"]["type"] == "info"
    assert bench.say(query)["data"]["response"] == {
        "type": "error",
        "payload": "429 Too many requests",
    }


def test_an_account_may_send_so_many_actions_and_more_the_more_it_trades() -> None:
    """Each order of a batch counts; cancels still pass when orders do not, up to twice as many."""
    bench = Bench(Quirks(actions_at_first=3))
    small = order(PERPETUAL, "buy", "0.001", "20000")
    assert bench.act(orders(small, small, small))["status"] == "ok"
    refused = bench.act(orders(small))
    assert refused["response"] == (
        "Too many cumulative requests sent (4 > 3) for cumulative volume traded $0.0."
        " Place taker orders to free up 1 request per USDC traded."
    )
    assert bench.act(CANCEL)["status"] == "ok"
    assert bench.act({"type": "noop"})["status"] == "ok"
    assert [bench.act(CANCEL)["status"] for _ in range(2)] == ["ok", "err"]
    bench.fill(1, 10)
    assert bench.act(orders(small))["status"] == "ok"
    used = bench.info("userRateLimit", user=USER)
    assert (used["cumVlm"], used["nRequestsUsed"], used["nRequestsCap"]) == ("20.0", 8, 23)
    assert bench.act(orders(small), BOB)["status"] == "ok"


def test_an_action_that_came_too_late_costs_more() -> None:
    """Five times what it would have."""
    bench = Bench()
    late = sign(ALICE, {"type": "noop"}, bench.now_ms, expires_after=bench.now_ms - 1)
    bench.post("/exchange", late)
    assert bench.info("userRateLimit", user=USER)["nRequestsUsed"] == 5


def test_nobody_is_refused_without_limits() -> None:
    """A quirk turns them off."""
    quirks = Quirks(rate_limits=False, request_weight_per_minute=1, actions_at_first=1)
    bench = Bench(quirks)
    assert [bench.act(CANCEL)["status"] for _ in range(5)] == ["ok"] * 5


@pytest.mark.parametrize(
    "switches",
    [{"nonsense": 1}, {"rate_limits": 1}, {"actions_at_first": True}, {"book_interval_ns": -1}],
)
def test_a_wrong_quirk_is_named(switches: dict[str, int]) -> None:
    """One that is not known, of another kind, or below zero."""
    with pytest.raises(QuirkError, match=next(iter(switches))):
        Quirks.from_mapping(switches)
