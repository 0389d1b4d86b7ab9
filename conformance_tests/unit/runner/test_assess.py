"""How a verdict, the known failures and a second run make the status of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from conformance_tests.unit.made_cases import A_HISTORY, LINES, a_case, a_finding, a_pin, a_verdict

from fillproof.harness.history import RecordingError
from fillproof.harness.runner import KnownFailures, Pin, Status
from fillproof.harness.runner import assess as module
from fillproof.harness.runner.assess import assess
from fillproof.harness.runner.determinism import first_difference
from fillproof.harness.verdict import Finding, Outcome, Verdict

L4, L6 = a_finding("L4"), a_finding("L6")
SHOULD = a_finding("L10a", Outcome.NON_STRICT)


def judged_as(verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every recording judged so."""
    monkeypatch.setattr(module, "read_recording", lambda _: A_HISTORY)
    monkeypatch.setattr(module, "judge", lambda _: verdict)


@pytest.mark.parametrize(
    ("findings", "pins", "status", "new", "fixed"),
    [
        ([], [], Status.PASS, [], []),
        ([SHOULD], [], Status.NON_STRICT, [], []),
        ([L6], [], Status.FAIL, ["L6"], []),
        ([L6], [a_pin("L6")], Status.KNOWN, [], []),
        ([L6, SHOULD], [a_pin("L6", "fills/*")], Status.KNOWN, [], []),
        ([L4, L6], [a_pin("L6")], Status.FAIL, ["L4"], []),
        ([L6], [a_pin("L6", version="0.9")], Status.FAIL, ["L6"], []),
        ([], [a_pin("L6")], Status.FIXED, [], ["L6"]),
        ([], [a_pin("L6", "fills/*")], Status.FIXED, [], ["L6"]),
        ([L6], [a_pin("L6"), a_pin("L4")], Status.FIXED, [], ["L4"]),
        ([L6], [a_pin("L4")], Status.FAIL, ["L6"], ["L4"]),
        ([], [a_pin("L6", "fills/two")], Status.PASS, [], []),
        ([a_finding("R8", Outcome.UNKNOWN)], [a_pin("L6")], Status.UNKNOWN, [], []),
        ([a_finding("R8", Outcome.ERROR), L6], [], Status.ERROR, ["L6"], []),
    ],
)
def test_known_failures_change_how_a_case_counts(
    findings: Sequence[Finding],
    pins: Sequence[Pin],
    status: Status,
    new: Sequence[str],
    fixed: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All FAILs pinned: known. One that is not: FAIL. A pin that does not come true: fixed."""
    judged_as(a_verdict(*findings), monkeypatch)
    end = assess(a_case(), LINES, KnownFailures(tuple(pins)))
    assert end.status is status
    assert [finding.rule for finding in end.new] == new
    assert [pin.rule for pin in end.fixed] == fixed


@pytest.mark.parametrize(
    ("findings", "pins", "status", "new"),
    [
        ([], [], Status.PASS, []),
        ([SHOULD], [], Status.FAIL, ["L10a"]),
        ([SHOULD], [a_pin("L10a")], Status.KNOWN, []),
        ([a_finding("E1", Outcome.NON_STRICT)], [], Status.FAIL, ["E1"]),
        ([a_finding("L6", Outcome.INFO)], [], Status.INFO, []),
        ([L6, SHOULD], [a_pin("L6")], Status.FAIL, ["L10a"]),
        ([a_finding("R8", Outcome.UNKNOWN)], [], Status.UNKNOWN, []),
    ],
)
def test_to_a_strict_case_what_is_not_recommended_is_a_breach(
    findings: Sequence[Finding],
    pins: Sequence[Pin],
    status: Status,
    new: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SHOULD and tolerated traces fail it, and can be pinned; nothing else changes."""
    judged_as(a_verdict(*findings), monkeypatch)
    case = replace(a_case(), strict=True)
    end = assess(case, LINES, KnownFailures(tuple(pins)))
    assert end.status is status
    assert [finding.rule for finding in end.new] == new
    assert end.verdict is not None
    assert Outcome.NON_STRICT not in {end.verdict.outcome, *end.verdict.rules.values()}
    assert case.command.endswith("--seed 7 --strict")


def test_an_unsupported_case_says_nothing_about_its_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not asked cannot pass unexpectedly."""
    judged_as(a_verdict(outcome=Outcome.UNSUPPORTED), monkeypatch)
    assert assess(a_case(), LINES, KnownFailures((a_pin(),))).status is Status.UNSUPPORTED


def test_a_connector_that_never_got_ready_fixed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No step was carried out, so what is pinned had no chance to fail."""
    judged_as(a_verdict(a_finding("T2")), monkeypatch)
    end = assess(a_case(), LINES, KnownFailures((a_pin(),)))
    assert (end.status, end.fixed) == (Status.FAIL, ())


def test_a_recording_that_cannot_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case is ERROR and says why; there is no verdict."""

    def refuse(_: object) -> None:
        raise RecordingError("line 3: is cut off")

    monkeypatch.setattr(module, "read_recording", refuse)
    end = assess(a_case(), LINES, KnownFailures())
    assert (end.status, end.verdict) == (Status.ERROR, None)
    assert end.problem == "the recording cannot be judged: line 3: is cut off"


def test_a_case_that_two_runs_tell_differently_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the verdict: nothing holds that does not hold twice."""
    judged_as(a_verdict(), monkeypatch)
    end = assess(a_case(), LINES, KnownFailures(), first_difference(LINES, LINES[:1]))
    assert end.status is Status.ERROR
    assert "T-DETERMINISM" in str(end.difference)


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        (("a", "b"), ("a", "b"), None),
        (("a", "b"), ("a", "c"), 2),
        (("a", "b"), ("a",), 2),
        ((), ("a",), 1),
    ],
)
def test_the_first_line_that_differs_is_named(
    first: Sequence[str], second: Sequence[str], line: int | None
) -> None:
    """Also where one recording ends before the other."""
    difference = first_difference(first, second)
    assert (difference and difference.line) == line
