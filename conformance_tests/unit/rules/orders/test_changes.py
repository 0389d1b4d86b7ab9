"""Orders that change while they live: amended, restated, partly prevented, revised, by money."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
PART = f"{LIVES}; trade 0.2; <fill; Filled 0.2"
FULL = f"{LIVES}; trade 1; <fill; <filled; Filled 1; Completed"
BY_MONEY = "place 1 type=MARKET quote_amount=29000; new quote_quantity=29000; <new; Created amount="
WAITS = "place stop_loss=28000; new"


@pytest.mark.parametrize(
    "story",
    [
        f"{PART}; amend 0.5; amended 0.5; trade 0.3; <fill; <filled; Filled 0.3; Completed",
        f"{PART}; restated 0.5; trade 0.3; <fill; <filled; Filled 0.3; Completed",
        f"{PART}; restated prevented=0.5; trade 0.3; <fill; Filled 0.3; Completed",
        f"{PART}; amend 0.55555; amended 0.5555",
        f"{PART}; amend 1.5 refused; trade 0.8; <fill; Filled 0.8; Completed",
        f"{PART}; amend 0.5; amended 0.5; cancel; cancels; <cancelled; Cancelled",
        "place; new; amend 0.5; amended 0.5; <new; Created",
        "place; new; amend 0.5; amended 0.5; <new; Created amount=0.5",
        f"{PART}; step done op=desk_amend amount=0.5; amended 0.5",
    ],
)
def test_an_order_is_full_when_it_has_what_is_left_of_it(story: str) -> None:
    """Whoever made it smaller, Completed is owed for that, and Created may be told with either."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "rule"),
    [
        (f"{PART}; amend 0.5; amended 0.5; trade 0.3; <fill; <filled; Filled 0.3", "L7"),
        (f"{PART}; amend 0.5; amended 0.5; Completed", "L7"),
        (f"{PART}; amend 1.5 refused; Failure", "L5"),
        (f"{PART}; amend 1.5 refused; Cancelled", "L5"),
        (f"{PART}; amend 0.5; amended 0.4", "U1"),
        (f"{PART}; amended 0.5", "U1"),
        (f"{PART}; expires prevented=0.8; <expired; Completed; Expired", "L7"),
        (f"{PART}; amend 0.5; amended 0.5; Filled 0.4 trade_id=", "L6"),
    ],
)
def test_what_is_told_of_a_change_is_what_became_of_it(story: str, rule: str) -> None:
    """A refused amend raises nothing, and an amend is the one that was asked for."""
    assert roots(story) == [(rule, Outcome.FAIL)]


@pytest.mark.parametrize(
    "story",
    [
        f"{FULL}; bust 1",
        f"{FULL}; corrected 1 0.5",
        f"{FULL}; bust 1; cancels; <cancelled",
        f"{PART}; bust 1; trade 1; <fill; <filled; Filled 1; Completed",
        f"{LIVES}; trade 0.2; bust 1",
        f"{LIVES}; trade 0.2; <fill; bust 1; Filled 0.2",
        f"{LIVES}; trade 0.2; corrected 1 0.1; <fill; Filled 0.1 trade_id=1 price=29000",
        f"{LIVES}; trade 0.2; corrected 1 0.1; <fill; Filled 0.2",
        f"{PART}; corrected 1 0.1; trade 0.9; <fill; <filled; Filled 0.9; Completed",
    ],
)
def test_what_was_told_stands_when_a_trade_is_taken_back_or_corrected(story: str) -> None:
    """There is no event that unsays one, so none is owed, and what can fill again is told again."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "rule"),
    [
        (f"{PART}; bust 1; trade 0.3; <fill", "L6"),
        (f"{PART}; bust 1; Filled 0.2 trade_id=1", "L6"),
        (f"{PART}; corrected 1 0.1; Filled 0.1 trade_id=1", "L6"),
        (f"{PART}; bust 1; Completed", "L7"),
        (f"{LIVES}; trade 0.2; corrected 1 0.1; <fill; Filled 0.15 trade_id=1", "L6"),
    ],
)
def test_a_revised_trade_excuses_nothing_else(story: str, rule: str) -> None:
    """Other fills are owed, one is told once, and the order is full only when it was."""
    assert roots(story) == [(rule, Outcome.FAIL)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{BY_MONEY}; trade 1; <fill; <filled; Filled 1; Completed", []),
        (f"{BY_MONEY}; trade 1; <fill; <filled; Filled 1", ["L7"]),
        ("place type=MARKET quote_amount=29000; new; <new; Created amount=", ["U1"]),
        ("place type=MARKET quote_amount=2; new quote_quantity=3; <new; Created amount=", ["U1"]),
        ("place type=MARKET; new quote_quantity=29000; <new; Created", ["U1"]),
    ],
)
def test_an_order_by_an_amount_of_money_is_that_order(story: str, found: list[str]) -> None:
    """It states no amount in base, is full when the venue says so, and is sent as it was asked."""
    assert [rule for rule, _ in roots(story)] == found


def test_fills_of_an_order_by_money_cost_that_at_most() -> None:
    """L12 in quote: an invented second fill goes beyond what there was to spend."""
    story = f"{BY_MONEY}; trade 1; <fill; <filled; Filled 1; Filled 1 trade_id=9; Completed"
    assert [rule for rule, _ in roots(story)] == ["L6"]


def test_an_order_of_the_desk_is_nobodys_finding_until_it_is_told() -> None:
    """The strategy did not place it: its fills are not owed, and what is told of it is wrong."""
    stranger = "desk 1 order=d; new order=d; trade 1 order=d"
    assert roots(f"{LIVES}; {stranger}") == []
    assert roots(f"{LIVES}; {stranger}; Filled 1 order=d") == [("A4", Outcome.FAIL)]


def test_a_replaced_order_is_refused_when_the_old_one_could_not_go() -> None:
    """Of the old one nothing is told but what became of it; the new one never came to be."""
    both = f"{LIVES}; place order=b replaces=id-a unsent"
    refused = f"{both}; cancel refused; <refused order=b on=amend_reply"
    assert roots(f"{refused}; Failure order=b") == []
    assert roots(refused) == [("L5", Outcome.FAIL)]
    assert roots(f"{refused}; Failure order=b; Failure") == [("L5", Outcome.FAIL)]


def test_an_end_that_a_chain_took_back_was_rightly_told() -> None:
    """Expired was true when it was told, though the order lived again and expired once more."""
    revived = "restated 1 order_status=New leaves_quantity=1 reason=reorganised"
    story = f"{LIVES}; expires; <expired; Expired; {revived}; expires; <expired"
    assert roots(story, profile="decentralised", grace=30) == []


REVIVED = "restated order_status=New leaves_quantity=1 reason=reorganised"
FAILED = f"{LIVES}; rejects; <rejected; Failure; {REVIVED}"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("rejects; <rejected", []),
        ("cancel; cancels; <cancelled", []),
        ("trade 1; <fill; <filled; Filled 1", []),
        ("trade 1; <fill; <filled", ["L6"]),
        ("rejects; <rejected; Failure", ["L5"]),
    ],
)
def test_a_rejection_that_a_chain_took_back_was_rightly_told(after: str, found: list[str]) -> None:
    """Failure was true when it was told and is not told again; what fills after it is owed."""
    told = roots(f"{FAILED}; {after}", profile="decentralised", grace=30)
    assert [rule for rule, _ in told] == found


def test_failure_told_before_any_rejection_is_wrong_though_one_was_taken_back_later() -> None:
    """A rejection that is still to come makes nothing true."""
    story = f"{LIVES}; Failure; rejects; <rejected; {REVIVED}"
    assert roots(story, profile="decentralised", grace=30) == [("U1", Outcome.FAIL)]
