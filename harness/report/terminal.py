"""What a run says at its end on a terminal: findings first, the number last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fillproof.harness.report.case_text import finding_text, notes, reason
from fillproof.harness.report.clean import clean
from fillproof.harness.report.coverage import coverage_line
from fillproof.harness.report.finding import WIDTH
from fillproof.harness.report.matrix import matrix
from fillproof.harness.report.results import Results
from fillproof.harness.rules.wording import seconds
from fillproof.harness.runner import CaseFinished, Status
from fillproof.harness.verdict import Finding, Outcome

LINE = "-" * WIDTH


def terminal_report(results: Results, *, ascii_only: bool = False) -> str:
    """Return the text: findings, what is no plain pass and why, matrix, last line."""
    parts = [
        *_findings(results.cases, ascii_only),
        *_block("Could not be told:", _untold(results.cases)),
        *_block("Unexpected passes; take them out of the known failures:", _fixed(results.cases)),
        *_block("Not as recommended, or as a faulty message said:", _lax(results.cases)),
        *_block("Known failures, each cause once:", _known(results.cases, ascii_only)),
        *_block("Not to be had, so not judged:", _unsupported(results.cases)),
        *_block("Skipped:", (event.message for event in results.skipped)),
    ]
    if results.cases:
        parts.append("\n".join((LINE, *matrix(results))))
        parts.append("\n".join(coverage_line(results, name) for name in results.connectors))
        said = ([say(results, n) for n in results.connectors] for say in (_slowest, _shutdowns))
        parts += ["\n".join(filter(None, lines)) for lines in said if any(lines)]
    parts += _block("Touched at run time, the source being the release's:", _touches(results))
    return clean("\n\n".join((*parts, last_line(results))))


def last_line(results: Results) -> str:
    """Return the line every run ends with: the exit code, and what made it."""
    counts = results.counts
    told = [
        f"{counts.judged} case{'' if counts.judged == 1 else 's'} judged",
        f"{counts[Status.FAIL]} new FAIL",
        f"{counts[Status.KNOWN]} known",
        f"{counts[Status.UNKNOWN]} UNKNOWN",
        f"{counts[Status.ERROR]} ERROR",
    ]
    if counts[Status.FIXED]:
        told.insert(3, f"{counts[Status.FIXED]} unexpected pass")
    return f"exit {results.exit_code}: {', '.join(told)}"


def _findings(cases: Iterable[CaseFinished], ascii_only: bool) -> Iterator[str]:
    """Yield the new findings: the first of a connector and rule whole, the others by a line."""
    groups: dict[tuple[str, str], list[tuple[CaseFinished, Finding]]] = {}
    for finished in cases:
        for finding in finished.new:
            key = (finished.case.connector, finding.rule)
            groups.setdefault(key, []).append((finished, finding))
    for (finished, finding), *others in groups.values():
        text = finding_text(finished, finding, ascii_only=ascii_only)
        yield "\n".join((LINE, text, *_again(finished, others)))


def _again(shown: CaseFinished, others: Iterable[tuple[CaseFinished, Finding]]) -> Iterator[str]:
    """Yield a line for each finding that is not shown whole, and for each case only one."""
    cases = {id(shown)}
    for finished, finding in others:
        if finished is shown:
            yield f"{finding.rule} again, in this case: {finding.actual}"
        elif id(finished) not in cases:
            cases.add(id(finished))
            yield f"{finding.rule} again: {finished.case.command}"


def _touches(results: Results) -> Iterator[str]:
    """Yield what each adapter does to its library; no verdict goes without it."""
    for connector in results.connectors:
        own = (c.verdict for c in results.cases if c.case.connector == connector)
        touches = dict.fromkeys(t for verdict in own if verdict for t in verdict.touches)
        yield from (f"{connector} {touch}" for touch in touches)


def _slowest(results: Results, connector: str) -> str:
    """Return which case took longest to tell, after the last fault, what had been hidden."""
    took = [
        (verdict.converged_after, verdict.convergence_bound, finished.case.scenario)
        for finished in results.cases
        if finished.case.connector == connector
        and (verdict := finished.verdict) is not None
        and verdict.converged_after is not None
    ]
    if not took:
        return ""
    slowest, bound, scenario = max(took, key=lambda one: one[0])
    return (
        f"{connector}: caught up {seconds(slowest)} after the last fault at the latest "
        f"({scenario}; the bound is {seconds(bound)})"
    )


def _shutdowns(results: Results, connector: str) -> str:
    """Return how the connector took its leave, which is a verdict of its own."""
    said = [
        (outcome, finished.case.scenario)
        for finished in results.cases
        if finished.case.connector == connector
        and finished.verdict is not None
        and (outcome := finished.verdict.shutdown) is not None
    ]
    unclean = [scenario for outcome, scenario in said if outcome is not Outcome.PASS]
    if not unclean:
        return ""
    return f"{connector}: {len(unclean)} of {len(said)} shutdowns were not clean ({unclean[0]})"


def _untold(cases: Iterable[CaseFinished]) -> Iterator[str]:
    for finished in cases:
        if finished.status in {Status.UNKNOWN, Status.ERROR}:
            yield f"{finished.status} {finished.case.command}"
            yield from (f"  {line}" for note in notes(finished) for line in note.splitlines())


def _lax(cases: Iterable[CaseFinished]) -> Iterator[str]:
    for finished in cases:
        if finished.status in {Status.NON_STRICT, Status.INFO}:
            yield f"{finished.status} {finished.case.command}"
            yield f"  {reason(finished)}"


def _unsupported(cases: Iterable[CaseFinished]) -> Iterator[str]:
    """Yield each reason once a connector, and how many cases it left out."""
    reasons = Counter(
        (finished.case.connector, reason(finished))
        for finished in cases
        if finished.status is Status.UNSUPPORTED
    )
    for (connector, why), count in reasons.items():
        yield f"{connector}: {why}" + (f" ({count} cases)" if count > 1 else "")


def _known(cases: Iterable[CaseFinished], ascii_only: bool) -> Iterator[str]:
    """Yield each cause once a connector: its rule, its reason, and in how many cases it shows.

    Where a connector ran few cases, the evidence is below.
    """
    causes: dict[tuple[str, str, str], list[tuple[CaseFinished, Finding]]] = {}
    for finished in cases:
        for finding, pin in finished.known:
            cause = (finished.case.connector, pin.rule, pin.reason)
            causes.setdefault(cause, []).append((finished, finding))
    for (connector, rule, why), found in causes.items():
        count = len({id(finished) for finished, _ in found})
        yield f"{connector} {rule}: {why}" + (f" ({count} cases)" if count > 1 else "")
        (first, finding), *others = found
        if first.history is not None:
            text = finding_text(first, finding, ascii_only=ascii_only)
            yield "\n".join(("", text, *_again(first, others), ""))


def _fixed(cases: Iterable[CaseFinished]) -> Iterator[str]:
    for finished in cases:
        for pin in finished.fixed:
            yield f"{pin.rule} {finished.case.command}"
            yield f"  was expected to fail: {pin.reason}"


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    text = "\n".join(lines).rstrip()
    if text:
        yield f"{LINE}\n{title}\n{text}"
