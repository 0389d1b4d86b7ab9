"""Writes the recording: one line for everything told, sent, delivered, reported and done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import encoder
from typing import Any

from fillproof.simulator.universe.clock import Clock
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
    allow_nan=False,
)
"""What JSONEncoder would make anew for each line: compact, and circles are not looked for."""


class Recorder:
    """Numbers the lines and stamps them with virtual time. `write` takes one line with its newline.

    Lines before the header are kept back, so that the header is always line 0.
    """

    def __init__(self, clock: Clock, write: Callable[[str], object]) -> None:
        self._clock = clock
        self._write = write
        self._count = 0
        self._before_header: list[tuple[int, str, str, dict[str, Any]]] | None = []

    def header(self, **keys: Any) -> None:
        """Write line 0 and then what was kept back."""
        kept, self._before_header = self._before_header or [], None
        self._line(0, "run", "header", keys)
        for moment, ledger, kind, rest in kept:
            self._line(moment, ledger, kind, rest)

    def run(self, kind: str, **keys: Any) -> None:
        """Write a line of what was asked."""
        self._add("run", kind, keys)

    def told(self, kind: str, **keys: Any) -> None:
        """Write a line of what the strategy heard."""
        self._add("told", kind, keys)

    def wire(self, kind: str, **keys: Any) -> None:
        """Write a line of what crossed."""
        self._add("wire", kind, keys)

    def truth(self, kind: str, **keys: Any) -> None:
        """Write a line of what happened at the venue."""
        self._add("truth", kind, keys)

    def trouble(
        self, trouble: str, message: str, detail: tuple[str, ...] = (), **more: Any
    ) -> None:
        """Write that the run itself went wrong."""
        self._add(
            "run", "trouble", {"trouble": trouble, "message": message, "detail": detail, **more}
        )

    def _add(self, ledger: str, kind: str, keys: dict[str, Any]) -> None:
        if self._before_header is None:
            self._line(self._clock.now_ns, ledger, kind, keys)
        else:
            self._before_header.append((self._clock.now_ns, ledger, kind, keys))

    def _line(self, moment: int, ledger: str, kind: str, keys: dict[str, Any]) -> None:
        line = {"n": self._count, "t": moment, "ledger": ledger, "kind": kind, **keys}
        self._count += 1
        self._write("".join(_encode(line, 0)) + "\n")


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
