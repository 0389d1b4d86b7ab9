"""The pages of fidelity say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance_tests.fidelity.all import ALL
from conformance_tests.fidelity.page import page
from conformance_tests.fidelity.table import Fidelity, Section

PAGES = Path(__file__).parents[2] / "docs" / "fidelity"
SECTIONS = [
    pytest.param(of, section, id=f"{of.name}-{section.title}")
    for of in ALL.values()
    for section in of.sections
]


@pytest.mark.parametrize("name", ALL)
def test_the_page_is_what_the_tables_say(name: str) -> None:
    """Written again, it is the same: `python -m conformance_tests.fidelity NAME` writes it."""
    assert (PAGES / f"{name}.md").read_text(encoding="utf-8") == page(ALL[name])


@pytest.mark.parametrize(("of", "section"), SECTIONS)
def test_everything_served_is_documented_or_said_to_be_ours(of: Fidelity, section: Section) -> None:
    """What the venue does not document of what can be asked has a line that says why it is."""
    ours = {name for title, name in of.ours if title == section.title}
    if section.title in of.served:
        assert section.has() - set(section.documented) == ours


@pytest.mark.parametrize(("of", "section"), SECTIONS)
def test_every_note_is_about_what_it_says(of: Fidelity, section: Section) -> None:
    """What differs is there, what is left out is not, and everything left out says why."""
    has, known = section.has(), set(section.documented)
    differs = {name for title, name in of.differs if title == section.title}
    without = {name for title, name in of.without if title == section.title}

    assert differs <= has & known
    assert without == known - has
