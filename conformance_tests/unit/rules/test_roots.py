"""Which findings are counted, and which follow from others."""

from __future__ import annotations

from conformance_tests.unit.rules.build import verdict

from fillproof.harness.rules import Finding, Outcome
from fillproof.harness.rules.roots import roots_of

LIVES = "place; new; <new; Created"


def _finding(rule: str, at: int, outcome: Outcome = Outcome.FAIL, order: str = "a") -> Finding:
    return Finding(rule, outcome, (), "", "", at, order=order)


def _shape(*found: Finding) -> list[tuple[str, list[str]]]:
    return [(root.rule, [under.rule for under in root.implied]) for root in roots_of(found)]


def test_what_an_earlier_finding_explains_is_listed_under_it() -> None:
    """A doubled fill explains the wrong sum that follows."""
    assert _shape(_finding("L7", 9), _finding("L6", 5)) == [("L6", ["L7"])]


def test_what_came_before_is_not_explained() -> None:
    """A finding explains nothing that was there before it."""
    assert _shape(_finding("L6", 4), _finding("L8", 5)) == [("L6", []), ("L8", [])]


def test_another_order_is_not_explained() -> None:
    """What happened to one order says nothing of another."""
    assert _shape(_finding("L6", 5), _finding("L7", 9, order="b")) == [("L6", []), ("L7", [])]


def test_consequences_of_consequences_belong_to_the_root() -> None:
    """A doubled fill, a doubled Completed of it, and so two ends: one cause."""
    found = _finding("L6", 5), _finding("L7", 8), _finding("L10", 8)
    assert _shape(*found) == [("L6", ["L7", "L10"])]


def test_one_rule_is_broken_once_an_order() -> None:
    """The second breach of a rule is listed under the first."""
    assert _shape(_finding("L6", 5), _finding("L6", 7)) == [("L6", ["L6"])]


def test_a_lax_finding_hides_no_failure() -> None:
    """What is explained is at most as bad as what explains it, unless that was a lie told to it."""
    lax, bad = _finding("L8", 5, Outcome.NON_STRICT), _finding("L10", 7)
    assert _shape(lax, bad) == [("L10", []), ("L8", [])]
    misled = _finding("L8", 5, Outcome.INFO)
    assert _shape(misled, bad) == [("L8", ["L10"])]


def test_a_trace_follows_from_the_worst() -> None:
    """An unexpected trace is listed under the failure, not under what is lax."""
    lax, bad = _finding("L10a", 5, Outcome.NON_STRICT), _finding("L10", 7)
    assert _shape(lax, bad, _finding("E1", 99)) == [("L10", ["E1"]), ("L10a", [])]


def test_the_verdict_counts_roots_only() -> None:
    """One cause, one finding: a false Failure and everything it loses."""
    said = verdict(f"{LIVES}; Failure; trade 1; <fill; <filled")
    (root,) = said.findings
    assert root.rule == "U1"
    assert {under.rule for under in root.implied} == {"L6", "L7", "C2"}
