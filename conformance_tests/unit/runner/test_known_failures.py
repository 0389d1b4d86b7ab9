"""The file of known failures: what it may say, and what is said when it is wrong."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from fillproof.harness.runner import (
    KnownFailuresError,
    Pin,
    load_known_failures,
    packaged_known_failures,
)
from fillproof.harness.runner.known_failures import parse_known_failures
from fillproof.harness.scenario import discover, scenario_id

ENTRY = """\
- connector: ccxt:binance
  version: 4.50
  scenario: fills/*
  rule: L6
  reason: a fill is told twice
  link: https://example.org/1
"""


def test_an_entry_is_read_as_it_is_written() -> None:
    """A version that looks like a number keeps its zeros."""
    (pin,) = parse_known_failures(ENTRY, "known.yaml").pins
    assert pin == Pin(
        "ccxt:binance", "4.50", "fills/*", "L6", "a fill is told twice", "https://example.org/1"
    )


def test_the_packaged_file_can_be_read() -> None:
    """What ships with Fillproof is right."""
    assert all(pin.reason for pin in packaged_known_failures().pins)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "[]\n"])
def test_a_file_without_entries_pins_nothing(text: str) -> None:
    """No entry, no known failure."""
    assert parse_known_failures(text, "known.yaml").pins == ()


@pytest.mark.parametrize(
    ("connector", "version", "scenario", "covered"),
    [
        ("ccxt:binance", "4.50", "fills/one", True),
        ("ccxt:binance", "4.50", "fills/deep/one", True),
        ("ccxt:binance", "4.5", "fills/one", False),
        ("ccxt:okx", "4.50", "fills/one", False),
        ("ccxt:binance", "4.50", "cancels/one", False),
    ],
)
def test_a_pin_covers(connector: str, version: str, scenario: str, covered: bool) -> None:
    """Connector and version are meant exactly; the scenario may be a pattern."""
    known = parse_known_failures(ENTRY, "known.yaml")
    assert bool(known.covering(connector, version, scenario)) is covered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\n", "known.yaml:1: must be a list"),
        (ENTRY + "- just words\n", "known.yaml:7: entry 2: must be a mapping"),
        (ENTRY + "- {connector: x}\n", "known.yaml:7: entry 2: missing version, scenario, rule"),
        (ENTRY.replace("rule:", "rules:"), 'entry 1: unknown key "rules"; allowed: connector'),
        (ENTRY + "  rule: L7\n", 'entry 1: "rule" stands twice'),
        (ENTRY.replace("L6", "L66"), "entry 1: unknown rule 'L66'; one of L1, "),
        (ENTRY.replace("L6", ""), 'entry 1: "rule" must be a text that is not empty'),
        (ENTRY.replace("L6", "[L6]"), 'entry 1: "rule" must be a text that is not empty'),
        (ENTRY.replace("https", "see"), "must be an http address, not 'see://example.org/1'"),
        ("- a: [\n", "known.yaml:2: not YAML: "),
        ("- \x00\n", "known.yaml: not YAML: "),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, said: str) -> None:
    """File, line, entry, what is wrong and what is allowed."""
    with pytest.raises(KnownFailuresError) as caught:
        parse_known_failures(text, "known.yaml")
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path stands in the message."""
    with pytest.raises(KnownFailuresError, match=r"nowhere\.yaml: cannot be read"):
        load_known_failures(tmp_path / "nowhere.yaml")


def test_an_entry_may_name_several_scenarios() -> None:
    """One cause that shows in many scenarios is one entry with a list of ids."""
    text = """
- connector: reference
  version: 0.1.0
  scenario: [partial_fills/one, "cancels/*"]
  rule: L6
  reason: because
  link: https://example.org/
"""
    known = parse_known_failures(text, "known.yaml")

    for scenario, pins in (("partial_fills/one", 1), ("cancels/x", 1), ("partial_fills/many", 0)):
        assert len(known.covering("reference", "0.1.0", scenario)) == pins, scenario


def test_every_packaged_entry_names_scenarios_that_are_there() -> None:
    """A renamed scenario must not leave an expectation behind that nothing can meet."""
    ids = {scenario_id(path) for path in discover(())}

    for pin in packaged_known_failures().pins:
        assert any(fnmatchcase(scenario, pin.scenario) for scenario in ids), pin
