"""The words of scenarios are the words of the other parts."""

from __future__ import annotations

from pathlib import Path

from fillproof.harness.scenario.actions import ACTIONS
from fillproof.harness.scenario.schema import json_schema
from fillproof.harness.scenario.words import CHANNELS, EXECUTION_TYPES
from fillproof.simulator.vocabulary.orders import ExecutionType

ROOT = Path(__file__).parents[3]


def test_execution_types_are_those_of_the_venue() -> None:
    """`await truth` speaks of the reports that a step can cause, in the venue's own words."""
    assert set(EXECUTION_TYPES) <= {member.value for member in ExecutionType}


def test_channels_are_those_of_the_recording() -> None:
    """Every channel is a role the recording's documentation names, and none is missing."""
    text = (ROOT / "docs/recording.md").read_text()
    paragraph = text.split("Channels (roles")[1].split("\n\n")[0]
    assert set(CHANNELS) == {word for word in paragraph.split("`")[1::2] if word.islower()}


def test_the_documentation_names_every_word() -> None:
    """An author finds every step and channel in the documentation of the language."""
    text = (ROOT / "docs/scenarios.md").read_text()
    assert [op for op in ACTIONS if f"`{op}`" not in text] == []
    assert [channel for channel in CHANNELS if f"`{channel}`" not in text] == []


def test_the_schema_knows_every_step() -> None:
    """Editors offer every word of the language, and nothing beside."""
    mapping, *alone = json_schema()["properties"]["steps"]["items"]["anyOf"]
    assert {*mapping["properties"], *(word["const"] for word in alone)} == set(ACTIONS)
