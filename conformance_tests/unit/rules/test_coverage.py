"""What a case puts to the test, and when two cases are the same story."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import history

from fillproof.harness.rules.coverage import FAULTS, NO_FAULT, WHOLE, covered
from fillproof.harness.scenario.actions import ACTIONS

PLAIN = "place; new; <new; Created; trade 0.2; <fill; Filled 0.2"
SAME = [
    ("another amount", PLAIN.replace("0.2", "0.3")),
    ("another price", PLAIN.replace("place", "place at=29001")),
    ("a moment more", PLAIN.replace("trade", "wait 1; trade")),
]
OTHER = [
    ("the other side", PLAIN.replace("place", "place side=SELL")),
    ("another fill", f"{PLAIN}; trade 0.2; <fill; Filled 0.2"),
    ("an event late", PLAIN.replace("Filled", "wait 6; Filled")),
    ("an event missing", PLAIN.replace("; Filled 0.2", "")),
    ("a fault", PLAIN.replace("new;", "new; arm what=drop; fire; heal;", 1)),
    ("another channel", PLAIN.replace("<fill", "<fill on=trades_reply")),
]


@pytest.mark.parametrize("story", [story for _, story in SAME], ids=[name for name, _ in SAME])
def test_what_no_rule_can_tell_apart_is_one_story(story: str) -> None:
    """Amounts, ids and exact times make no new case."""
    assert covered(history(story)).shape == covered(history(PLAIN)).shape


@pytest.mark.parametrize("story", [story for _, story in OTHER], ids=[name for name, _ in OTHER])
def test_what_a_rule_can_tell_apart_is_another_story(story: str) -> None:
    """Who, what, in which order, after which fault, in time or late."""
    assert covered(history(story)).shape != covered(history(PLAIN)).shape


def test_a_rule_is_put_to_the_test_by_what_it_can_judge() -> None:
    """L6 needs a fill, L8 an end; every order has its side."""
    cells = {(cell.rule, cell.side) for cell in covered(history(PLAIN)).cells}
    assert ("L6", "BUY") in cells
    assert not {("L8", "BUY"), ("L6", "SELL")} & cells


def test_a_rule_of_whole_cases_has_no_side() -> None:
    """A book of fills is judged when there is one; a stream that never ended is not."""
    cells = {(cell.rule, cell.side) for cell in covered(history(PLAIN)).cells}
    assert ("C2", WHOLE) in cells
    assert ("S3", WHOLE) not in cells


def test_a_fault_counts_once_it_has_met_something() -> None:
    """What was armed and never fired has put nothing to the test."""
    armed = covered(history(PLAIN.replace("new;", "new; arm what=drop; heal;", 1)))
    fired = covered(history(PLAIN.replace("new;", "new; arm what=drop; fire; heal;", 1)))
    assert {cell.fault for cell in armed.cells} == {NO_FAULT}
    assert {cell.fault for cell in fired.cells} == {"drop"}


def test_every_fault_of_a_scenario_has_its_column() -> None:
    """Nothing that a scenario can ask for is left out of the table."""
    of_scenarios = list(ACTIONS)
    faults = of_scenarios[of_scenarios.index("hold") : of_scenarios.index("heal")]
    assert set(FAULTS) == {NO_FAULT, *faults}
