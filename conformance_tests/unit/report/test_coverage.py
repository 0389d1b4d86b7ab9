"""The table of what a run puts to the test."""

from __future__ import annotations

from dataclasses import replace

from conformance_tests.unit.made_cases import a_case, an_end
from conformance_tests.unit.rules.build import history

from fillproof.harness.report.coverage import coverage_line, coverage_report
from fillproof.harness.report.results import Results, gather
from fillproof.harness.rules.coverage import FAULTS, covered
from fillproof.harness.runner import Counts, RunFinished, Status

STORIES = (
    "place; new; <new; Created; trade 0.2; <fill; Filled 0.2",
    "place; new; <new; Created; trade 0.3; <fill; Filled 0.3",
    "place side=SELL; new; arm what=drop; fire; heal; <new; Created; trade 0.2; <fill; Filled 0.2",
)


def results() -> Results:
    """Return a run of the stories."""
    ends = [
        replace(an_end(case=a_case(f"fills/{i}")), coverage=covered(history(story)))
        for i, story in enumerate(STORIES)
    ]
    return gather([*ends, RunFinished(Counts.of([Status.PASS] * 3), 0)])


def test_a_line_counts_cells_and_stories() -> None:
    """Two cases that are one story count once."""
    line = coverage_line(results(), "ccxt:binance")
    assert line.startswith("ccxt:binance: ")
    assert line.endswith("cells of rule x fault x side, 2 different stories in 3 cases")


def test_one_story_in_one_case_is_said_in_the_singular() -> None:
    """The line of a single scenario reads as it should."""
    end = replace(an_end(), coverage=covered(history(STORIES[0])))
    line = coverage_line(gather([end, RunFinished(Counts.of([Status.PASS]), 0)]), "ccxt:binance")
    assert line.endswith("cells of rule x fault x side, 1 story in 1 case")


def test_the_table_has_stories_by_fault_and_side() -> None:
    """One story buys without a fault, one sells under a dropped message."""
    lines = coverage_report(results()).splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:18]}
    assert lines[1].split()[:6] == ["rule", "none", "hold", "delay", "drop", "duplicate"]
    assert rows["L6"][:5] == ["1/-", "-", "-", "-/1", "-"]
    assert rows["L8"] == ["-"] * len(FAULTS)


def test_rules_of_whole_cases_have_a_table_of_their_own() -> None:
    """They have no sides, and what no case brings them is no hole."""
    lines = coverage_report(results()).splitlines()
    begin = lines.index("different stories that a rule of whole cases judges, by fault")
    rows = {line.split()[0]: line.split()[1:] for line in lines[begin + 2 : -1]}
    assert rows["C2"][:5] == ["1", "-", "-", "1", "-"]
    assert rows["S3"] == ["-"] * len(FAULTS)


def test_holes_are_named() -> None:
    """What no case brings a rule is listed by rule and side; what cannot be is said to be none."""
    text = coverage_report(results())
    faults = ", ".join(fault for fault in FAULTS if fault != "drop")
    assert f"  L6 SELL: {faults}" in text
    assert "no holes: L3 beside a fault, since nothing is sent that a fault could meet" in text
