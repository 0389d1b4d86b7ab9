"""A tortured case is judged by all but the steps that its failed request made impossible."""

from __future__ import annotations

from collections.abc import Sequence

from conformance_tests.unit.made_cases import a_finding, an_end

from fillproof.harness.runner import CaseFinished, Counts, RunEvent, RunFinished, Status
from fillproof.harness.runner.events import exit_code
from fillproof.harness.torture import without_what_could_not_be
from fillproof.harness.verdict import Finding, Outcome


def told(status: Status, *findings: Finding) -> tuple[CaseFinished, RunFinished]:
    """Return how a run of one case with these findings is told."""
    end = an_end(status, *findings)
    counts = Counts.of([status])
    run_over = RunFinished(counts, exit_code(counts, incomplete=False))
    events: Sequence[RunEvent] = (end, run_over)
    case, run = without_what_could_not_be(events)
    assert isinstance(case, CaseFinished)
    assert isinstance(run, RunFinished)
    return case, run


def test_a_step_that_could_not_be_says_nothing() -> None:
    """An order that was never accepted cannot be filled, nor waited for."""
    missed = a_finding("R7", Outcome.UNKNOWN), a_finding("R9", Outcome.UNKNOWN)
    case, run = told(Status.UNKNOWN, *missed)
    assert case.status is Status.PASS
    assert case.verdict is not None
    assert case.verdict.findings == ()
    assert (run.exit_code, run.counts[Status.PASS]) == (0, 1)


def test_what_else_could_not_be_told_stays_unknown() -> None:
    """A fault that never fired is still what was asked for and did not happen."""
    case, run = told(Status.UNKNOWN, a_finding("R8", Outcome.UNKNOWN))
    assert case.status is Status.UNKNOWN
    assert run.exit_code == 3


def test_a_failure_stays_one() -> None:
    """What the connector told wrong is judged as ever."""
    case, run = told(Status.FAIL, a_finding("L6"))
    assert case.status is Status.FAIL
    assert run.exit_code == 1
