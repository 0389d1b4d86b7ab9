"""What is wrong with a scenario: every mistake, each at its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fillproof.harness.spelling import did_you_mean

Path = tuple[str | int, ...]
"""Where a value stands in a document: ("steps", 3, "buy", "price")."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong. Lines and columns count from 1; line 0 means the file as a whole."""

    line: int
    column: int
    text: str


class ScenarioError(Exception):
    """A scenario cannot be used. `mistakes` holds all that was found, in order of line."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__(name, self.mistakes)

    def __str__(self) -> str:
        return "\n".join(f"{self.name}:{_place(one)} {one.text}" for one in self.mistakes)


def _place(mistake: Mistake) -> str:
    return f"{mistake.line}:{mistake.column}:" if mistake.line else ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the keys and the values of a document stand: (line, column) by path."""

    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def mistake(self, path: Path, text: str, *, at_key: bool = False) -> Mistake:
        """Return the mistake at `path`, or at the nearest thing around it that was written."""
        if at_key and path in self.keys:
            return Mistake(*self.keys[path], text)
        while path and path not in self.values:
            path = path[:-1]
        return Mistake(*self.values.get(path, (1, 1)), text)


def not_one_of(what: str, word: str, allowed: Iterable[str]) -> str:
    """Return the sentence for a word that is not on the list."""
    words = tuple(allowed)
    return f'{what} "{word}";{did_you_mean(word, words)} allowed: {", ".join(words) or "none"}'
