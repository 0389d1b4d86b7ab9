"""L6, L11 and L12: every fill is told, once, as it was."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
FILLED = f"{LIVES}; trade 0.2; <fill"


@pytest.mark.parametrize(
    "story",
    [
        f"{FILLED}; Filled 0.2",
        f"{FILLED}; Filled 0.2 trade_id=",
        f"{FILLED}; Filled 0.2 side=",
        f"{FILLED}; Filled 0.2 fee=0.001:BTC",
        f"{FILLED}; trade 0.2; <fill; Filled 0.2; Filled 0.2",
        f"{FILLED}; trade 0.2; <fill; Filled 0.2 trade_id=; Filled 0.2 trade_id=",
        f"{FILLED}; trade 0.2; <fill; Filled 0.2 trade_id=; Filled 0.2 trade_id=1",
        f"{FILLED}; trade 0.3; <fill; Filled 0.3; Filled 0.2",
        f"{FILLED}; <fill; Filled 0.2",
    ],
)
def test_each_fill_told_once_as_it_was_keeps_it(story: str) -> None:
    """As many Filled as fills, whatever their order, by trade id or by amount and price."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{FILLED}", "never told"),
        (f"{FILLED}; Filled 0.2; Filled 0.2", "told twice"),
        (f"{FILLED}; Filled 0.2 trade_id=; Filled 0.2 trade_id=", "told twice without trade id"),
        (f"{FILLED}; Filled 0.2; Filled 0.2 trade_id=77", "told again under another id"),
        (f"{FILLED}; Filled 0.2; Filled 0.3 trade_id=77", "invented"),
        (f"{FILLED}; Filled 0.2 trade_id=77", "with the wrong trade id"),
        (f"{FILLED}; Filled 0.2 amount=0.4", "with the wrong amount"),
        (f"{FILLED}; Filled 0.2 price=29001", "with the wrong price"),
        (f"{FILLED}; Filled 0.2 trade_id= price=29001", "with the wrong price, without id"),
        (f"{FILLED}; Filled 0.2 side=SELL", "with the wrong side"),
        (f"{FILLED}; Filled 0.2 fee=0.002:BTC", "with the wrong fee"),
        (f"{FILLED}; Filled 0.2 fee=0.001:USDT", "with the fee in the wrong asset"),
        (f"{LIVES}; Filled 0.2 trade_id=1; trade 0.2; <fill", "before it happened"),
        (
            f"{FILLED}; Filled 0.2; trade 0.3; <fill; Filled 0.3 amount=0.5",
            "with the cumulative amount",
        ),
        ("Filled 0.2 client_order_id=nobody amount=0.2", "of an order nobody placed"),
    ],
)
def test_a_fill_missing_doubled_invented_or_wrong_is_found(story: str, why: str) -> None:
    """Whatever is wrong with a fill is a finding of L6 and of no other rule."""
    assert roots(story) == [("L6", Outcome.FAIL)], why


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (f"{LIVES}; trade 0.2; quiet", Outcome.UNKNOWN),
        (f"{LIVES}; trade 0.2; bound", Outcome.FAIL),
        (f"arm what=drop; {LIVES}; trade 0.2; fire; wait 300; heal; quiet", Outcome.UNKNOWN),
        (f"arm what=hold; {LIVES}; trade 0.2; fire; <fill by=F1", Outcome.FAIL),
        (f"{LIVES}; trade 0.2; <fill trade_id=", Outcome.FAIL),
        (f"{LIVES}; trade 0.2; <fill trade_id=99", Outcome.UNKNOWN),
    ],
)
def test_a_missing_fill_is_blamed_on_what_was_delivered_or_discoverable(
    story: str, expected: Outcome
) -> None:
    """A fill whose message was lost is owed only once a query could have found it."""
    assert roots(story) == [("L6", expected)]


def test_a_fee_is_judged_where_it_is_promised_and_stated() -> None:
    """Without the fees capability a stated fee is not judged."""
    wrong = f"{FILLED}; Filled 0.2 fee=0.002:BTC"
    assert roots(wrong, lacks=("fees",)) == []


def test_a_fill_that_a_faulty_message_invented_is_info() -> None:
    """The connector told what it was told."""
    lie = "<fill trade_id=66 amount=0.3 price=29000 by=F1"
    story = f"arm what=fail; fire; {LIVES}; {lie}; Filled 0.3 trade_id=66"
    assert roots(story) == [("L6", Outcome.INFO)]


GRACE = {"profile": "decentralised", "grace": 60}
ANNOUNCED = f"{LIVES}; cancel; pending; <cancelled; Cancelled"
LIE_TOO_LATE = (
    "arm what=fail; fire; wait 70; <fill trade_id=9 amount=0.2 by=F1; Filled 0.2 trade_id=9"
)


@pytest.mark.parametrize(
    "story",
    [
        f"{ANNOUNCED}; trade 0.2; <fill; Filled 0.2; cancels",
        f"{ANNOUNCED}; trade 0.2; <fill; Filled 0.2; trade 0.8; <fill; Filled 0.8",
        f"{ANNOUNCED}; cancels",
        f"{LIVES}; cancel; pending; trade 1; <fill; Filled 1; Completed",
        f"{LIVES}; expires; <expired; Expired; trade 0.2; <fill; Filled 0.2",
    ],
)
def test_fills_of_the_grace_window_told_once_keep_it(story: str) -> None:
    """On a decentralised venue Filled follows Cancelled or Expired."""
    assert roots(story, **GRACE) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{ANNOUNCED}; trade 0.2; <fill; cancels", "never told"),
        (f"{ANNOUNCED}; trade 0.2; <fill; Filled 0.2; Filled 0.2; cancels", "told twice"),
        (f"{ANNOUNCED}; trade 0.2; <fill; Filled 0.2 amount=0.3; cancels", "told wrong"),
        (f"{ANNOUNCED}; cancels; {LIE_TOO_LATE}", "said by a lie beyond the grace window"),
    ],
)
def test_a_fill_after_the_end_that_is_missing_doubled_or_wrong_is_found(
    story: str, why: str
) -> None:
    """L11 owns the fills that follow a told end on a decentralised venue."""
    assert roots(story, **GRACE) == [("L11", Outcome.FAIL)], why


def test_a_fill_told_late_on_a_centralised_venue_is_not_l11() -> None:
    """Where the venue promises no grace window L11 is not asked."""
    story = f"{LIVES}; trade 0.2; cancel; cancels; <cancelled; Cancelled; <fill; Filled 0.2"
    assert roots(story) == [("L10a", Outcome.NON_STRICT)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVES}; trade 1; <fill; Filled 1; Completed", []),
        ("place sent=2; new; <new; Created; trade 2; <fill; Filled 2; Completed", ["L12"]),
        ("place sent=2; new; <new; Created", ["L12"]),
        ("place sent=2; refuses; <refused; Failure", ["L12"]),
        ("place 1.00005 sent=1.0001; new; <new; Created", ["L12"]),
    ],
)
def test_filled_stays_within_the_amount(story: str, found: list[str]) -> None:
    """L12: no more is filled than was asked for, so no larger order is sent."""
    assert roots(story) == [(rule, Outcome.FAIL) for rule in found]
