"""The reviewed list of mutants that no scenario finds wrong, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from conformance_tests.mutants.mutant import Key

FILE = Path(__file__).with_name("survivors.yaml")


class Why(StrEnum):
    """Why a mutant survives."""

    EQUIVALENT = "equivalent"
    """It does what the reference does, as far as anything outside of it can tell."""
    ALLOWED = "allowed"
    """It does otherwise, and the contract allows both."""
    UNSEEN = "unseen"
    """It breaks the contract in a way that no scenario brings about."""


NO_MUTANTS = frozenset({Why.EQUIVALENT, Why.ALLOWED})
"""What can survive any judge that is right: it does not count."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry: the mutants it speaks of, and why they survive.

    What it does not say matches everything; `line` is a part of the mutant's, `becomes` are parts
    of which it has one.
    """

    why: Why
    reason: str
    file: str = ""
    function: str = ""
    line: str = ""
    operator: str = ""
    becomes: tuple[str, ...] = ("",)

    def covers(self, key: Key) -> bool:
        """Return whether a mutant is one it speaks of."""
        return (
            self.file in ("", key.file)
            and self.function in ("", key.function)
            and self.operator in ("", key.operator)
            and self.line in key.line
            and any(part in key.becomes for part in self.becomes)
        )


def reviewed(path: Path = FILE) -> tuple[Reviewed, ...]:
    """Return the entries of the file; raises TypeError or ValueError where one is malformed."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return tuple(_entry(**entry) for entry in entries)


def _entry(why: str, becomes: str | list[str] = "", **keys: str) -> Reviewed:
    parts = (becomes,) if isinstance(becomes, str) else tuple(becomes)
    return Reviewed(why=Why(why), becomes=parts, **keys)


def entry_for(key: Key, among: Iterable[Reviewed]) -> Reviewed | None:
    """Return the first entry that speaks of a mutant."""
    return next((entry for entry in among if entry.covers(key)), None)
