"""Measures in fresh processes, turn and turn about, by CPU time; the median counts."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to measure: a module run with these words by this interpreter."""

    name: str
    module: str
    words: tuple[str, ...] = ()
    python: Path = Path(sys.executable)


@dataclass(frozen=True, slots=True)
class Measured:
    """How much was done for a second of CPU: the median, and the least and most that was seen."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:>10,.0f}  ({self.least:,.0f} to {self.most:,.0f})"


def report(amount: float, cpu_seconds: float) -> None:
    """Say in the measured process what was done and what it cost."""
    sys.stdout.write(json.dumps({"amount": amount, "cpu_seconds": cpu_seconds}) + "\n")


def cpu_seconds() -> float:
    """Return the CPU time of this process so far, user and system; no world moves this clock."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(subjects: Sequence[Subject], repeats: int) -> list[Measured]:
    """Return what each does for a second of CPU; all take turns, so a slow minute hits all."""
    seen: list[list[float]] = [[] for _ in subjects]
    for _ in range(repeats):
        for subject, rates in zip(subjects, seen, strict=True):
            rates.append(_rate(subject))
    return [Measured(median(rates), min(rates), max(rates)) for rates in seen]


def _rate(subject: Subject) -> float:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }
    done = subprocess.run(
        [str(subject.python), "-m", subject.module, *subject.words],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    result = json.loads(done.stdout.splitlines()[-1])
    return float(result["amount"] / result["cpu_seconds"])
