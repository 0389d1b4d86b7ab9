"""A scenario that is right becomes a frozen value and a document."""

from __future__ import annotations

import copy
import json
import pickle

import pydantic
import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario

from fillproof.harness.connectors.protocol import Capability

SECOND = 1_000_000_000


def test_the_document_states_every_default() -> None:
    """The world is given everything, also what the author left out."""
    assert scenario(BUY).document() == {
        "id": "case",
        "title": "A case",
        "source": "",
        "requires": [],
        "venue": {
            "profile": "centralised",
            "grace_window": 0,
            "chain": None,
            "markets": {
                "BTC-USDT": {
                    "tick_size": "0.01",
                    "lot_size": "0.0001",
                    "min_quantity": "0.0001",
                    "max_quantity": "9000",
                    "min_notional": "5",
                }
            },
            "balances": {"USDT": "100000", "BTC": "10"},
            "fees": {"maker": "0.001", "taker": "0.001"},
            "links": {"latency": 5_000_000, "jitter": 0},
            "quirks": {},
        },
        "bounds": {"virtual": 21_600 * SECOND},
        "steps": [
            {
                "op": "buy",
                "line": 3,
                "column": 3,
                "order": "a",
                "market": "BTC-USDT",
                "amount": "1",
                "price": "29000",
                "order_type": "LIMIT",
                "time_in_force": "GTC",
                "post_only": False,
                "good_for": None,
            }
        ],
        "expect": {},
    }


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("cancel: a", {"op": "cancel", "order": "a"}),
        ("cancel: {order: a}", {"op": "cancel", "order": "a"}),
        ("cancel: {client_order_id: x-1}", {"op": "cancel", "client_order_id": "x-1"}),
        (
            "await: {order: a, told: Created}",
            {"op": "await", "order": "a", "told": "Created", "count": 1, "bound": 60 * SECOND},
        ),
        (
            "await: {wire: create_request, count: 2, bound: 1.5s}",
            {"op": "await", "wire": "create_request", "count": 2, "bound": 3 * SECOND // 2},
        ),
        ("wait: 500ms", {"op": "wait", "for": SECOND // 2}),
        ("wait: {for: 1m}", {"op": "wait", "for": 60 * SECOND}),
        ('trade: {order: a, amount: "0.20"}', {"op": "trade", "order": "a", "amount": "0.2"}),
        (
            'rest: {market: BTC-USDT, side: sell, amount: "1", price: "29000"}',
            {"op": "rest", "market": "BTC-USDT", "side": "SELL", "amount": "1", "price": "29000"},
        ),
        (
            'sweep: {market: BTC-USDT, side: BUY, amount: "1"}',
            {"op": "sweep", "market": "BTC-USDT", "side": "BUY", "amount": "1"},
        ),
        ("expire: a", {"op": "expire", "order": "a"}),
        ("reject: a", {"op": "reject", "order": "a"}),
        (
            "hold: {channel: user_stream, for: 2s}",
            {"op": "hold", "channel": "user_stream", "for": 2 * SECOND},
        ),
        (
            "delay: {channel: query_reply, by: 1s}",
            {"op": "delay", "channel": "query_reply", "by": SECOND, "count": 1},
        ),
        ("drop: {channel: control}", {"op": "drop", "channel": "control", "count": 1}),
        (
            "duplicate: {channel: public_stream, count: 3}",
            {"op": "duplicate", "channel": "public_stream", "count": 3},
        ),
        (
            "cut: {channel: create_reply}",
            {"op": "cut", "channel": "create_reply", "at_byte": 0, "count": 1},
        ),
        ("close: {channel: user_stream}", {"op": "close", "channel": "user_stream", "code": 1001}),
        (
            "half_open: {channel: user_stream, for: 1h}",
            {"op": "half_open", "channel": "user_stream", "for": 3600 * SECOND},
        ),
        (
            "fail: {channel: create_reply, status: 503, code: -1000, text: Busy.}",
            {
                "op": "fail",
                "channel": "create_reply",
                "status": 503,
                "code": -1000,
                "text": "Busy.",
                "acted": False,
                "count": 1,
            },
        ),
        (
            "resend: {channel: create_request}",
            {"op": "resend", "channel": "create_request", "count": 1},
        ),
        (
            "fail: {channel: query_reply, status: 200, text: Busy., skip: 2}",
            {
                "op": "fail",
                "channel": "query_reply",
                "status": 200,
                "text": "Busy.",
                "acted": False,
                "count": 1,
                "skip": 2,
            },
        ),
        ("skew: {behind: 5s}", {"op": "skew", "behind": 5 * SECOND}),
        ("stall: 5s", {"op": "stall", "for": 5 * SECOND}),
        ("maintenance: {for: 5s}", {"op": "maintenance", "for": 5 * SECOND, "status": 503}),
        (
            "unreachable: {how: dns, for: 5s}",
            {"op": "unreachable", "how": "dns", "for": 5 * SECOND, "breaks": True},
        ),
        ("heal", {"op": "heal"}),
        ("heal: {}", {"op": "heal"}),
    ],
)
def test_every_step_becomes_its_keys(written: str, keys: dict[str, object]) -> None:
    """Each word of the language has one normalised form, whichever way it was written."""
    assert scenario(BUY, f"- {written}").document()["steps"][1] == {"line": 4, "column": 3} | keys


def test_words_of_an_order_may_be_small() -> None:
    """Types and times in force are read in either case and kept in capitals."""
    step = '- sell: {order: a, market: BTC-USDT, amount: "1", type: market}'
    other = BUY.replace("order: a", "order: b, time_in_force: Ioc")
    first, second = scenario(step, other).document()["steps"]
    assert (first["order_type"], first["price"]) == ("MARKET", None)
    assert second["time_in_force"] == "IOC"


@pytest.mark.parametrize(
    ("order", "needs"),
    [
        ("", set()),
        (", time_in_force: ioc", {Capability.IOC}),
        (", time_in_force: fok", {Capability.FOK}),
        (", time_in_force: gtd, good_for: 5s", {Capability.GTD}),
        (", post_only: true", {Capability.POST_ONLY}),
    ],
)
def test_orders_say_what_they_need(order: str, needs: set[Capability]) -> None:
    """What a connector must declare follows from the orders, beside what is required."""
    step = BUY.replace('"29000"', f'"29000"{order}')
    assert scenario(step).needs == needs
    assert scenario(step, head="requires: [fees]").needs == needs | {Capability.FEES}


def test_a_market_order_needs_market_orders() -> None:
    """Market orders are a capability."""
    step = '- sell: {order: a, market: BTC-USDT, amount: "1", type: market}'
    assert scenario(step).needs == {Capability.MARKET_ORDERS}


def test_an_order_may_break_the_trading_rules() -> None:
    """Too small, off the tick, off the lot: local checks are tested with such orders."""
    step = '- buy: {order: a, market: BTC-USDT, amount: "0.00001", price: "0.001"}'
    assert scenario(step).document()["steps"][0]["amount"] == "0.00001"


def test_on_a_chain_only_the_venue_knows_what_may_still_trade() -> None:
    """Before a block has its end an order may be filled: that is no mistake of the scenario."""
    head = "venue: {profile: decentralised, chain: {preset: dydx_v4}}"
    found = scenario(BUY, "- expire: a", '- trade: {order: a, amount: "0.5"}', head=head)
    assert found.profile == "decentralised"


def test_nothing_of_a_scenario_changes() -> None:
    """Scenarios are values: they cannot be changed, but copied and sent."""
    found = scenario(BUY, tail="expect: {a: {pass: [[Created]]}}")
    with pytest.raises(pydantic.ValidationError):
        found.title = "other"
    with pytest.raises(TypeError):
        found.venue.balances["BTC"] = found.venue.balances["USDT"]  # type: ignore[index]
    assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == found


def test_the_document_is_plain_json() -> None:
    """A document survives JSON unchanged, so a worker of any environment can read it."""
    document = scenario(BUY, "- wait: 1s", tail="expect: {a: {pass: [[Created]]}}").document()
    assert json.loads(json.dumps(document)) == document
