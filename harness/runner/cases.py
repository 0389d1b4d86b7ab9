"""A case: one scenario, one connector, one seed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """What is run and judged once. `document` is the normalised scenario.

    `given` is what the scenario is called on a command line: a path, or the id of a packaged one;
    the path of the recording when the case comes out of one. `repeat` is the command that repeats
    a case that has no name on a command line. `strict`: what is only not recommended fails it.
    """

    document: Mapping[str, Any]
    connector: str
    seed: int
    given: str
    from_recording: bool = False
    repeat: str | None = None
    strict: bool = False

    @property
    def scenario(self) -> str:
        """The scenario's id: its path below the folder of scenarios."""
        return str(self.document["id"])

    @property
    def title(self) -> str:
        """The scenario's title."""
        return str(self.document["title"])

    @property
    def area(self) -> str:
        """The folder of the scenario, `.` for one that stands alone."""
        return self.scenario.rpartition("/")[0] or "."

    @property
    def command(self) -> str:
        """The one command that repeats the case."""
        if self.repeat is not None:
            return self.repeat
        verb = "replay" if self.from_recording else "run"
        words = ["fillproof", verb, self.given, "--connector", self.connector]
        words += ["--seed", str(self.seed)]
        return shlex.join((*words, "--strict") if self.strict else words)


def plan_cases(
    scenarios: Iterable[tuple[Mapping[str, Any], str]], connectors: Sequence[str], seed: int
) -> tuple[Case, ...]:
    """Return every case, connector by connector, from pairs (document, how it was named)."""
    pairs = tuple(scenarios)
    return tuple(
        Case(document, connector, seed, given)
        for connector in connectors
        for document, given in pairs
    )
