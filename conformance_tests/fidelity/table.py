"""The rows of a page: what is documented, joined with what a dialect has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

DONE, DIFFERENT, MISSING, OWN = "done", "differs", "not modelled", "ours"

Notes = Mapping[tuple[str, str], str]
"""What is to be said of something, by the title of its section and its name."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing: what is documented of it, and how to see what the dialect has."""

    title: str
    says: str
    documented: tuple[str, ...]
    has: Callable[[], set[str]]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One documented thing, or one of ours."""

    name: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fidelity:
    """All that a page says of a dialect, and its file's name.

    `differs` is of what is there, `without` of what is missing, `ours` of what nobody documents.
    `served` are the sections in which everything there is documented, or said to be ours.
    """

    name: str
    head: str
    sections: tuple[Section, ...]
    differs: Notes
    without: Notes
    ours: Notes
    served: tuple[str, ...]

    def rows(self, section: Section) -> list[Row]:
        """Return the rows of a section: what is documented, then what is ours."""
        has = section.has()
        found = [self._row(section.title, name, has) for name in section.documented]
        own = sorted(name for title, name in self.ours if title == section.title)
        return [*found, *(Row(name, OWN, self.ours[section.title, name]) for name in own)]

    def _row(self, title: str, name: str, has: Collection[str]) -> Row:
        at = (title, name)
        if name not in has:
            return Row(name, MISSING, self.without.get(at, ""))
        return Row(name, DIFFERENT, self.differs[at]) if at in self.differs else Row(name, DONE)
