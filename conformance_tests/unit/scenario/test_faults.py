"""The catalogue of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from fillproof.harness.scenario.actions import ACTIONS
from fillproof.harness.scenario.faults import CATALOGUE, Fault, page, parameters

WRITTEN = Path(__file__).parents[3] / "docs" / "faults.md"


def test_every_fault_of_a_scenario_is_in_the_catalogue() -> None:
    """All words from `hold` to before `heal`, each once."""
    words = list(ACTIONS)
    asked_for = words[words.index("hold") : words.index("heal")]
    assert sorted(fault.op for fault in CATALOGUE) == sorted(asked_for)


@pytest.mark.parametrize("fault", CATALOGUE, ids=[fault.op for fault in CATALOGUE])
def test_every_key_of_a_fault_is_described(fault: Fault) -> None:
    """Name, what it can be, and the default; a channel and how long are always a must."""
    keys = {name: (kind, default) for name, kind, default in parameters(fault)}
    assert keys
    assert [keys[must][1] for must in ("channel", "for") if must in keys] == [
        "" for must in ("channel", "for") if must in keys
    ]
    assert all(kind != "a text" or name == "text" for name, (kind, _) in keys.items())


def test_the_page_is_written() -> None:
    """docs/faults.md is what the catalogue says."""
    command = "python -m fillproof.harness.scenario.faults > docs/faults.md"
    assert WRITTEN.read_text("utf-8") == page(), command
