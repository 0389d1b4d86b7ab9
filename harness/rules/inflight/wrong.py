"""What is wrong with something that an in-flight order said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.history.in_flight import Said
from fillproof.harness.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was to be said, and what was."""

    expected: str
    actual: str
    outcome: Outcome | None = None


def raised_by(said: Said, member: str) -> Iterator[Wrong]:
    """Yield that asking for a member raised."""
    if member in said.raised:
        yield Wrong(f"{member} answers", f"{member} raised {said.raised[member]}")
