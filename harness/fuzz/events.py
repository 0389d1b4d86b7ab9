"""What a search tells its listeners: frozen events."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.harness.rules.run.conduct import FAULT_FIRED, STEP_DONE
from fillproof.harness.runner import CaseFinished, Status
from fillproof.harness.runner.events import JUDGED
from fillproof.harness.verdict import Finding, Outcome

_DRAWN_IN_VAIN = {FAULT_FIRED.id, STEP_DONE.id}
"""What was drawn and could not happen leaves no rule open: all were judged on what did happen."""


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

    @property
    def could_be_told(self) -> bool:
        """Whether every rule could be judged on what happened."""
        verdict = self.finished.verdict
        if self.finished.status is not Status.UNKNOWN or verdict is None:
            return self.finished.status in JUDGED
        unknown = {f.rule for f in verdict.findings if f.outcome is Outcome.UNKNOWN}
        return unknown <= _DRAWN_IN_VAIN


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
    """The search is over. `found` are the rules that were broken, in the order of finding.

    `runs` is how many cases were run, `judged` how many of them could be told, `errors` how many
    were ERROR: Fillproof's own fault.
    """

    runs: int
    judged: int
    errors: int
    found: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """The number the process ends with; the highest that holds wins.

        0 nothing found; 1 a rule is broken; 2 nothing could be told; 3 an ERROR.
        """
        if self.errors:
            return 3
        if not self.judged:
            return 2
        return 1 if self.found else 0


FuzzEvent = FuzzStarted | RunJudged | FailureFound | Shrunk | FuzzFinished
