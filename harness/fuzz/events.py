"""What a search tells its listeners: frozen events."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.harness.runner import CaseFinished, Counts
from fillproof.harness.verdict import Finding


@dataclass(frozen=True, slots=True)
class FuzzStarted:
    """The search begins. `left_out` are the rules of known failures, which are not looked for."""

    connector: str
    version: str
    runs: int
    seed: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunJudged:
    """One drawn case was run and judged; `number` counts from 1."""

    number: int
    finished: CaseFinished


@dataclass(frozen=True, slots=True)
class FailureFound:
    """A rule was broken for the first time, by a case as it was drawn; it is shrunk next."""

    number: int
    finished: CaseFinished
    finding: Finding


@dataclass(frozen=True, slots=True)
class Shrunk:
    """The smallest case that was found to break the rule; `worlds` were run to find it."""

    finished: CaseFinished
    finding: Finding
    worlds: int


@dataclass(frozen=True, slots=True)
class FuzzFinished:
    """The search is over. `found` are the rules that were broken, in the order of finding."""

    counts: Counts
    found: tuple[str, ...]
    exit_code: int


FuzzEvent = FuzzStarted | RunJudged | FailureFound | Shrunk | FuzzFinished
