"""Judges one recording and says how the case counts."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.harness.history import RecordingError, read_recording
from fillproof.harness.rules import judge
from fillproof.harness.rules.coverage import covered
from fillproof.harness.runner.cases import Case
from fillproof.harness.runner.determinism import Difference, digest
from fillproof.harness.runner.events import CaseFinished, Status
from fillproof.harness.runner.known_failures import KnownFailures, Pin
from fillproof.harness.verdict import Finding, Outcome, Verdict, strictly

STATUS_OF = {
    Outcome.PASS: Status.PASS,
    Outcome.NON_STRICT: Status.NON_STRICT,
    Outcome.INFO: Status.INFO,
    Outcome.UNSUPPORTED: Status.UNSUPPORTED,
    Outcome.FAIL: Status.FAIL,
    Outcome.UNKNOWN: Status.UNKNOWN,
    Outcome.ERROR: Status.ERROR,
}
UNTOLD = frozenset((Outcome.UNSUPPORTED, Outcome.UNKNOWN, Outcome.ERROR))
"""Outcomes that say nothing about whether a pinned failure is still there."""

_NEVER_RAN = frozenset(("T1", "T2"))
"""Rules by whose breach no step was ever carried out, so that nothing else could fail."""


def assess(
    case: Case,
    lines: Sequence[str],
    known: KnownFailures,
    difference: Difference | None = None,
) -> CaseFinished:
    """Return the end of a case whose recording is there.

    A recording that cannot be read, and one that a second run did not repeat (`difference`), is an
    ERROR. In a strict case what is not recommended counts as a breach.
    """
    try:
        history = read_recording(lines)
    except RecordingError as problem:
        return no_verdict(case, f"the recording cannot be judged: {problem}", lines)
    verdict = strictly(judge(history)) if case.strict else judge(history)
    pins = known.covering(case.connector, verdict.version, case.scenario)
    expected = {pin.rule: pin for pin in pins}
    broken = [finding for finding in verdict.findings if finding.outcome is Outcome.FAIL]
    new = tuple(finding for finding in broken if finding.rule not in expected)
    fixed = _fixed(pins, broken, verdict)
    return CaseFinished(
        case,
        Status.ERROR if difference else _status(verdict, new, fixed),
        verdict=verdict,
        history=history,
        lines=tuple(lines),
        digest=digest(lines),
        new=new,
        known=tuple(
            (finding, expected[finding.rule]) for finding in broken if finding.rule in expected
        ),
        fixed=fixed,
        difference=difference,
        coverage=covered(history),
    )


def no_verdict(case: Case, problem: str, lines: Sequence[str] = ()) -> CaseFinished:
    """Return the end of a case of which nothing can be said, and why."""
    return CaseFinished(
        case,
        Status.ERROR,
        verdict=None,
        history=None,
        lines=tuple(lines),
        digest=digest(lines),
        problem=problem,
    )


def _fixed(pins: Sequence[Pin], broken: Sequence[Finding], verdict: Verdict) -> tuple[Pin, ...]:
    rules = {finding.rule for finding in broken}
    if verdict.outcome in UNTOLD or rules & _NEVER_RAN:
        return ()
    return tuple(pin for pin in pins if pin.rule not in rules)


def _status(verdict: Verdict, new: Sequence[Finding], fixed: Sequence[Pin]) -> Status:
    status = STATUS_OF[verdict.outcome]
    if status is Status.FAIL and not new:
        status = Status.KNOWN
    return Status.FIXED if fixed and not new else status
