"""Writes the fidelity of a dialect as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conformance_tests.fidelity.table import (
    DIFFERENT,
    DONE,
    MISSING,
    OWN,
    Fidelity,
    Row,
    Section,
)

_TABLE = "| {0} | state | how it differs, or why not |\n|---|---|---|"
_TOTAL = "| section | done | differs | not modelled | ours |\n|---|---|---|---|---|"


def page(of: Fidelity) -> str:
    """Return the page of a dialect, in Markdown."""
    found = {section.title: of.rows(section) for section in of.sections}
    totals = "\n".join((_TOTAL, *(_count(title, rows) for title, rows in found.items())))
    parts = [_section(section, found[section.title]) for section in of.sections]
    return "\n\n".join((of.head, totals, *parts)) + "\n"


def _count(title: str, of: list[Row]) -> str:
    count = Counter(row.state for row in of)
    numbers = " | ".join(str(count[state]) for state in (DONE, DIFFERENT, MISSING, OWN))
    return f"| {title} | {numbers} |"


def _section(section: Section, of: list[Row]) -> str:
    head = f"## {section.title}\n\nRead from: {section.says}."
    return "\n".join((head, "", _TABLE.format("what"), *_lines(section, of)))


def _lines(section: Section, of: list[Row]) -> Iterator[str]:
    labels = dict(zip(section.documented, section.labels, strict=False))
    for row in of:
        label = f" {labels[row.name]}" if row.name in labels else ""
        yield f"| `{row.name}`{label} | {row.state} | {row.note} |"
