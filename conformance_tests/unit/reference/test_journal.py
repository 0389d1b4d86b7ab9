"""The journal: a connector that takes it over goes on with the same orders."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from conformance_tests.unit.reference.scripted import (
    LOST,
    NO_SUCH_ORDER,
    TICKET,
    Script,
    fill,
    resumed,
    seen,
)

from fillproof.harness.connectors.reference.facts import Fact
from fillproof.harness.connectors.reference.ledger import Ledger

FILL = fill("1", "0.4")
OPEN = (seen("Open"),)
PARTLY = (FILL, seen("Open", "0.4"))
ENDING = (seen("Canceled", "0.4"),)

AT_EACH_STAGE: tuple[tuple[str, tuple[Fact, ...]], ...] = (
    ("nothing was heard", ()),
    ("it is open", OPEN),
    ("it is filled in part", PARTLY),
    ("it is over at the venue and a fill is missing", (*OPEN, *ENDING)),
)


@pytest.mark.parametrize(("how", "facts"), AT_EACH_STAGE, ids=[how for how, _ in AT_EACH_STAGE])
def test_what_is_written_down_is_how_the_order_stands(how: str, facts: tuple[Fact, ...]) -> None:
    """A ledger that takes the journal over, as JSON, writes the same journal."""
    ledger, heir = Ledger(), Ledger()
    ledger.track(TICKET)
    ledger.hear("a", facts, 0)
    written = ledger.journal.read()
    heir.restore(json.loads(json.dumps(written)), 7)
    assert heir.journal.read() == written, how
    assert heir.tracked() == ("a",)


def test_an_order_is_written_down_before_anything_of_it_is_sent() -> None:
    """Tracking writes at once: nothing is sent before the caller has its id back."""
    ledger = Ledger()
    ledger.track(TICKET)
    assert [entry["stage"] for entry in ledger.journal.read()] == ["sending"]


def test_an_order_that_ended_is_struck_off() -> None:
    """Whoever takes the journal over does not know the order any more."""
    ledger = Ledger()
    ledger.track(TICKET)
    ledger.hear("a", (fill("1", "1"),), 0)
    assert ledger.journal.read() == []


def test_a_fill_that_was_told_is_told_to_nobody_again() -> None:
    """The ids of the trades are in the journal."""
    ledger, heir = Ledger(), Ledger()
    ledger.track(TICKET)
    ledger.hear("a", PARTLY, 0)
    heir.restore(ledger.journal.read(), 0)
    assert heir.hear("a", PARTLY, 0) == ()
    told = heir.hear("a", (fill("2", "0.6"),), 0)
    assert [(event.event, event.base_amount) for event in told] == [
        ("Filled", None),
        ("Completed", Decimal(1)),
    ]


def test_fills_within_the_grace_window_are_told_after_a_restart() -> None:
    """The window begins anew: how much of it was left, the new process cannot know."""
    ledger, heir = Ledger(10), Ledger(10)
    ledger.track(TICKET)
    ledger.hear("a", (*OPEN, seen("Canceled")), 0)
    heir.restore(ledger.journal.read(), 5)
    (order,) = heir.orders()
    assert order.after.ends_ns == 15
    assert [event.event for event in heir.hear("a", (FILL,), 6)] == ["Filled"]


def test_an_order_that_was_open_is_asked_about_at_once() -> None:
    """What happened while nobody listened is found without waiting for a poll."""
    script = resumed(
        Script({"status": [(0, seen("Filled", "1"))], "trades": [(0, (fill("1", "1"),))]}), OPEN
    )
    assert script.asked == ["0 status", "0 trades"]
    assert script.told == ["0 Filled 1", "0 Completed", "over"]


def test_an_order_that_was_being_sent_and_arrived_is_created() -> None:
    """The venue knows it: so it was accepted."""
    script = resumed(Script({"status": [(0, seen("Open"))]}), (), seconds=15)
    assert script.told == ["1 Created", "tracked"]


def test_an_order_that_was_being_sent_and_never_arrived_fails_when_it_is_too_old() -> None:
    """Until the venue could not accept it any more, "no such order" proves nothing."""
    script = resumed(Script({"status": [(0, NO_SUCH_ORDER)]}), ())
    assert script.asked == [f"{t} status" for t in (1, 3, 7, 15)]
    assert script.told == ["15 Failure", "over"]


def test_a_venue_that_does_not_answer_is_asked_again() -> None:
    """Nothing is told of an order that nobody answered for."""
    script = resumed(Script({"status": [(10, LOST)]}), OPEN, seconds=40)
    assert script.told == ["tracked"]
