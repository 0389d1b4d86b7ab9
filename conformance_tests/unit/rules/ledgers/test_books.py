"""C2: who books what was told, and no more, has the venue's amounts."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots, verdict

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
FILLED = f"{LIVES}; trade 0.2; <fill"
FAIL, UNKNOWN = ("C2", Outcome.FAIL), ("C2", Outcome.UNKNOWN)
NO_FEE = "Filled 0.2 fees="
FEE_HEARD = "<fill fee=0.001 fee_asset=BTC"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{FILLED}; Filled 0.2", []),
        (f"{FILLED}; Filled 0.2 trade_id=", []),
        (f"{FILLED}; Filled 0.2 price=", [FAIL]),
        (f"{FILLED}; Filled 0.2 amount=0.20000000000000001", [FAIL]),
        (f"{FILLED}; Filled 0.2 price=29000.0000000001", [FAIL]),
        (f"{FILLED}; Filled 0.2 fee=0.0010000000001:BTC", [FAIL]),
        (f"{FILLED}; trade 0.3; <fill; Filled 0.3; Filled 0.2", []),
        ("place side=SELL; new; <new; Created; trade 1; <fill; Filled 1; Completed", []),
    ],
)
def test_the_books_agree_to_the_last_decimal(story: str, found: list[tuple[str, Outcome]]) -> None:
    """What is nearly right is right for a rule about one event, and wrong in a book."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVES}; trade 0.2; {FEE_HEARD}; {NO_FEE}", [FAIL]),
        (f"{FILLED}; {NO_FEE}", [UNKNOWN]),
        (f"{FILLED}; {NO_FEE}; bound", [FAIL]),
    ],
)
def test_a_promised_fee_is_a_fact_like_any_other(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """Delivered, or to be found for longer than the bound, it must be stated; else who can tell."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Created", []),
        ("Created amount=", [FAIL]),
        ("Created price=", [FAIL]),
        ("Created side=", [FAIL]),
        ("Created; trade 1; <fill; Filled 1; Completed", []),
        ("Created; trade 1; <fill; Filled 1; Completed base_amount=", [FAIL]),
        ("Created; trade 1; <fill; Filled 1; Completed quote_amount=", [FAIL]),
        ("Created; trade 1; <fill; Filled 1; Completed side=", [FAIL]),
    ],
)
def test_an_order_is_told_with_what_there_is_to_book_of_it(
    told: str, found: list[tuple[str, Outcome]]
) -> None:
    """What an event leaves out is no lie, and yet nobody can keep a book of it."""
    assert roots(f"place; new; <new; {told}") == found


def test_a_market_order_is_created_without_a_price() -> None:
    """It has none."""
    assert roots("place type=MARKET; new; <new; Created") == []


def test_no_fee_is_compared_that_is_not_promised() -> None:
    """Without the capability the book has no fees on either side."""
    for said in (NO_FEE, "Filled 0.2 fee=7:BTC"):
        assert roots(f"{FILLED}; {said}", lacks=("fees",)) == []


def test_what_a_fill_does_to_the_book_is_listed_under_the_fill() -> None:
    """A lost, a doubled and a garbled fill are found by L6, with the drift of the book under it."""
    for told in ("wait 1", "Filled 0.2; Filled 0.2", "Filled 0.2 amount=0.3"):
        (root,) = verdict(f"{FILLED}; {told}").findings
        assert root.rule == "L6"
        assert "C2" in {under.rule for under in root.implied}


def test_a_fill_that_was_never_delivered_is_nobodys() -> None:
    """The drift has the blame of the fill behind it."""
    said = verdict(f"{LIVES}; trade 0.2")
    assert {(one.rule, one.outcome) for one in said.findings} == {("L6", Outcome.UNKNOWN)}
    unpromised = verdict(f"{LIVES}; trade 0.2", lacks=("recovery",))
    assert {(one.rule, one.outcome) for one in unpromised.findings} == {("L6", Outcome.UNSUPPORTED)}


def test_fills_that_are_told_as_one_leave_the_book_right() -> None:
    """L6 counts fills, the book counts money."""
    both = f"{FILLED}; trade 0.2; <fill; Filled 0.2 amount=0.4 fee=0.002:BTC"
    rules = {under.rule for one in verdict(both).findings for under in (one, *one.implied)}
    assert rules == {"L6"}


def test_what_a_lie_says_is_booked_as_the_lie() -> None:
    """A faulty message that said exactly this fill excuses the book as it excuses the fill."""
    lie = "<fill trade_id=9 amount=0.5 price=29000 by=F1"
    story = f"{FILLED}; Filled 0.2; arm what=lies; {lie}; Filled 0.5 trade_id=9 fees="
    assert [one for one in roots(story) if one[0] != "R8"] == [("L6", Outcome.INFO)]


def test_the_finding_names_the_line_where_the_books_part() -> None:
    """The first fill without an equal is the cause; what was told right before it is not."""
    unpriced = "trade 0.3; <fill; Filled 0.3 price=; trade 0.1; <fill; Filled 0.1 price="
    story = f"{FILLED}; Filled 0.2; {unpriced}"
    (finding,) = verdict(story).findings
    assert finding.anomaly is Anomaly.BOOK_DRIFT
    assert "trade 2: BTC +0.299, USDT -8700" in finding.actual
    assert finding.expected == ("a book that says BTC +0.597, USDT -17400",)


def test_an_order_that_nobody_placed_has_no_place_in_the_book() -> None:
    """What it moved is found, and listed under the order."""
    stray = "client_order_id=z side=BUY"
    story = f"place side=SELL unsent; Failure; new {stray}; trade 0.2 {stray}"
    (root,) = verdict(story).findings
    assert root.rule == "U1"
    assert [under.rule for under in root.implied] == ["C2"]
    assert root.implied[0].actual == "z, which nobody placed, moved BTC +0.199, USDT -5800"
