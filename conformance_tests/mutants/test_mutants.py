"""Mutants of the reference: what they are, who judges them, and a slice of them by seed."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from conformance_tests.mutants.adapter import FOLDER
from conformance_tests.mutants.judging import judged, nearest
from conformance_tests.mutants.mutant import FILES, Mutant, drawn, mutants
from conformance_tests.mutants.survivors import Reviewed, entry_for, reviewed
from conformance_tests.mutants.witnesses import (
    OF_A_DEX,
    REFERENCE,
    Witness,
    everything,
    few,
    panel,
    witnesses,
)

SEED, SLICE, MOST = 7, 8, 6
PANEL = (
    "cancels/crossing_a_fill",
    "cancels/partly_filled",
    "expiries/ioc_rest",
    "known_bugs/all_fills_lost_then_cancelled",
    "outcomes/reply_dropped",
    "partial_fills/matched_on_arrival",
    "post_cancel_fills/two",
    "rejections/below_minimum_notional",
    "rejections/by_the_venue",
)
"""Few scenarios that go far through the reference."""


def test_a_mutant_has_a_name_of_its_own() -> None:
    """What is reviewed of one mutant is not taken for another's."""
    keys = [one.key for one in mutants()]
    assert len(set(keys)) == len(keys)
    assert {key.file for key in keys} == set(FILES)


def test_the_same_seed_draws_the_same_mutants() -> None:
    """A slice is the same wherever it is judged."""
    assert drawn(20, SEED) == drawn(20, SEED)
    assert set(drawn(5, SEED)) < set(drawn(20, SEED))
    assert drawn(20, SEED) != drawn(20, SEED + 1)


def test_a_mutant_is_the_reference_but_for_one_change() -> None:
    """Its source can be compiled, and is not the reference's."""
    for one in random.Random(SEED).sample(mutants(), 8):
        original = (FOLDER / f"{one.key.file}.py").read_text(encoding="utf-8")
        assert ast.dump(ast.parse(one.source)) != ast.dump(ast.parse(original)), one.key


def test_who_runs_most_that_is_rare_of_a_function_judges_first() -> None:
    """A scenario that alone runs a branch is asked before all that run what everybody does."""
    usual = Witness("usual", {}, {"order": frozenset({1, 2})}, frozenset(), 10)
    other = Witness("other", {}, {"order": frozenset({1, 2})}, frozenset(), 20)
    rare = Witness("rare", {}, {"order": frozenset({1, 2, 3})}, frozenset(), 10)
    away = Witness("away", {}, {"order": frozenset({9})}, frozenset(), 1)
    order = nearest((usual, away, other, rare), "order", frozenset(range(1, 6)))
    assert [one.name for one in order] == ["rare", "usual", "away", "other"]


def test_what_few_scenarios_run_is_run_by_two_of_the_panel() -> None:
    """Two scenarios that run a line kill more than one; a third that adds nothing is left out."""
    short = Witness("short", {}, {"order": frozenset({1})}, frozenset(), 1)
    other = Witness("other", {}, {"order": frozenset({1})}, frozenset(), 2)
    third = Witness("third", {}, {"order": frozenset({1})}, frozenset(), 3)
    rare = Witness("rare", {}, {"order": frozenset({1, 2})}, frozenset(), 9, OF_A_DEX)
    assert few((third, rare, other, short)) == [short, other, rare]


def test_the_panel_is_of_packaged_scenarios() -> None:
    """Each line of the panel names a scenario that there is, and a connector that stands on it."""
    assert set(panel()) <= set(everything())


def test_a_change_is_near_where_what_it_names_is_used() -> None:
    """Who runs the lines that use a constant judges its mutants first."""
    lines = (FOLDER / "afterlife.py").read_text(encoding="utf-8").splitlines()
    (stated,) = {one.near for one in mutants() if one.key.line.startswith("LAGS_NS =")}
    assert len(stated) > 1
    assert all("LAGS_NS" in lines[number - 1] for number in stated)


def test_every_survivor_that_is_listed_has_a_reason_and_is_a_mutant() -> None:
    """A list that speaks of code that is gone is a list that nobody reads."""
    keys = [one.key for one in mutants()]
    for entry in reviewed():
        assert len(entry.reason) > 10, entry
        assert any(entry.covers(key) for key in keys), f"no mutant is left of {entry}"


def test_an_entry_speaks_of_what_its_keys_fit(tmp_path: Path) -> None:
    """What is not said matches everything; the first entry that fits counts."""
    file = tmp_path / "survivors.yaml"
    file.write_text("- {file: facts, why: equivalent, reason: words}\n- {why: unseen, reason: x}\n")
    entries = reviewed(file)
    (of_facts,) = (one for one in mutants() if one.key.file == "facts" and one.index == 0)
    (of_order,) = (one for one in mutants() if one.key.file == "order" and one.index == 0)
    assert entry_for(of_facts.key, entries) == entries[0]
    assert entry_for(of_order.key, entries) == entries[1]
    file.write_text("- {file: facts, why: lazy, reason: words}\n")
    with pytest.raises(ValueError, match="lazy"):
        reviewed(file)


@pytest.mark.slow
def test_a_slice_of_the_mutants_is_found_wrong() -> None:
    """Most that matter of those that few scenarios can judge are killed by these few alone."""
    by = witnesses(2, [(name, REFERENCE) for name in PANEL])
    assert {one.name for one in by} == set(PANEL), "the reference passes them"
    entries = reviewed()
    chosen = [one for one in drawn(60, SEED) if _matters(one, entries, by)][:SLICE]
    found = list(judged(chosen, by, jobs=2, most=MOST))
    survivors = [one.mutant.key for one in found if not one.is_killed]
    assert len(found) == SLICE
    assert len(survivors) <= SLICE // 2, survivors


def _matters(one: Mutant, entries: tuple[Reviewed, ...], by: tuple[Witness, ...]) -> bool:
    return entry_for(one.key, entries) is None and any(witness.runs(one) for witness in by)
