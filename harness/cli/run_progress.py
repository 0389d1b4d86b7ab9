"""How far a run is: a line, or a step of the bar, for each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.harness.cli.progress import Bar, shown
from fillproof.harness.runner import (
    CaseFinished,
    CaseStarted,
    ConnectorSkipped,
    RunEvent,
    RunStarted,
)


def with_progress(events: Iterable[RunEvent], quiet: bool) -> Iterator[RunEvent]:
    """Yield the events unchanged, and show them as they come."""
    return shown(events, _line, _move, quiet=quiet)


def _line(event: RunEvent) -> str | None:
    if not isinstance(event, CaseFinished):
        return None
    return f"{event.status:<11} {event.case.scenario} [{event.case.connector}]"


def _move(event: RunEvent, bar: Bar) -> None:
    match event:
        case RunStarted():
            bar.update(total=len(event.cases))
        case CaseStarted():
            bar.say(f"{event.case.scenario} [{event.case.connector}]")
        case CaseFinished() | ConnectorSkipped():
            bar.advance()
