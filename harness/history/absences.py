"""When the connector was not there: stopped or killed, and not yet started again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fillproof.harness.history.model import Phase

REACTION_NS = 5_000_000_000
"""How long a connector may take from hearing a fact to telling it, in virtual nanoseconds."""

DOWN = "down"
RESTARTING = "restarting"
UP = "up"


@dataclass(frozen=True, slots=True)
class Absence:
    """From the phase in which it went to that in which another began; None: none ever did."""

    down: Phase
    restarting: Phase | None

    def covers(self, n: int) -> bool:
        """Return whether a line lies within."""
        return self.down.n < n and (self.restarting is None or n < self.restarting.n)


def absences_of(phases: Iterable[Phase]) -> tuple[Absence, ...]:
    """Return the absences in their order."""
    absences: list[Absence] = []
    for phase in phases:
        if phase.phase == DOWN:
            absences.append(Absence(phase, None))
        elif phase.phase == RESTARTING:
            absences[-1] = Absence(absences[-1].down, phase)
    return tuple(absences)


def is_away(absences: Iterable[Absence], n: int) -> bool:
    """Return whether nobody was there to hear what a line says."""
    return any(absence.covers(n) for absence in absences)


def is_gone_soon(absences: Iterable[Absence], n: int, t: int) -> bool:
    """Return whether whoever heard a line went before it had to tell of it."""
    return any(n < away.down.n and away.down.t - t < REACTION_NS for away in absences)
