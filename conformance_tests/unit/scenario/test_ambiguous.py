"""The matrix of ambiguous outcomes has a scenario in each of its cells, or a reason for none."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from fillproof.harness.scenario.ambiguous import (
    CUTS,
    ENDPOINTS,
    NO_SUCH_CELL,
    cell,
    packaged,
    table,
)

PAGE = Path(__file__).parents[3] / "docs" / "scenarios.md"
CELLS = tuple(product(CUTS, ENDPOINTS))


@pytest.mark.parametrize(("cut", "endpoint"), CELLS)
def test_every_cell_has_a_scenario_or_a_reason_for_none(cut: str, endpoint: str) -> None:
    """A request of each kind is cut at each point."""
    assert bool(cell(cut, endpoint, packaged())) is not ((cut, endpoint) in NO_SUCH_CELL)


def test_every_scenario_of_the_area_stands_in_the_matrix() -> None:
    """A name that fits no cell is one that nobody finds."""
    names = packaged()
    placed = {name for cut, endpoint in CELLS for name in cell(cut, endpoint, names)}
    assert sorted(set(names) - placed) == []


def test_a_name_says_whether_it_was_done() -> None:
    """The two truths of an error stand in rows of their own."""
    names = ("create_http_503", "create_http_503_acted_then_filled")
    assert cell("5xx, not done", "create", names) == names[:1]
    assert cell("5xx, done", "create", names) == names[1:]


def test_the_page_shows_the_matrix() -> None:
    """docs/scenarios.md has the table as `python -m` on the module prints it."""
    assert "\n".join(table(packaged())) in PAGE.read_text("utf-8")
