"""Says on stderr how far long work is: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import click

Event = TypeVar("Event")


class Bar(Protocol):
    """What an event may do to the bar: say how much there is, how much is done, and what is on."""

    def update(self, *, total: int | None = None, completed: int | None = None) -> None: ...

    def advance(self) -> None: ...

    def say(self, text: str) -> None: ...


def shown(
    events: Iterable[Event],
    line: Callable[[Event], str | None],
    move: Callable[[Event, Bar], None],
    *,
    quiet: bool,
) -> Iterator[Event]:
    """Yield the events unchanged; `move` moves the bar, `line` is what stands for it elsewhere."""
    if quiet:
        yield from events
    elif sys.stderr.isatty():
        yield from _with_bar(events, move)
    else:
        yield from _with_lines(events, line)


def _with_lines(events: Iterable[Event], line: Callable[[Event], str | None]) -> Iterator[Event]:
    for event in events:
        text = line(event)
        if text is not None:
            click.echo(text, err=True)
        yield event


def _with_bar(events: Iterable[Event], move: Callable[[Event, Bar], None]) -> Iterator[Event]:
    from fillproof.harness.cli.rich_bar import rich_bar  # noqa: PLC0415 - only a terminal pays

    with rich_bar() as bar:
        for event in events:
            move(event, bar)
            yield event
