"""A slice of the lives on chains; and each of them can be taken back."""

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

SEED, RUNS = 7, 30
ABILITIES = Abilities("1", frozenset(), frozenset({"centralised", "decentralised"}))


def test_every_life_is_on_a_chain_that_takes_blocks_back() -> None:
    """The same seed draws the same, from whichever life on."""
    drawn = list(islice(drawn_on_chains(ABILITIES, SEED), RUNS))
    for _, document in drawn:
        chain = document["venue"]["chain"]
        assert chain["chances"]["reorganise"]
        assert chain["finality"]
    assert drawn[5:] == list(islice(drawn_on_chains(ABILITIES, SEED, 5), RUNS - 5))


@pytest.mark.slow
@pytest.mark.parametrize("connector", CONNECTORS)
def test_the_references_keep_every_rule_on_chains(connector: str) -> None:
    """Nothing is wrong in a slice by seed, and blocks were taken back in it."""
    tally, lives, reorganised = Tally(), 0, 0
    for finished in islice(cases(SEED, 2, connector, drawn_on_chains), RUNS):
        count(tally, finished)
        lives += lives_in(finished)
        reorganised += was_reorganised(finished)
    assert tally.wrong == 0, str(tally)
    assert lives
    assert reorganised
