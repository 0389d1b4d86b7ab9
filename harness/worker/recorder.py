"""Writes the recording: one line for everything told, sent, delivered, reported and done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import encoder
from typing import Any

from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.universe.places import way_of

_encode = encoder.c_make_encoder(  # type: ignore[attr-defined] # typeshed does not know it
    markers=None,
    default=encoder.JSONEncoder().default,
    encoder=encoder.encode_basestring_ascii,
    indent=None,
    key_separator=":",
    item_separator=",",
    sort_keys=False,
    skipkeys=False,
    allow_nan=True,
)
"""What JSONEncoder would make anew for each line: compact, and circles are not looked for."""

_LINE = '{"n":%d,"t":%d,"ledger":"%s","kind":"%s"%s}\n'


def encoded(value: Any) -> str:
    """Return a value as compact JSON."""
    return "".join(_encode(value, 0))


class Recorder:
    """Numbers the lines and stamps them with virtual time. `write` takes one line with its newline.

    Lines before the header are kept back, so that the header is always line 0.
    """

    def __init__(self, clock: Clock, write: Callable[[str], object]) -> None:
        self._clock = clock
        self._write = write
        self._count = 0
        self._before_header: list[tuple[int, str, str, str]] | None = []

    def header(self, **keys: Any) -> None:
        """Write line 0 and then what was kept back."""
        kept, self._before_header = self._before_header or [], None
        for number, line in enumerate([(0, "run", "header", _rest(keys)), *kept]):
            self._write(_LINE % (number, *line))
        self._count = len(kept) + 1

    def run(self, kind: str, **keys: Any) -> None:
        """Write a line of what was asked."""
        self.add("run", kind, _rest(keys))

    def told(self, kind: str, **keys: Any) -> None:
        """Write a line of what the strategy heard."""
        self.add("told", kind, _rest(keys))

    def wire(self, kind: str, **keys: Any) -> None:
        """Write a line of what crossed."""
        self.add("wire", kind, _rest(keys))

    def truth(self, kind: str, **keys: Any) -> None:
        """Write a line of what happened at the venue."""
        self.add("truth", kind, _rest(keys))

    def trouble(
        self, trouble: str, message: str, detail: tuple[str, ...] = (), **more: Any
    ) -> None:
        """Write that the run itself went wrong."""
        keys = {"trouble": trouble, "message": message, "detail": detail, **more}
        self.add("run", "trouble", _rest(keys))

    def add(self, ledger: str, kind: str, rest: str) -> None:
        """Write a line whose other keys are JSON already: `,"unit":1,"channel":"control"`."""
        moment = round(self._clock.now * NANOSECONDS)
        if self._before_header is not None:
            self._before_header.append((moment, ledger, kind, rest))
            return
        self._write(_LINE % (self._count, moment, ledger, kind, rest))
        self._count += 1


def _rest(keys: dict[str, Any]) -> str:
    """Return the keys as they follow the first four of a line."""
    return "," + encoded(keys)[1:-1] if keys else ""


RAISED = (Exception, SystemExit, asyncio.CancelledError)
"""What code under test may raise: the last is what a task is left with that it cancelled itself."""


@contextmanager
def recording_trouble(recorder: Recorder, trouble: str) -> Iterator[None]:
    """Record an exception of the code under test as `trouble` and go on."""
    try:
        yield
    except RAISED as error:
        recorder.trouble(trouble, in_words(error), way_of(error))


def in_words(error: BaseException) -> str:
    """Return the type of an exception and what it says, if anything."""
    if isinstance(error, asyncio.CancelledError):
        return "CancelledError: it was cancelled, or what it waited for was, and nobody caught that"
    return ": ".join(filter(None, (type(error).__name__, str(error))))
