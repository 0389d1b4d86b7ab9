"""The bar itself, by rich."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class RichBar:
    """One task of rich's progress display."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def update(self, *, total: int | None = None, completed: int | None = None) -> None:
        """Say how much there is, or how much of it is done."""
        self._progress.update(self._task, total=total, completed=completed)

    def advance(self) -> None:
        """One more is done."""
        self._progress.advance(self._task)

    def say(self, text: str) -> None:
        """Show what is on."""
        self._progress.update(self._task, description=text)


@contextmanager
def rich_bar() -> Iterator[RichBar]:
    """Show a bar on stderr for as long as the context lasts."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield RichBar(progress, progress.add_task("", total=None))
