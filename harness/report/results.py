"""Gathers the events of a run into the one value that reports are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fillproof.harness.runner import (
    CaseFinished,
    ConnectorSkipped,
    Counts,
    RunEvent,
    RunFinished,
    RunStarted,
    Status,
)

FEW = 3
"""Of so many cases of a connector whoever named them wants to see all, what is known too."""


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run: what was skipped, every case in its order, and how it ended.

    The recordings are let go; the history stays of cases that have something to show of it. Known
    failures show it only where their connector ran few cases.
    """

    skipped: tuple[ConnectorSkipped, ...]
    cases: tuple[CaseFinished, ...]
    counts: Counts
    exit_code: int

    @property
    def connectors(self) -> tuple[str, ...]:
        """The connectors that ran, in order of first case."""
        return tuple(dict.fromkeys(finished.case.connector for finished in self.cases))


def gather(events: Iterable[RunEvent]) -> Results:
    """Return the results of a run that ended; raises ValueError when it did not."""
    skipped: list[ConnectorSkipped] = []
    cases: list[CaseFinished] = []
    planned: Counter[str] = Counter()
    for event in events:
        match event:
            case RunStarted():
                planned.update(case.connector for case in event.cases)
            case ConnectorSkipped():
                skipped.append(event)
            case CaseFinished():
                cases.append(_light(event, few=planned[event.case.connector] <= FEW))
            case RunFinished():
                return Results(tuple(skipped), tuple(cases), event.counts, event.exit_code)
    raise ValueError("the run has no RunFinished: it did not end")


def _light(finished: CaseFinished, *, few: bool) -> CaseFinished:
    untold = finished.status in {Status.UNKNOWN, Status.ERROR}
    shown = finished.new or untold or (few and finished.known)
    return replace(finished, lines=(), history=finished.history if shown else None)
