"""B1 to B9: a book that is said to be in sync is the venue's, as far as that could be known."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.books.book_story import history, roots

from fillproof.harness.rules import Outcome, judge
from fillproof.harness.rules.books.checks import CHECKS

BEGUN = "joins; snap 5 99:1|101:2; true 5 99:1|101:2"
CHANGED = f"{BEGUN}; diff 6-6 |101:3; true 6 99:1|101:3"
GAP = f"{BEGUN}; diff 7-7 |102:1; true 7 98:1,97:1|102:1"
LOST = f"{BEGUN}; leaves; true 6 99:1|102:1"
LATE = f"{CHANGED}; diff 5-5 |101:2"
WRONG = "99:1|101:2"


def fails(rule: str) -> list[tuple[str, Outcome]]:
    """Return what is found when one rule is the root."""
    return [(rule, Outcome.FAIL)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CHANGED}; wait 1; look 6 99:1|101:3", []),
        (f"{CHANGED}; wait 1; look ? 99:1|101:3", []),
        (f"{CHANGED}; wait 1; look 6 {WRONG}", fails("B7")),
        (f"{CHANGED}; wait 1; look 6 99:1|", fails("B7")),
        (f"{CHANGED}; wait 1; look 6 99:1|101:3,105:1", fails("B7")),
        (f"{CHANGED}; wait 1; look none", fails("B7")),
        (f"{CHANGED}; wait 1; look 5 99:1|101:3", fails("B8")),
    ],
)
def test_a_book_in_sync_is_the_venues(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Level by level, once all that makes it was heard; and the update it states is the last."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("book", "found"),
    [
        ("99:1|101:3,110:0", fails("B1")),
        ("98:1,99:1|101:3", fails("B1")),
        ("99:1|101:3,101:3", fails("B1")),
        ("99:1,98:2|101:3", fails("B7")),
    ],
)
def test_a_book_is_well_formed(book: str, found: list[tuple[str, Outcome]]) -> None:
    """No empty level, no price twice, best first; another level is another rule's matter."""
    assert roots(f"{CHANGED}; wait 1; look 6 {book}") == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{GAP}; wait 6; look 5 {WRONG}", fails("B3")),
        (f"{GAP}; wait 4; look 5 {WRONG}", []),
        (
            f"{GAP}; wait 6; look ? | out; wait 6; snap 7 98:1,97:1|102:1; look 7 98:1,97:1|102:1",
            [],
        ),
        (f"{BEGUN}; true 6 99:1|102:1; wait 60; look 5 {WRONG}", []),
        (f"{GAP}; wait 6; look 7 {WRONG}; wait 6; look 7 {WRONG}", fails("B3")),
    ],
)
def test_a_gap_is_noticed(story: str, found: list[tuple[str, Outcome]]) -> None:
    """From the change that shows it on; a loss that nothing shows is nobody's fault."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LOST}; wait 6; look 5 {WRONG}", fails("B4")),
        (f"{LOST}; wait 6; joins; look 5 {WRONG}", fails("B4")),
        (f"{LOST}; wait 1; snap 5 {WRONG}; joins; wait 6; look 5 {WRONG}", fails("B4")),
        (f"{LOST}; joins; snap 6 99:1|102:1; wait 6; look 6 99:1|102:1", []),
        (f"{LOST}; joins; snap 6 99:1|102:1; wait 6; look 6 {WRONG}", fails("B7")),
        (f"{LOST}; wait 6; look ? | out; joins; snap 6 99:1|102:1; look 6 99:1|102:1", []),
        (f"{BEGUN}; leaves; wait 60; look 5 {WRONG}", []),
    ],
)
def test_a_book_whose_stream_was_lost_is_taken_anew(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """A snapshot from before the new subscription does not count, and a right book is right."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{GAP}; snap 5 {WRONG}; wait 6; look 5 {WRONG}", fails("B2")),
        (
            "joins; diff 7-7 |102:1; true 7 |102:1; snap 5 |101:1; wait 6; look 5 |101:1",
            fails("B2"),
        ),
        ("snap 5 |101:1; joins; true 6 |102:1; wait 6; look 5 |101:1", fails("B2")),
        ("snap 5 |101:1; joins; diff 6-6 |102:1; true 7 |103:1; wait 6; look 6 |101:1,102:1", []),
    ],
)
def test_a_book_begins_with_a_snapshot_that_fits(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """One that is older than a change heard does not, nor one from before the subscription.

    Unless a change that follows it shows that nothing was missed in between.
    """
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LATE}; wait 1; look 6 99:1|101:3", []),
        (f"{LATE}; wait 1; look 6 99:1|101:2", fails("B5")),
        (f"{LATE}; wait 1; look 6 |101:3", fails("B7")),
        (f"{BEGUN}; diff 4-4 |101:7; wait 1; look 5 99:1|101:7", fails("B5")),
        (f"{CHANGED}; diff 6-6 |101:3; wait 1; look 6 99:1|101:6", fails("B5")),
    ],
)
def test_old_news_changes_nothing(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Heard twice, after a newer one, or after a snapshot that has it."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CHANGED}; wait 1; look 6 103:1,99:1|101:3", fails("B6")),
        (f"{CHANGED}; wait 1; look 6 101:1,99:1|101:3", fails("B6")),
        (f"{CHANGED}; wait 1; look ? 103:1|101:3 out", []),
        (f"{GAP}; wait 6; look 7 101:1|101:3", fails("B3")),
        ("joins; snap 5 103:1|101:2; true 5 103:1|101:2; wait 1; look 5 103:1|101:2", []),
    ],
)
def test_a_book_in_sync_is_not_crossed(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Unless the venue's is, as in an auction; what explains it better is the root."""
    assert [one for one in roots(story) if one[0] != "B9"] == found


def test_a_crossed_book_is_found_beside_what_it_follows_from() -> None:
    """The finding about the gap has the crossed book among what it explains."""
    [root] = judge(history(f"{GAP}; wait 6; look 7 101:1|101:3")).findings
    assert [finding.rule for finding in root.implied] == ["B6"]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{GAP}; look ? | out; heal; bound; look ? | out", fails("B9")),
        (f"{GAP}; look ? | out; heal; wait 9; look ? | out", [("B9", Outcome.UNKNOWN)]),
        (f"{GAP}; look ? | out; heal; bound; look 7 98:1,97:1|102:1", []),
        (
            f"{BEGUN}; look ? | out; heal; bound; look 5 {WRONG}; look ? | out",
            [("B9", Outcome.UNKNOWN)],
        ),
    ],
)
def test_a_book_is_in_sync_again_within_the_bound(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """Counted from when nothing was wrong any more; what the case ends too early for is unknown."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("rule", "story", "applies"),
    [
        ("B1", f"{CHANGED}; look 6 {WRONG}", True),
        ("B1", f"{CHANGED}; look none", False),
        ("B2", f"{CHANGED}; look 6 {WRONG}", False),
        ("B2", f"{GAP}; snap 5 {WRONG}; look 5 {WRONG}", True),
        ("B2", f"snap 5 {WRONG}; joins; look 5 {WRONG}", True),
        ("B3", f"{CHANGED}; look 6 {WRONG}", False),
        ("B3", f"{GAP}; look 6 {WRONG}", True),
        ("B4", f"{CHANGED}; look 6 {WRONG}; leaves", False),
        ("B4", f"{LOST}; look 6 {WRONG}", True),
        ("B5", f"{CHANGED}; look 6 {WRONG}", False),
        ("B5", f"{LATE}; look 6 {WRONG}", True),
        ("B8", f"{CHANGED}; look ? {WRONG}", False),
        ("B8", f"{CHANGED}; look 6 {WRONG}", True),
        ("B9", f"{CHANGED}; look 6 {WRONG}", False),
        ("B9", f"{CHANGED}; look 6 {WRONG} out", True),
    ],
)
def test_a_rule_is_asked_where_it_has_something_to_judge(
    rule: str, story: str, applies: bool
) -> None:
    """A case without a gap says nothing of how gaps are noticed."""
    assert CHECKS[rule].applies(history(story)) is applies


def test_what_is_wrong_for_long_is_found_once() -> None:
    """However often the books were looked at."""
    looks = "; ".join(f"wait 9; look 6 {WRONG}" for _ in range(5))
    [root] = judge(history(f"{CHANGED}; {looks}")).findings
    assert (root.rule, root.implied) == ("B7", ())
