"""Says on stderr how far a run is: a bar on a terminal, else a line for each case."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from fillproof.harness.runner import (
    CaseFinished,
    CaseStarted,
    ConnectorSkipped,
    RunEvent,
    RunStarted,
)


def with_progress(events: Iterable[RunEvent], quiet: bool) -> Iterator[RunEvent]:
    """Yield the events unchanged, and show them as they come."""
    if quiet:
        yield from events
    elif sys.stderr.isatty():
        yield from _bar(events)
    else:
        yield from _lines(events)


def _lines(events: Iterable[RunEvent]) -> Iterator[RunEvent]:
    for event in events:
        if isinstance(event, CaseFinished):
            click.echo(_line(event), err=True)
        yield event


def _line(finished: CaseFinished) -> str:
    return f"{finished.status:<11} {finished.case.scenario} [{finished.case.connector}]"


def _bar(events: Iterable[RunEvent]) -> Iterator[RunEvent]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for event in events:
            match event:
                case RunStarted():
                    progress.update(task, total=len(event.cases))
                case CaseStarted():
                    what = f"{event.case.scenario} [{event.case.connector}]"
                    progress.update(task, description=what)
                case CaseFinished() | ConnectorSkipped():
                    progress.advance(task)
            yield event
