"""Quirks of a venue as switches: what every dialect's have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self


class QuirkError(ValueError):
    """A quirk that does not exist, or a value it cannot have; the message says which is allowed."""


@dataclass(frozen=True, slots=True)
class Switches:
    """Base of a dialect's quirks: a switch is true or false, a number whole and not below zero."""

    venue: ClassVar[str]
    """The dialect whose quirks they are, as errors call it."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            kind = bool if isinstance(field.default, bool) else int
            if type(value) is not kind:
                allowed = "true or false" if kind is bool else "a whole number"
                raise QuirkError(f"quirk {field.name}: {value!r}; {allowed} is allowed")
            if value < 0:
                raise QuirkError(f"quirk {field.name}: {value}; zero or more")

    @classmethod
    def from_mapping(cls, switches: Mapping[str, Any]) -> Self:
        """Return the defaults with these switches set; raises QuirkError for unknown names."""
        known = [field.name for field in fields(cls)]
        unknown = [name for name in switches if name not in known]
        if unknown:
            names, allowed = ", ".join(unknown), ", ".join(known)
            raise QuirkError(f"no quirk of {cls.venue}: {names}; known: {allowed}")
        return cls(**switches)
