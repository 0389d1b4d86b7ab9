"""Judges recordings that were saved, without running anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fillproof.harness.runner.assess import assess
from fillproof.harness.runner.cases import Case
from fillproof.harness.runner.events import (
    CaseStarted,
    Counts,
    RunEvent,
    RunFinished,
    RunStarted,
    exit_code,
)
from fillproof.harness.runner.known_failures import KnownFailures


class NotARecording(Exception):
    """A file cannot be judged again; the message names it and says why."""


def check_recordings(
    paths: Iterable[Path], *, known: KnownFailures, strict: bool = False
) -> Iterator[RunEvent]:
    """Yield the events of judging recordings again; raises NotARecording before the first."""
    read = [read_case(path) for path in paths]
    recordings = [(replace(case, strict=strict), lines) for case, lines in read]
    yield RunStarted(tuple(case for case, _ in recordings))
    statuses = []
    for case, lines in recordings:
        yield CaseStarted(case)
        finished = assess(case, lines, known)
        statuses.append(finished.status)
        yield finished
    counts = Counts.of(statuses)
    yield RunFinished(counts, exit_code(counts, incomplete=False))


def read_case(path: Path) -> tuple[Case, tuple[str, ...]]:
    """Return the case a recording is of, and its lines; raises NotARecording."""
    try:
        lines = tuple(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise NotARecording(f"{path}: cannot be read: {why}") from problem
    try:
        header = json.loads(lines[0])
        return Case(
            header["scenario"]["document"],
            header["connector"]["name"],
            int(header["seed"]),
            str(path),
            from_recording=True,
        ), lines
    except (IndexError, KeyError, TypeError, ValueError) as problem:
        raise NotARecording(
            f"{path}:1: no recording: its first line must be a header (docs/recording.md)"
        ) from problem
