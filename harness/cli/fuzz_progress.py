"""Says on stderr how far a search is: a bar on a terminal, else a line every so many runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from fillproof.harness.fuzz import FailureFound, FuzzEvent, FuzzStarted, RunJudged, Shrunk

EVERY = 50
"""Runs between two lines."""


def with_progress(events: Iterable[FuzzEvent], quiet: bool) -> Iterator[FuzzEvent]:
    """Yield the events unchanged, and show them as they come."""
    if quiet:
        yield from events
    elif sys.stderr.isatty():
        yield from _bar(events)
    else:
        yield from _lines(events)


def _lines(events: Iterable[FuzzEvent]) -> Iterator[FuzzEvent]:
    runs = 0
    for event in events:
        match event:
            case FuzzStarted():
                runs = event.runs
            case RunJudged() if event.number % EVERY == 0:
                click.echo(f"{event.number} of {runs} runs", err=True)
            case FailureFound():
                click.echo(_found(event), err=True)
        yield event


def _found(event: FailureFound) -> str:
    return f"{event.finding.rule} is broken by run {event.number}; looking for the smallest case"


def _bar(events: Iterable[FuzzEvent]) -> Iterator[FuzzEvent]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for event in events:
            match event:
                case FuzzStarted():
                    progress.update(task, total=event.runs)
                case RunJudged():
                    progress.update(task, completed=event.number)
                case FailureFound():
                    progress.update(task, description=_found(event))
                case Shrunk():
                    progress.update(task, description="")
            yield event
