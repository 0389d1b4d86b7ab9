"""What is left of a failing scenario is needed, all of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.fuzz.pretended import EVERYTHING, plan, words

from fillproof.harness.fuzz.building import build
from fillproof.harness.fuzz.drawing import draw
from fillproof.harness.fuzz.moves import Cancel, Desk, Heal, Move, Place, Replace, Trade
from fillproof.harness.fuzz.shrinker import relabelled
from fillproof.harness.fuzz.simpler import is_valid, simpler
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.fuzz.trimming import trim

SELL = Place("SELL", "POST_ONLY", "0.3", "28000")
BUY = Place("BUY", "GTC", "2", "28000")
LONG = plan(
    SELL, Heal(), BUY, Trade(0, 3), Trade(1, 2), Cancel(1), pause=6_000_000_000, jitter=20_000_000
)
DRAWN = [build(one, "fuzz seed 7") for one in draw(plans(EVERYTHING), 7, 60)]


def needs(*ops: str) -> Any:
    """Return a judge for whom a scenario fails when it has these steps in this order."""

    def fails(document: dict[str, Any]) -> bool:
        left = iter(words(document))
        return all(op in left for op in ops)

    return fails


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (("heal",), ["heal"]),
        (("wait", "heal"), ["wait", "heal"]),
        (("sell", "trade"), ["sell", "trade"]),
        (("buy", "trade", "cancel"), ["buy", "trade", "cancel"]),
        (("sell", "buy"), ["sell", "buy"]),
    ],
)
def test_nothing_is_left_that_is_not_needed(wanted: tuple[str, ...], expected: list[str]) -> None:
    """Steps, whole orders, odd links and odd values go."""
    trimmed = trim(build(LONG, "a test"), needs(*wanted))
    assert words(trimmed) == expected
    assert trimmed["venue"]["links"] == {"latency": 5_000_000, "jitter": 0}
    for step in trimmed["steps"]:
        assert step.get("for", 1_000_000_000) == 1_000_000_000
        assert step.get("price", "29000") == "29000"
        assert not step.get("post_only")


@pytest.mark.parametrize("document", [one for one in DRAWN if needs("cancel")(one)][:8])
def test_the_outcome_is_one_minimal(document: dict[str, Any]) -> None:
    """No scenario that is simpler by one thing fails."""
    fails = needs("cancel")
    trimmed = trim(document, fails)
    assert fails(trimmed)
    assert not [one for one in simpler(trimmed) if is_valid(one) and fails(one)]


def test_amounts_are_made_round_as_far_as_it_still_fails() -> None:
    """A judge that minds an amount keeps it."""

    def fails(document: dict[str, Any]) -> bool:
        return any(step.get("amount") == "0.3" for step in document["steps"])

    (step,) = trim(build(LONG, "a test"), fails)["steps"]
    assert (step["op"], step["amount"], step["price"]) == ("sell", "0.3", "29000")


def test_trades_are_joined_where_only_their_sum_matters() -> None:
    """A judge that wants an order filled in two steps gets two, and round ones."""
    acts = (BUY, Trade(0, 2), Trade(0, 2), Trade(0, 3), Trade(0, 1))

    def fails(document: dict[str, Any]) -> bool:
        amounts = [Decimal(s["amount"]) for s in document["steps"] if s["op"] == "trade"]
        asked = sum(Decimal(s["amount"]) for s in document["steps"] if s["op"] == "buy")
        return len(amounts) > 1 and sum(amounts) == asked

    trimmed = trim(build(plan(*acts), "a test"), fails)
    assert [(step["op"], step["amount"]) for step in trimmed["steps"]] == [
        ("buy", "2"),
        ("trade", "1"),
        ("trade", "1"),
    ]


def test_orders_are_called_by_their_place() -> None:
    """What is left of a and b is called a."""
    trimmed = trim(build(LONG, "a test"), needs("buy", "trade"))
    assert {step["order"] for step in trimmed["steps"]} == {"b"}
    assert {step["order"] for step in relabelled(trimmed)["steps"]} == {"a"}


def test_all_names_are_plain_at_the_end() -> None:
    """Also of the order that replaces another, and of the desk's."""
    document = build(plan(BUY, Desk("BUY", "0.3", None), Replace(0, 2, "28000")), "a test")
    steps = relabelled(document)["steps"]
    named = [(step["order"], step.get("by")) for step in steps]
    assert named == [("a", None), ("b", None), ("a", "c")]


def test_what_is_no_name_stays() -> None:
    """A delay is `by` a time."""
    delay = {"op": "delay", "channel": "create_reply", "by": 1_000_000_000, "count": 1}
    delayed = replace(plan(), moves=(Move(0, delay, BUY),))
    document = build(delayed, "a test")
    assert relabelled(document) == document


def test_an_order_goes_with_all_that_speaks_of_it() -> None:
    """The replacement goes with the old order, and alone; what waits for a price waits no more."""
    stop = Place("SELL", "STOP_LOSS", "0.3", "28000", "28990")
    document = build(plan(BUY, Replace(0, 2, "28000"), stop), "a test")
    left = [words(one) for one in simpler(document) if is_valid(one)]
    assert ["sell"] in left
    assert ["buy", "sell"] in left
    assert any("stop_loss" not in one["steps"][-1] for one in simpler(document))
