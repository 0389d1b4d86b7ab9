"""Writes the fidelity of the Binance dialect as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conformance_tests.fidelity.table import (
    DIFFERENT,
    DONE,
    MISSING,
    OWN,
    SECTIONS,
    Row,
    Section,
    rows,
)

_HEAD = """\
# How like Binance Spot the dialect is

Everything that Binance documents of Spot (as of 2026-07-21; FIX and SBE left out), and what the
dialect has of it. A row says done or differs only because the dialect has it: each section names
where that is read from. Nothing of this was compared with the live venue.

This page is written by `python -m conformance_tests.fidelity > docs/fidelity/binance.md`; a test
writes it again and compares."""

_TABLE = "| {0} | state | how it differs, or why not |\n|---|---|---|"
_TOTAL = "| section | done | differs | not modelled | ours |\n|---|---|---|---|---|"


def page() -> str:
    """Return the page, in Markdown."""
    found = {section.title: rows(section) for section in SECTIONS}
    totals = "\n".join((_TOTAL, *(_count(title, of) for title, of in found.items())))
    parts = [_section(section, found[section.title]) for section in SECTIONS]
    return "\n\n".join((_HEAD, totals, *parts)) + "\n"


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
