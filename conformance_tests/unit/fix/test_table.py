"""The table of FIX paths: whole, honest about scenarios, and connected with them both ways."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from fillproof.harness.cli import main
from fillproof.harness.fix import PATHS, FixPath, Standing, counts, table
from fillproof.harness.fix.path import adapted, runnable
from fillproof.harness.scenario import discover, scenario_id

MAIN_AND_ALTERNATIVES = {
    "A": (2, 3),
    "B": (6, 8),
    "C": (7, 15),
    "D": (7, 4),
    "E": (6, 5),
    "F": (3, 0),
    "G": (3, 2),
    "H": (4, 4),
    "I": (2, 2),
    "J": (4, 1),
    "K": (2, 2),
    "L": (2, 2),
    "X": (6, 9),
}
"""How many matrices each group has, and how many lines beyond their main ones."""

WITHOUT_SCENARIOS = {"C.3.a": runnable(note="in one request"), "D.2.b": adapted("in turn")}
CITED = re.compile(r"FIX ([A-LX][-.\w]+)")
SOURCE = re.compile(r"^source: (.*)$", re.MULTILINE)
DOCUMENT = re.compile(r"(rest-api|user-data-stream|enums|errors|order_amend_keep_priority)\.md")


@cache
def _cited() -> dict[str, set[str]]:
    """Return the paths that each packaged scenario names in its source line."""
    return {
        scenario_id(path): set(CITED.findall("".join(SOURCE.findall(path.read_text()))))
        for path in discover()
    }


def test_the_table_has_every_path_once() -> None:
    """111 paths: 54 matrices, 57 lines beyond the main ones, in the groups of the standard."""
    found = Counter((path.group, "-" in path.ref[2:]) for path in PATHS.values())
    expected = {
        key: count
        for group, (main_lines, others) in MAIN_AND_ALTERNATIVES.items()
        for key, count in (((group, False), main_lines), ((group, True), others))
    }
    assert +found == Counter(expected)
    assert len(PATHS) == 111
    assert len({path.title for path in PATHS.values()}) == 111


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.ref)
def test_an_alternative_belongs_to_a_matrix_and_is_numbered_without_a_gap(path: FixPath) -> None:
    """B.1.a-2 needs B.1.a and B.1.a-1."""
    matrix, _, number = path.ref.removeprefix("X-").partition("-")
    whole = "X-" + matrix if path.ref.startswith("X-") else matrix
    before = [whole, *(f"{whole}-{one}" for one in range(1, int(number or 0)))]
    assert set(before) <= set(PATHS)


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.ref)
def test_what_is_not_plainly_runnable_says_how_or_why(path: FixPath) -> None:
    """Adapted has its way, not expressible the venue's document, no scenario its reason."""
    venue = path.binance
    if venue.standing is Standing.NOT_EXPRESSIBLE:
        assert DOCUMENT.search(venue.note)
        assert venue.scenarios == ()
    elif venue.standing is Standing.ADAPTED or not venue.scenarios:
        assert venue.note


def test_scenarios_that_the_table_names_are_there_and_cite_a_path_that_names_them() -> None:
    """Whoever reads the scenario finds the path, and whoever reads the table the scenario."""
    named: dict[str, set[str]] = {}
    for path in PATHS.values():
        for scenario in path.binance.scenarios:
            named.setdefault(scenario, set()).add(path.ref)
    assert set(named) <= set(_cited())
    assert [one for one, refs in named.items() if not refs & _cited()[one]] == []


def test_every_path_that_a_scenario_cites_is_in_the_table() -> None:
    """A source line cannot name a path that the standard does not have."""
    wrong = {one: refs - set(PATHS) for one, refs in _cited().items() if refs - set(PATHS)}
    assert wrong == {}


def test_every_scenario_of_the_area_is_a_path_of_the_table() -> None:
    """What lies under scenarios/fix is there for the table."""
    named = {one for path in PATHS.values() for one in path.binance.scenarios}
    assert {one for one in _cited() if one.startswith("fix/")} <= named


def test_the_counts_are_those_of_the_lines() -> None:
    """The last line sums what stands above it, scenarios and all."""
    some = [PATHS[ref] for ref in ("A.1.a", "A.1.a-2", "C.1.c")]
    some += [replace(PATHS[ref], binance=bare) for ref, bare in WITHOUT_SCENARIOS.items()]
    lines = list(table(some))
    assert [line.split()[0] for line in lines] == [path.ref for path in some]
    assert "no scenario yet" in lines[3]
    assert counts(some) == (
        "5 paths: 2 runnable (1 with a scenario), 2 adapted (1 with a scenario), 1 not expressible"
    )


def test_every_path_that_the_venue_can_tell_has_a_scenario() -> None:
    """Runnable or adapted means that somebody can run it."""
    told = [
        path for path in PATHS.values() if path.binance.standing is not Standing.NOT_EXPRESSIBLE
    ]
    assert [path.ref for path in told if not path.binance.scenarios] == []


def test_the_command_prints_the_table_and_then_the_counts() -> None:
    """A line for each path, and one for all."""
    result = CliRunner().invoke(main, ["list", "--fix"])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert [line.split()[0] for line in lines[:-1]] == list(PATHS)
    assert lines[-1] == counts(PATHS.values())
    assert lines[-1].startswith("111 paths: ")


def test_the_page_has_the_counts_of_today() -> None:
    """docs/fix.md quotes the last line of the command."""
    page = Path(__file__).parents[3] / "docs" / "fix.md"
    assert counts(PATHS.values()) in page.read_text(encoding="utf-8")
