"""Measures in fresh processes that take turns, by CPU time; the median of all processes counts."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Self

ROOT = Path(__file__).parents[2]


# In the measured process ---------------------------------------------------------------------


def asked() -> bool:
    """Wait until it is this process's turn; False when there is none any more."""
    return bool(sys.stdin.readline())


def report(amount: float, cpu: float) -> None:
    """Say how much was done in this turn, and its CPU seconds."""
    sys.stdout.write(json.dumps([amount, cpu]) + "\n")
    sys.stdout.flush()


def cpu_seconds() -> float:
    """Return the CPU time of this process so far, user and system; no world moves this clock."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


# In the measuring process --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: a module of this folder, run with these words by this interpreter."""

    module: str
    words: tuple[str, ...] = ()
    python: Path = Path(sys.executable)

    def command(self) -> list[str]:
        """Return the command line that runs it."""
        return [str(self.python), "-m", f"conformance_tests.benchmarks.{self.module}", *self.words]

    def says(self) -> Any:
        """Return the JSON that it prints, run alone and to its end."""
        done = subprocess.run(
            self.command(), env=_environment(), capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)


@dataclass(frozen=True, slots=True)
class Measured:
    """How much was done in a second of CPU: the median, and the least and most of a process."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        """Show the median, and the range."""
        return f"{self.median:,.0f} ({self.least:,.0f} to {self.most:,.0f})"


def measure(subjects: Sequence[Subject], processes: int, turns: int = 1) -> list[Measured]:
    """Return what each subject does in a second of CPU.

    Each has so many processes, one after the other; those of the same number take turns, so that a
    slow moment of the machine meets all of them.
    """
    rates: list[list[float]] = [[] for _ in subjects]
    for _ in range(processes):
        for subject_rates, rate in zip(rates, _side_by_side(subjects, turns), strict=True):
            subject_rates.append(rate)
    return [Measured(median(seen), min(seen), max(seen)) for seen in rates]


def _side_by_side(subjects: Sequence[Subject], turns: int) -> list[float]:
    with ExitStack() as stack:
        processes = [stack.enter_context(_Process(subject)) for subject in subjects]
        for _ in range(turns):
            for process in processes:
                process.take_a_turn()
        return [process.amount / process.cpu for process in processes]


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }


class _Process:
    """A fresh process that works when it is asked to."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.amount = self.cpu = 0.0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._subject.command(),
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def take_a_turn(self) -> None:
        """Let it work once, and add up what it did."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        amount, cpu = json.loads(self._process.stdout.readline())
        self.amount += amount
        self.cpu += cpu

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        if self._process.returncode:
            raise SystemExit(f"{self._subject.module} {self._subject.words} failed")
