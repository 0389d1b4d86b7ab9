"""The page of fidelity says what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance_tests.fidelity.notes import DIFFERS, OURS, WITHOUT
from conformance_tests.fidelity.page import page
from conformance_tests.fidelity.table import SECTIONS, Section

PAGE = Path(__file__).parents[2] / "docs" / "fidelity" / "binance.md"
SERVED = [section for section in SECTIONS if section.title in ("REST", "WebSocket API")]


def test_the_page_is_what_the_tables_say() -> None:
    """Written again, the page is the same: `python -m conformance_tests.fidelity` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("section", SERVED, ids=lambda section: section.title)
def test_everything_served_is_documented_or_said_to_be_ours(section: Section) -> None:
    """An endpoint or method that the venue does not document has a line that says why it is."""
    ours = {name for title, name in OURS if title == section.title}

    assert section.has() - set(section.documented) == ours


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_every_note_is_about_what_it_says(section: Section) -> None:
    """What differs is there, what is left out is not, and everything left out says why."""
    has, known = section.has(), set(section.documented)
    differs = {name for title, name in DIFFERS if title == section.title}
    without = {name for title, name in WITHOUT if title == section.title}

    assert differs <= has & known
    assert without == known - has
