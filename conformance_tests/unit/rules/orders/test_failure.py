"""L5 and L9: refusals, rejections and Failure."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
REST_EXPIRED = "place tif=IOC; new & trade 0.4 & expires; <fill; <expired; Created; Filled 0.4"


@pytest.mark.parametrize(
    "story",
    [
        "place; refuses; <refused; Failure",
        "place unsent; Failure",
        "place; arm what=drop; fire; wait 70; Failure",
        f"{LIVES}; rejects; <rejected; Failure",
        f"{LIVES}; cancel refused; <unknown on=cancel_reply http=400",
        "place; Failure; refuses; <refused",
        "cancel id=nobody refused; <unknown",
    ],
)
def test_a_refusal_or_rejection_told_as_failure_once_keeps_l5(story: str) -> None:
    """Failure comes once for a refused or rejected order, and nothing for a refused cancel."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        ("place; refuses; <refused", "never told"),
        ("place; refuses; <refused; Failure; Failure", "told twice"),
        ("place; refuses; <refused; Created; Failure", "created before it failed"),
        ("place; refuses; <refused; Failure; Created", "created after it failed"),
        ("place unsent; bound", "silently not sent"),
        (f"{LIVES}; rejects; <rejected", "a later rejection never told"),
        (f"{LIVES}; rejects; <rejected; Failure; Failure", "a later rejection told twice"),
        (f"{LIVES}; Failure; rejects; <rejected", "told before the venue rejected"),
        (f"{LIVES}; cancel refused; Failure", "a refused cancel told as Failure"),
        (f"{LIVES}; cancel refused; Cancelled", "a refused cancel told as Cancelled"),
        (f"{LIVES}; cancel; <unknown on=cancel_reply http=503; Failure", "a failed cancel told"),
        (
            f"{LIVES}; trade 1; cancel refused; <fill; Filled 1; Cancelled; <filled",
            "a cancel that came too late told as Cancelled",
        ),
        ("cancel id=nobody refused; Failure client_order_id=nobody", "an order nobody placed"),
    ],
)
def test_a_failure_that_is_missing_doubled_or_false_is_found(story: str, why: str) -> None:
    """Whatever is wrong with refusals is a finding of L5 and of no other rule."""
    assert roots(story) == [("L5", Outcome.FAIL)], why


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("place; refuses; quiet", Outcome.UNKNOWN),
        ("place; refuses; bound", Outcome.FAIL),
        ("place; refuses; <refused http=503; quiet", Outcome.UNKNOWN),
        ("place; arm what=drop; fire; quiet", Outcome.UNKNOWN),
        ("place; arm what=drop; fire; bound", Outcome.FAIL),
    ],
)
def test_a_missing_failure_is_blamed_on_what_was_delivered_or_discoverable(
    story: str, expected: Outcome
) -> None:
    """A refusal that never reached the connector is owed only once it could have been found."""
    assert roots(story) == [("L5", expected)]


def test_a_library_that_tells_no_failure_is_not_asked_for_it() -> None:
    """Without the capability the missing event is UNSUPPORTED; a false one is still found."""
    refused = "place; refuses; <refused"
    assert roots(refused, lacks=("failure",)) == [("L5", Outcome.UNSUPPORTED)]
    assert roots(f"{refused}; Created", lacks=("failure",)) == [("L5", Outcome.FAIL)]


def test_created_that_a_faulty_message_said_is_info() -> None:
    """A lie that was told to the connector excuses it."""
    story = "arm what=fail; place; fire; <new by=F1; Created; refuses; <refused; Failure"
    assert roots(story) == [("L5", Outcome.INFO)]


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{LIVES}; cancel; cancels; <cancelled; Failure", "a cancel told as Failure"),
        (f"{LIVES}; expires; <expired; Failure", "an expiry told as Failure"),
        (f"{REST_EXPIRED}; Failure", "the rest of an IOC order told as Failure"),
        (f"{LIVES}; rejects; <rejected; Cancelled", "a rejection told as Cancelled"),
        ("place; refuses; <refused; Cancelled", "a refusal told as Cancelled"),
        ("place; refuses; <refused; Expired", "a refusal told as Expired"),
    ],
)
def test_the_wrong_word_for_an_end_is_found(story: str, why: str) -> None:
    """L9: cancel and expiry are never Failure, and a rejection is nothing else."""
    assert roots(story) == [("L9", Outcome.FAIL)], why


@pytest.mark.parametrize("word", ["Expired", "Cancelled", "Failure"])
@pytest.mark.parametrize("kind", ["tif=IOC", "tif=FOK", "type=MARKET tif=IOC"])
def test_an_order_killed_on_arrival_may_be_told_in_any_word(word: str, kind: str) -> None:
    """An order that never rested and never filled is told in the dialect's own word."""
    assert roots(f"place {kind}; new & expires; <expired; Created; {word}") == []


def test_even_without_the_expiry_capability_failure_is_the_wrong_word() -> None:
    """Expiry may be told as Cancelled, never as Failure."""
    expired = f"{LIVES}; expires; <expired"
    assert roots(f"{expired}; Failure", lacks=("expiry",)) == [("L9", Outcome.FAIL)]
    assert roots(f"{expired}; Cancelled", lacks=("expiry",)) == [("L8", Outcome.NON_STRICT)]


_CHAIN = {"profile": "decentralised", "grace": 20, "chain": {}}
_WAITS = "order_status=New leaves_quantity=1"
_BACK = f"restated reason=reorganised {_WAITS}; <new"
_KILLED = "place tif=IOC; new & expires; <expired"


@pytest.mark.parametrize("word", ["Expired", "Cancelled", "Failure"])
def test_an_order_killed_in_each_block_is_killed_on_arrival(word: str) -> None:
    """A chain took back the block that killed it, and the next one killed it again."""
    again = f"{_BACK}; triggers {_WAITS} & expires; <expired"
    assert roots(f"{_KILLED}; Created; {word}; {again}", **_CHAIN) == []
    assert roots(f"{_KILLED}; {again}; Created; {word}", **_CHAIN) == []


def test_an_order_that_a_chain_filled_after_it_was_killed_is_tracked() -> None:
    """Failure was no lie of the first block; but the fill in the second one is owed."""
    filled = f"{_BACK}; triggers {_WAITS} & trade 1; <fill & <filled"
    assert roots(f"{_KILLED}; Created; Failure; {filled}; Filled 1", **_CHAIN) == []
    assert ("L6", Outcome.FAIL) in roots(f"{_KILLED}; Created; Failure; {filled}", **_CHAIN)
