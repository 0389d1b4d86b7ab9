"""L7, L8, L10 and L10a: how an order ends, and that it stays ended."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
FULL = f"{LIVES}; trade 1; <fill; Filled 1"
CANCELLED = f"{LIVES}; cancel; cancels; <cancelled"


@pytest.mark.parametrize(
    "story",
    [
        f"{FULL}; Completed",
        f"{LIVES}; trade 0.4; <fill; trade 0.6; <fill; Filled 0.4; Filled 0.6; Completed",
        f"{LIVES}; trade 0.4; <fill; Filled 0.4",
    ],
)
def test_a_full_order_that_tells_completed_once_keeps_l7(story: str) -> None:
    """Completed follows the last Filled and sums the fills; an order that is not full owes none."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{FULL}", "never told, all fills delivered"),
        (f"{FULL}; <filled", "never told, the status delivered"),
        (f"{FULL}; Completed; Completed", "told twice"),
        (f"{LIVES}; trade 1; <fill; Completed; Filled 1", "before the last Filled"),
        (f"{LIVES}; trade 0.4; <fill; Filled 0.4; Completed", "told though not full"),
        (f"{FULL}; Completed side=SELL", "of the other side"),
        (f"{FULL}; Completed base_amount=2", "with the wrong base"),
        (f"{FULL}; Completed quote_amount=1", "with the wrong quote"),
        (
            f"{LIVES}; trade 0.4; <fill; Filled 0.4; Completed; trade 0.6; <fill",
            "told early, and what came afterwards never",
        ),
    ],
)
def test_a_completed_that_is_missing_doubled_early_or_wrong_is_found(story: str, why: str) -> None:
    """Whatever is wrong with Completed is a finding of L7 and of no other rule."""
    assert roots(story) == [("L7", Outcome.FAIL)], why


def test_a_completed_that_was_said_by_a_faulty_message_is_info() -> None:
    """A lie about the status excuses Completed, and what follows from it."""
    story = f"arm what=fail; fire; {LIVES}; <filled by=F1; Completed"
    assert roots(story) == [("L7", Outcome.INFO)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CANCELLED}; Cancelled", []),
        (f"{LIVES}; trade 0.4; <fill; Filled 0.4; cancel; cancels; <cancelled; Cancelled", []),
        (f"{LIVES}; expires; <expired; Expired", []),
        (f"{LIVES}; expires; <expired; Cancelled", [("L8", Outcome.NON_STRICT)]),
        (f"{LIVES}; expires; <cancelled; Cancelled", []),
        (f"{CANCELLED}", [("L8", Outcome.FAIL)]),
        (f"{CANCELLED}; Cancelled; Cancelled", [("L8", Outcome.FAIL)]),
        (f"{CANCELLED}; Expired", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; expires; <expired", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; expires; <expired; Expired; Expired", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; cancel; Cancelled; cancels; <cancelled", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; Cancelled", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; Expired", [("L8", Outcome.FAIL)]),
        (f"{LIVES}; cancel; cancels; quiet", [("L8", Outcome.UNKNOWN)]),
        (f"{LIVES}; cancel; cancels; bound", [("L8", Outcome.FAIL)]),
        ("place tif=IOC; new & expires; <expired; Created", [("L8", Outcome.FAIL)]),
    ],
)
def test_a_cancel_and_an_expiry_are_told_once_in_their_own_word(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """L8: Cancelled for a cancel, Expired for an expiry; the first for the second is lax."""
    assert roots(story) == found


def test_what_a_false_end_explains_is_not_counted() -> None:
    """An invented Cancelled ends tracking: fills and Completed missing afterwards are its own."""
    story = f"{LIVES}; Cancelled; trade 1; <fill; <filled"
    assert roots(story) == [("L8", Outcome.FAIL)]


def test_a_fill_lost_before_a_false_end_is_not_explained_by_it() -> None:
    """A finding explains only what comes after it."""
    story = f"{LIVES}; trade 0.4; <fill; Cancelled"
    assert roots(story) == [("L6", Outcome.FAIL), ("L8", Outcome.FAIL)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CANCELLED}; Cancelled", []),
        (f"{LIVES}; expires; <expired; Expired; Cancelled", [("L10", Outcome.FAIL)]),
        (f"{CANCELLED}; Cancelled; Created", [("L10", Outcome.FAIL)]),
        (f"{CANCELLED}; Cancelled; Created; Cancelled", [("L10", Outcome.FAIL)]),
        (
            "place; new; cancel; cancels; <cancelled; Cancelled; <new on=create_reply; Created",
            [("L10", Outcome.FAIL)],
        ),
    ],
)
def test_an_order_ends_once_and_stays_ended(story: str, found: list[tuple[str, Outcome]]) -> None:
    """L10: no second terminal event, and no Created after the first."""
    assert roots(story) == found


@pytest.mark.parametrize("end", ["cancels", "expires", "rejects"])
def test_a_cancel_that_was_announced_is_told_as_cancelled_however_the_order_ends(end: str) -> None:
    """The venue said that it cancels; what it does before the settlement, nobody is told."""
    story = f"{LIVES}; cancel; pending; <cancelled; {{}}Cancelled; {{}}bound"
    grace = {"profile": "decentralised", "grace": 60}
    assert roots(story.format("", f"{end}; "), **grace) == []
    assert roots(story.format(f"{end}; ", ""), **grace) == []


@pytest.mark.parametrize(
    ("lacks", "how", "expected"),
    [
        (("recovery",), "bound", Outcome.UNSUPPORTED),
        ((), "quiet", Outcome.UNKNOWN),
        ((), "bound", Outcome.FAIL),
    ],
)
def test_completed_is_not_owed_while_a_fill_is_unknown(
    lacks: tuple[str, ...], how: str, expected: Outcome
) -> None:
    """The status alone obliges to nothing: Completed waits for Filled, and Filled for the fill."""
    story = f"arm what=drop; {LIVES}; trade 0.4; <fill; Filled 0.4; trade 0.6; fire; <filled"
    assert roots(f"{story}; wait 60; heal; {how}", lacks=lacks) == [("L6", expected)]
    assert roots(f"{story}; Filled 0.6; heal; {how}", lacks=lacks) == [("L7", Outcome.FAIL)]


def test_a_full_order_after_a_told_cancel_does_not_end_again() -> None:
    """On a decentralised venue Completed is not owed after Cancelled, and is one end too many."""
    story = f"{LIVES}; cancel; pending; <cancelled; Cancelled; trade 1; <fill; Filled 1"
    grace = {"profile": "decentralised", "grace": 60}
    assert roots(story, **grace) == []
    assert roots(f"{story}; Completed", **grace) == [("L10", Outcome.FAIL)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{FULL}; Completed; quiet; reading tracked=", []),
        (f"{FULL}; Completed; quiet; reading tracked=id-a", ["L10a"]),
        (
            f"{LIVES}; trade 0.4; cancel; cancels; <cancelled; Cancelled; <fill; Filled 0.4",
            ["L10a"],
        ),
    ],
)
def test_nothing_follows_the_end_on_a_centralised_venue(story: str, found: list[str]) -> None:
    """L10a: a late fill told once is lax, since truth goes before order; so is tracking on."""
    assert roots(story) == [(rule, Outcome.NON_STRICT) for rule in found]
