"""One case in words: its findings, and why something could not be told."""

from __future__ import annotations

from fillproof.harness.report.finding import detail, render_finding
from fillproof.harness.runner import CaseFinished, Status
from fillproof.harness.verdict import Finding, Outcome, Verdict


def finding_text(finished: CaseFinished, finding: Finding, *, ascii_only: bool = False) -> str:
    """Return a finding on one screen, with the command that repeats it."""
    assert finished.history is not None, "a case with findings has a history"
    command = finished.case.command
    return render_finding(finding, finished.history, command, ascii_only=ascii_only)


def notes(finished: CaseFinished) -> list[str]:
    """Return, for a case that could not be judged or not be told, every reason."""
    reasons = [] if finished.problem is None else [finished.problem]
    if finished.difference is not None:
        reasons.append(str(finished.difference))
    if finished.verdict is not None:
        reasons += [
            "\n  ".join((f"{finding.rule}: {finding.actual} ({finding.why})", *places))
            for finding in finished.verdict.findings
            if finding.outcome in {Outcome.UNKNOWN, Outcome.ERROR}
            for places in [detail(finding, finished.history) if finished.history else ()]
        ]
    return reasons


def reason(finished: CaseFinished) -> str:
    """Return in one line why a case has its status; empty for a plain pass."""
    verdict = finished.verdict
    match finished.status:
        case Status.FAIL:
            return "; ".join(f"{finding.rule}: {finding.actual}" for finding in finished.new)
        case Status.KNOWN:
            return "; ".join(f"{pin.rule}: {pin.reason}" for _, pin in finished.known)
        case Status.FIXED:
            return "; ".join(
                f"{pin.rule} is a known failure and did not fail: {pin.reason}"
                for pin in finished.fixed
            )
        case Status.UNKNOWN | Status.ERROR:
            return f"{finished.status}: {'; '.join(notes(finished))}".partition("\n")[0]
        case Status.UNSUPPORTED | Status.NON_STRICT | Status.INFO if verdict is not None:
            return _excuse(verdict)
    return ""


def _excuse(verdict: Verdict) -> str:
    """Return why a case that is no plain pass is no failure either."""
    if verdict.needs:
        needs = ", ".join(verdict.needs)
        return f"needs {needs}: not promised by the connector, or not to be had at its venue"
    return "; ".join(dict.fromkeys(f"{f.rule}: {f.actual} ({f.why})" for f in verdict.findings))


def case_text(finished: CaseFinished) -> str:
    """Return the whole story of a case that did not come out well; its new findings first."""
    texts = [finding_text(finished, finding) for finding in finished.new]
    if finished.status is not Status.FAIL:
        texts.append(reason(finished))
    return "\n\n".join((*texts, *(notes(finished) if finished.status is Status.ERROR else ())))
