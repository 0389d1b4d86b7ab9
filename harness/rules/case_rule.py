"""What the check of a rule is that judges a case as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.verdict import Finding


@dataclass(frozen=True, slots=True)
class CaseRule:
    """A rule of a family: how it is checked, and whether a case gives it something to judge."""

    check: Callable[[History], Iterator[Finding]]
    applies: Callable[[History], bool]
