"""A shutdown has a verdict of its own."""

from __future__ import annotations

import pytest
from conformance_tests.unit.made_cases import a_finding
from conformance_tests.unit.rules.hygiene.wire_story import told

from fillproof.harness.rules.run.farewell import shutdown_of
from fillproof.harness.verdict import Finding, Outcome

LEAK = a_finding("T12", Outcome.NON_STRICT)
SENT = a_finding("H7")
LOST_FILL = a_finding("L6")


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ((), Outcome.PASS),
        ((LOST_FILL,), Outcome.PASS),
        ((LEAK,), Outcome.NON_STRICT),
        ((LEAK, SENT, LOST_FILL), Outcome.FAIL),
    ],
)
def test_only_what_is_about_the_stop_counts(found: tuple[Finding, ...], outcome: Outcome) -> None:
    """What was told wrong before says nothing about how the connector left."""
    assert shutdown_of(told("stopping", "left"), found) is outcome


def test_who_was_never_stopped_has_none() -> None:
    """A world that ended before has nothing to say of it, unless the stop never ended."""
    assert shutdown_of(told("ask"), ()) is None
    assert shutdown_of(told("ask"), (a_finding("T14"),)) is Outcome.FAIL
