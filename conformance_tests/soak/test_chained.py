"""A slice of the lives on chains; and each of them can be taken back, and meets a fault."""

from __future__ import annotations

from itertools import islice

import pytest
from conformance_tests.soak.chained import (
    CONNECTORS,
    drawn_on_chains,
    lives_in,
    was_reorganised,
)
from conformance_tests.soak.faulted import Tally, cases, count

from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.scenario.faults import CATALOGUE

SEED, RUNS = 7, 30
ABILITIES = Abilities("1", frozenset(), frozenset({"centralised", "decentralised"}))


def test_every_life_is_on_a_chain_that_takes_blocks_back_and_meets_a_fault() -> None:
    """Reorganisations and faults come together, and the same seed draws the same."""
    drawn = list(islice(drawn_on_chains(ABILITIES, SEED, None), RUNS))
    faults = {fault.op for fault in CATALOGUE}
    for document in drawn:
        chain = document["venue"]["chain"]
        assert chain["chances"]["reorganise"]
        assert chain["finality"]
        assert any(step["op"] in faults for step in document["steps"])
    assert drawn == list(drawn_on_chains(ABILITIES, SEED, RUNS))


@pytest.mark.slow
@pytest.mark.parametrize("connector", CONNECTORS)
def test_the_references_keep_every_rule_on_chains(connector: str) -> None:
    """Nothing is wrong in a slice by seed, and blocks were taken back in it."""
    tally, lives, reorganised = Tally(), 0, 0
    for finished in cases(RUNS, SEED, 2, connector, drawn_on_chains):
        count(tally, finished)
        lives += lives_in(finished)
        reorganised += was_reorganised(finished)
    assert tally.wrong == 0, str(tally)
    assert lives
    assert reorganised
