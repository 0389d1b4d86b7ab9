"""What a chain may still do to an order that has ended, or was filled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conformance_tests.unit.reference.test_order_tracker import (
    SECOND,
    TICKET,
    seen,
)

from fillproof.harness.connectors.reference.facts import Seen
from fillproof.harness.connectors.reference.ledger import Ledger


def at(status: str, time_ms: int) -> Seen:
    return replace(seen(status.capitalize()), time_ms=time_ms)


@pytest.mark.parametrize(
    ("facts", "tracked_at"),
    [
        ("canceled@5", "14 no"),
        ("canceled@5 open@9", "14 24 99"),
        ("canceled@5 open@9 canceled@5", "14 no"),
        ("canceled@5 open@9 canceled@12", "14 21 no"),
        ("canceled@5 canceled@12/30", "14 21 no"),
        ("canceled@5 canceled@5", "14 no"),
        ("canceled@5 open@9 expired@12 expired@12", "14 21 no"),
    ],
)
def test_an_end_that_is_taken_back_is_none(facts: str, tracked_at: str) -> None:
    """The order is tracked while it is open again, and for a window after another end of it.

    Each fact is heard at its own second, or after the stroke. One that says the first end again was
    late; a later end that is heard of late moves the window by as much as it is later.
    """
    ledger = Ledger(grace_ns=10 * SECOND)
    order = ledger.track(TICKET)
    ledger.hear("a", (at("open", 1_000),), SECOND)
    for fact in facts.split():
        status, _, times = fact.partition("@")
        second, _, heard = times.partition("/")
        ledger.hear("a", (at(status, int(second) * 1000),), int(heard or second) * SECOND)
    for second in tracked_at.split():
        asked = 31 if second == "no" else int(second)
        ledger.release(order, asked * SECOND)
        assert (second == "no") is not ledger.holds(order), second
