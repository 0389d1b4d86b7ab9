"""Reading a recording: what is wrong with it, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conformance_tests.unit.rules.build import history, recording

from fillproof.harness.history import RecordingError, read_recording

LINES = recording("place; new; <new; Created; trade 0.2; <fill; Filled 0.2")


def _changed(n: int, **keys: object) -> list[str]:
    line = {**json.loads(LINES[n]), **keys}
    return [*LINES[:n], json.dumps(line), *LINES[n + 1 :]]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "line 1: the recording is empty"),
        (LINES[1:], "line 1: wrong sequence: n is 1, not 0"),
        ([*LINES[:4], *LINES[5:]], "line 5: wrong sequence: n is 5, not 4"),
        ([*LINES[:4], LINES[4][:30]], "line 5: is cut off after 30 characters"),
        ([*LINES[:4], "nonsense"], "line 5: is not JSON: Expecting value at column 1"),
        ([*LINES[:4], "[1]"], "line 5: is list; an object is expected"),
        ([*LINES[:4], "{}"], "line 5: 'n' is None; int expected"),
        (_changed(0, format=2), r"line 1 \(run header\): unknown format 2; this reads format 1"),
        (_changed(0, kind="phase"), "line 1: is run phase; run header comes first"),
        (_changed(3, ledger="rumour"), "line 4: unknown ledger 'rumour'"),
        (_changed(3, t=-1), "line 4 .*: time runs backwards: t is -1 after"),
        (_changed(2, call="pay"), r"line 3 \(told call\): unknown call 'pay'"),
        (_changed(2, amount=1), "line 3 .*: 'amount' is 1; a decimal number as text is expected"),
        (_changed(2, amount="NaN"), "line 3 .*: 'amount' is 'NaN'; a decimal number"),
        (_changed(2, market=None), "line 3 .*: 'market' is None; a text is expected"),
        (_changed(7, quantity=None), "line 8 .*: 'quantity' is None"),
    ],
)
def test_a_recording_that_cannot_be_judged_says_where_and_why(
    lines: list[str], message: str
) -> None:
    """The error names the line and what is wrong with it."""
    with pytest.raises(RecordingError, match=message):
        read_recording(lines)


def test_a_missing_key_is_named() -> None:
    """A line that lacks what its kind must have says so."""
    line = json.loads(LINES[2])
    del line["side"]
    with pytest.raises(RecordingError, match=r"line 3 \(told call\): has no 'side'"):
        read_recording([*LINES[:2], json.dumps(line), *LINES[3:]])


def test_a_recording_of_a_world_that_died_is_read_as_far_as_it_goes() -> None:
    """Without an end line everything before it still counts."""
    told = read_recording(LINES[:9])
    assert not told.ended
    assert told.settled is None
    assert told.orders[0].client_order_id == "id-a"


def test_an_order_has_its_story_ledger_by_ledger() -> None:
    """The call, what was told, what the venue did and what was heard stand together."""
    (order,) = read_recording(LINES).orders
    assert (order.label, order.place.side, str(order.place.amount)) == ("a", "BUY", "1")
    assert [event.name for event in order.told] == ["Created", "Filled"]
    assert [fact.fact for fact in order.facts] == ["status", "fill"]
    assert len(order.requests) == 1
    truth = order.truth
    assert truth is not None
    assert [report.execution_type for report in truth.reports] == ["New", "Trade"]
    assert (str(truth.filled), truth.is_open, truth.is_full) == ("0.2", True, False)


Property = Callable[..., object]


@pytest.mark.parametrize(
    ("story", "ending", "killed"),
    [
        ("place; new", None, False),
        ("place; new; trade 1", None, False),
        ("place; new; trade 0.2; cancels", "Canceled", False),
        ("place; new; expires", "Expired", False),
        ("place; new; rejects", "Rejected", False),
        ("place tif=IOC; new & expires", "Expired", True),
        ("place tif=IOC; new & trade 0.2 & expires", "Expired", False),
        ("place tif=IOC; new; expires", "Expired", False),
        ("place; new & expires", "Expired", False),
    ],
)
def test_truth_is_rebuilt_from_reports(story: str, ending: str | None, killed: bool) -> None:
    """The judge's own model says how an order ended and whether it was killed on arrival."""
    truth = history(story).orders[0].truth
    assert truth is not None
    assert (truth.ending, truth.killed_on_arrival) == (ending, killed)


def test_what_belongs_to_no_placed_order_is_kept_apart() -> None:
    """Events of unknown ids are orphans, accepted orders nobody placed are strays."""
    told = history("place; new; Created client_order_id=x; new client_order_id=y venue_order_id=7")
    assert [event.client_order_id for event in told.orphans] == ["x"]
    assert [truth.client_order_id for truth in told.strays] == ["y"]


def test_an_order_in_truth_is_found_by_the_venue_id_that_was_told() -> None:
    """A library that sends another id than it returns is understood through its Created."""
    told = history("place; new client_order_id=wire venue_order_id=7; Created venue_order_id=7")
    assert told.strays == ()
    assert told.orders[0].truth is not None


def test_faults_say_whether_a_message_may_have_been_altered() -> None:
    """A held message still says what the venue said; a failed one was written by the fault."""
    told = history(
        "place; new; arm what=hold; arm what=fail; arm what=cut; <new by=F1; <new by=F2; <new by=F3"
    )
    assert [(fact.heard, fact.altered) for fact in told.orders[0].facts] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_what_the_venue_sent_before_it_closed_is_heard() -> None:
    """Only who closed its own end does not read on; under way are words of the venue still."""
    story = "place; new; closed connection=c1 by={}; <new"
    facts = {by: history(story.format(by)).orders[0].facts for by in ("connector", "venue")}
    assert [fact.heard for fact in facts["connector"]] == [False]
    assert [fact.heard for fact in facts["venue"]] == [True]


def test_faults_are_over_when_each_was_healed() -> None:
    """The time since when nothing was disturbed is that of the last fault's end."""
    told = history("place; arm what=drop; fire; wait 5; heal")
    assert told.clear_since == told.lines[-3].t - 30 * 10**9
    assert history("place; arm what=drop; fire; dies").clear_since is None
    assert history("place; new").clear_since == 0


def test_what_happens_while_the_connector_is_stopped_is_no_evidence() -> None:
    """Stopping breaks off requests: what is told, delivered or reported then is not judged."""
    told = history("place; new; Created; quiet; stopping; Failure; cancels; <cancelled")
    (order,) = told.orders
    assert [event.name for event in order.told] == ["Created"]
    assert order.truth is not None
    assert order.truth.is_open
    assert order.facts == ()
