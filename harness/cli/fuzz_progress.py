"""How far a search is: a line every so many runs, or a bar over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.harness.cli.progress import Bar, shown
from fillproof.harness.fuzz import FailureFound, FuzzEvent, FuzzStarted, RunJudged, Shrunk

EVERY = 50
"""Runs between two lines."""


def with_progress(events: Iterable[FuzzEvent], quiet: bool) -> Iterator[FuzzEvent]:
    """Yield the events unchanged, and show them as they come."""
    return shown(events, _line, _move, quiet=quiet)


def _line(event: FuzzEvent) -> str | None:
    match event:
        case RunJudged() if event.number % EVERY == 0:
            return f"{event.number} runs"
        case FailureFound():
            return _found(event)
        case _:
            return None


def _found(event: FailureFound) -> str:
    return f"{event.finding.rule} is broken by run {event.number}; looking for the smallest case"


def _move(event: FuzzEvent, bar: Bar) -> None:
    match event:
        case FuzzStarted():
            bar.update(total=event.runs)
        case RunJudged():
            bar.update(completed=event.number)
        case FailureFound():
            bar.say(_found(event))
        case Shrunk():
            bar.say("")
