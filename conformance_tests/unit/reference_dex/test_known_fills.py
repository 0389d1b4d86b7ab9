"""What a list of fills says of those that were heard of before."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.connectors.reference.facts import Fill, Seen, Status, TakenBack
from fillproof.harness.connectors.reference_dex.known_fills import KnownFills


def fill(trade_id: str, amount: str = "0.4", order: str = "7") -> Fill:
    return Fill(order, trade_id, Decimal(amount), Decimal(29000), None, time_ms=5)


def filled(amount: str, time_ms: int = 6) -> Seen:
    return Seen("7", Status.OPEN, Decimal(amount), time_ms)


def test_a_fill_that_is_listed_no_more_was_taken_back_once() -> None:
    """It is said once, with what it was; what is listed still stands."""
    known = KnownFills()
    known.note(fill("1"), 10)
    known.note(fill("2"), 20)
    gone = TakenBack("7", "1", Decimal("0.4"), Decimal(29000))
    assert known.compare("7", [fill("2")], asked_ns=30) == (gone,)
    assert known.compare("7", [fill("2")], asked_ns=40) == ()


def test_what_was_heard_of_after_the_question_may_be_newer_than_the_answer() -> None:
    """A list is of when it was asked for at the earliest."""
    known = KnownFills()
    known.note(fill("1"), 30)
    assert known.compare("7", [], asked_ns=30, shown=filled("0")) == ()
    assert len(known.compare("7", [], asked_ns=31, shown=filled("0"))) == 1


def test_a_list_that_lags_behind_takes_nothing_back() -> None:
    """What misses the latest fill may be the answer of a replica, unless another one says less."""
    known = KnownFills()
    known.note(fill("1"), 10)
    known.note(fill("2"), 20)
    assert known.compare("7", [], asked_ns=30) == ()
    assert known.compare("7", [fill("1")], asked_ns=30) == ()
    assert known.compare("7", [fill("1")], asked_ns=30, shown=filled("0.8")) == ()
    assert known.compare("7", [fill("1")], asked_ns=30, shown=filled("0.4")) == ()
    assert known.compare("7", [], asked_ns=30, shown=filled("0", time_ms=5)) == ()
    assert len(known.compare("7", [], asked_ns=30, shown=filled("0"))) == 2


def test_a_list_with_what_was_taken_back_lags_behind() -> None:
    """No trade comes again, so such a list is older than the one without it."""
    known = KnownFills()
    known.note(fill("1"), 10)
    assert len(known.compare("7", [fill("2")], asked_ns=20)) == 1
    known.note(fill("2"), 30)
    assert known.compare("7", [fill("1")], asked_ns=40, shown=filled("0.4")) == ()


def test_a_list_with_what_is_new_does_not_lag_behind() -> None:
    """Another trade is in the place of the one that was known."""
    known = KnownFills()
    known.note(fill("1"), 10)
    assert [one.trade_id for one in known.compare("7", [fill("2")], asked_ns=20)] == ["1"]


def test_a_fill_that_is_shown_again_is_not_newer_for_it() -> None:
    """What counts is when it was first heard of."""
    known = KnownFills()
    known.note(fill("1"), 10)
    known.note(fill("1"), 50)
    assert len(known.compare("7", [], asked_ns=20, shown=filled("0"))) == 1


def test_the_fills_of_another_order_are_not_missed() -> None:
    """The list is of one order."""
    known = KnownFills()
    known.note(fill("1", order="8"), 10)
    assert known.compare("7", [], asked_ns=20, shown=filled("0")) == ()


def test_the_total_is_of_what_was_heard_before_then() -> None:
    """A status is compared with what was known when it was asked for."""
    known = KnownFills()
    known.note(fill("1"), 10)
    known.note(fill("2", "0.1"), 20)
    assert known.total("7", before_ns=20) == Decimal("0.4")
    assert known.total("7", before_ns=21) == Decimal("0.5")
    assert known.total("8", before_ns=21) == 0
