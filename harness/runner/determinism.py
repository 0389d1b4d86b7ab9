"""Compares two recordings of one case, which must be the same to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line in which two recordings of one case differ; None where one had ended."""

    line: int
    first: str | None
    second: str | None

    def __str__(self) -> str:
        """Name the line and show both."""
        first, second = (
            "(the recording had ended)" if text is None else text
            for text in (self.first, self.second)
        )
        return (
            f"T-DETERMINISM: two runs with one seed differ, first in line {self.line} of the "
            f"recording\n  first run:  {first}\n  second run: {second}"
        )


def first_difference(first: Sequence[str], second: Sequence[str]) -> Difference | None:
    """Return where two recordings part, None when they are the same."""
    for line, (one, other) in enumerate(zip_longest(first, second), start=1):
        if one != other:
            return Difference(line, one, other)
    return None


def recording_bytes(lines: Sequence[str]) -> bytes:
    """Return a recording as the file it is saved as."""
    return "".join(f"{line}\n" for line in lines).encode()


def digest(lines: Sequence[str]) -> str:
    """Return the SHA-256 of the file a recording is saved as, in hex."""
    return sha256(recording_bytes(lines)).hexdigest()
