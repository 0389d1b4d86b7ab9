"""What a tortured case says: steps that a failed request made impossible say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fillproof.harness.runner import CaseFinished, Counts, RunEvent, RunFinished, Status
from fillproof.harness.runner.assess import STATUS_OF
from fillproof.harness.runner.events import exit_code
from fillproof.harness.verdict import worst

_COULD_NOT_BE = frozenset({"R7", "R9"})
"""An order that never was cannot be filled, nor can it be waited for."""


def without_what_could_not_be(events: Iterable[RunEvent]) -> Iterator[RunEvent]:
    """Yield the events of a run, its cases judged by all but what they could not ask for."""
    statuses: list[Status] = []
    incomplete = False
    for event in events:
        match event:
            case CaseFinished():
                told = _told(event)
                statuses.append(told.status)
                yield told
            case RunFinished(counts=counts, exit_code=number):
                incomplete = number != exit_code(counts, incomplete=False)
                counted = Counts.of(statuses)
                yield RunFinished(counted, exit_code(counted, incomplete))
            case _:
                yield event


def _told(end: CaseFinished) -> CaseFinished:
    if end.verdict is None or end.status is not Status.UNKNOWN:
        return end
    kept = tuple(one for one in end.verdict.findings if one.rule not in _COULD_NOT_BE)
    outcome = worst(finding.outcome for finding in kept)
    verdict = replace(end.verdict, findings=kept, outcome=outcome)
    return replace(end, verdict=verdict, status=STATUS_OF[outcome])
