"""A slice of the count of faults by seed; and the whole catalogue can be drawn."""

from __future__ import annotations

import random

import pytest
from conformance_tests.soak.drawn_faults import a_fault, disturbed
from conformance_tests.soak.faulted import Tally, cases, count

from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.scenario import from_document
from fillproof.harness.scenario.faults import CATALOGUE, Fault

SEED, RUNS = 7, 40


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.op)
def test_every_fault_of_the_catalogue_can_be_drawn(fault: Fault) -> None:
    """A new fault is drawn from its schema, or this says that nobody knows how."""
    dice = random.Random(SEED)
    for _ in range(20):
        step = {**a_fault(fault, ("user_stream",), dice), "line": 1, "column": 1}
        assert from_document({**still_document(), "steps": [step]}).document()["steps"]


def test_the_same_seed_draws_the_same_faults() -> None:
    """What was found once is found again."""
    drawn = [disturbed(still_document(), random.Random(SEED)) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]["steps"]) > len(still_document()["steps"])


@pytest.mark.slow
def test_the_reference_keeps_every_rule_under_drawn_faults() -> None:
    """Nothing is wrong in a slice by seed, and faults of most kinds did fire in it."""
    tally = Tally()
    for finished in cases(RUNS, SEED, jobs=2):
        count(tally, finished)
    assert tally.runs == RUNS
    assert tally.wrong == 0, str(tally)
    assert len(tally.fired) > len(CATALOGUE) / 2, str(tally)
