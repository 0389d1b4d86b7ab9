"""T and R: what went wrong with the run itself, and who is to blame for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fillproof.harness.history import History
from fillproof.harness.history.model import Step, Trouble
from fillproof.harness.rules.found import case_breach, end_of
from fillproof.harness.rules.rule import Rule
from fillproof.harness.rules.run.conduct import (
    FAULT_FIRED,
    STEP_DONE,
    STEP_POSSIBLE,
    TROUBLES,
    TRUTH_CAME,
    UNKNOWN_TROUBLE,
)
from fillproof.harness.rules.wording import times
from fillproof.harness.verdict import Finding, Severity

UNSUPPORTED = "unsupported"
"""The trouble of a case that the connector does not promise to be fit for."""

_ITS_OWN = "The connector is to blame: nothing else of this world did it."
_NEVER_RAN = "The connector never ran: nothing is said of it."
_BLAME = {
    Severity.MUST: _ITS_OWN,
    Severity.SHOULD: _ITS_OWN,
    Severity.OURS: "Ours: nothing is said of the connector.",
    Severity.ASKED: "What was asked for did not happen, so nothing can be told about it.",
}


def troubles(history: History) -> Iterator[Finding]:
    """T1 to T14, R1 to R4: every trouble is a finding of its own, however often it came."""
    alike: dict[tuple[str, str], list[Trouble]] = defaultdict(list)
    for trouble in history.troubles:
        if trouble.trouble != UNSUPPORTED:
            alike[trouble.trouble, trouble.message].append(trouble)
    for same in alike.values():
        rule = TROUBLES.get(same[0].trouble, UNKNOWN_TROUBLE)
        actual = _describe(same[0]) + times(len(same))
        yield _finding(rule, actual, same[0].n, why=_blame(history, rule, same[0].n))
    if not history.ended and not history.troubles:
        last = end_of(history) - 1
        yield _finding(UNKNOWN_TROUBLE, "the recording has no end, and nothing says why", last)


def _describe(trouble: Trouble) -> str:
    return "; ".join((trouble.trouble.replace("_", " "), *filter(None, [trouble.message])))


def steps_and_faults(history: History) -> Iterator[Finding]:
    """R5 to R8: every step could be done and was, and every fault met something."""
    for step in history.steps:
        place = f"step {step.index + 1} ({step.op}, line {step.line})"
        note = f": {step.note}" if step.note else ""
        if step.state == "impossible":
            yield _finding(STEP_POSSIBLE, f"{place} was not possible{note}", step.n)
        elif step.state == "unmet":
            yield _finding(STEP_DONE, f"{place} did not happen{note}", step.n, _label(step))
        elif step.state == "expired" and step.step.get("truth"):
            actual = f"{place}: {step.step['truth']} did not come to pass in time{note}"
            yield _finding(TRUTH_CAME, actual, step.n, _label(step))
        elif step.state == "expired" and step.step.get("wire"):
            actual = f"{place}: {step.step['wire']} did not cross in time{note}"
            yield _finding(STEP_DONE, actual, step.n)
    for fault in history.faults:
        if not fault.fired:
            actual = f"{fault.what} ({fault.fault}) was armed and met nothing"
            yield _finding(FAULT_FIRED, actual, fault.n)


def _label(step: Step) -> str | None:
    order = step.step.get("order")
    return None if order is None else str(order)


def _blame(history: History, rule: Rule, at: int) -> str:
    """Return who is to blame; where faults fired before, a connector has to bear them."""
    if rule is TROUBLES["import_failed"]:
        return _NEVER_RAN
    why = _BLAME[rule.severity]
    fired = [one for one in history.faults if any(n < at for n, _ in one.fired)]
    if why is not _ITS_OWN or not fired:
        return why
    told = ", ".join(f"{one.what} of {one.channel} ({one.fault})" for one in fired)
    return f"The connector is to blame: it has to bear what fired before, {told}."


def _finding(
    rule: Rule, actual: str, at: int, order: str | None = None, *, why: str | None = None
) -> Finding:
    return case_breach(
        rule.id,
        expected=rule.sentence,
        actual=actual,
        why=why or _BLAME[rule.severity],
        at=at,
        order=order,
    )
