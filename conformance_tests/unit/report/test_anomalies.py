"""The names of what goes wrong."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from fillproof.harness.anomalies import MEANINGS, Anomaly
from fillproof.harness.cli import main

PAGE = Path(__file__).parents[3] / "docs" / "anomalies.md"


def test_every_anomaly_is_on_the_page_as_it_is_meant() -> None:
    """docs/anomalies.md has each name with its meaning, in their order."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert rows[1:] == [f"| {name} | {MEANINGS[name]} |" for name in Anomaly]


def test_an_anomaly_is_explained_by_name() -> None:
    """Whoever reads a name in a report can ask what it means."""
    said = CliRunner().invoke(main, ["explain", "Ghost order"])
    assert said.output == f"ghost order: {MEANINGS[Anomaly.GHOST_ORDER]}\n"


def test_a_name_nearly_right_is_hinted_at() -> None:
    """The nearest rule or anomaly is named."""
    said = CliRunner().invoke(main, ["explain", "ghost ordr"])
    assert said.exit_code == 2
    assert 'did you mean "ghost order"?' in said.output
    assert "anomalies: lost fill, " in said.output
