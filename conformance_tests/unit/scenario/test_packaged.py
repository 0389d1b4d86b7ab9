"""What holds for every scenario that comes with Fillproof."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conformance_tests.unit.scenario.texts import without_places

from fillproof.harness.scenario import discover, load, packaged_folder, parse, scenario_id, to_yaml
from fillproof.harness.scenario.faults import CATALOGUE
from fillproof.harness.scenario.schema import schema_text

PACKAGED = discover()
_load = cache(load)
FAULTS = {fault.op for fault in CATALOGUE} - {"close"}
"""Faults that act on what comes after them."""
AREAS = (
    "ambiguous",
    "cancels",
    "expiries",
    "faults",
    "fix",
    "hygiene",
    "in_flight",
    "known_bugs",
    "outcomes",
    "partial_fills",
    "post_cancel_fills",
    "rejections",
    "restarts",
)


@pytest.mark.parametrize("path", PACKAGED, ids=scenario_id)
def test_a_packaged_scenario_is_right_and_explains_itself(path: Path) -> None:
    """It loads, names its source, says why it matters, and survives being saved."""
    lines = path.read_text().splitlines()
    comment = [line for line in lines[1:5] if line.startswith("# ")]
    scenario = _load(path)
    document = scenario.document()
    saved = parse(
        to_yaml(document), name="saved", identity=scenario.id, folder=path.parent
    ).document()
    assert lines[0] == "# yaml-language-server: $schema=../schema.json"
    assert 1 <= len(comment) <= 3
    assert scenario.source
    assert not scenario.title.endswith(".")
    assert without_places(saved) == without_places(document)


def test_every_kind_is_there_in_both_directions() -> None:
    """Each area has several scenarios, and both sides of the market are traded in each."""
    sides: Counter[tuple[str, str]] = Counter()
    for path in PACKAGED:
        area = scenario_id(path).split("/")[0]
        sides.update((area, step["op"]) for step in _load(path).document()["steps"])
    assert len(PACKAGED) >= 250
    assert {scenario_id(path).split("/")[0] for path in PACKAGED} >= set(AREAS)
    assert all(sides[area, op] >= 5 for area in AREAS for op in ("buy", "sell"))


@pytest.mark.parametrize("path", PACKAGED, ids=scenario_id)
def test_faults_have_time_to_act(path: Path) -> None:
    """Faults heal after the last step, so a story with faults ends by waiting or by healing."""
    ops = [step["op"] for step in _load(path).document()["steps"]]
    assert not FAULTS & {*ops} or ops[-1] in ("wait", "await", "heal")


def test_titles_are_all_different() -> None:
    """A report that shows titles shows which scenario is meant."""
    titles = Counter(_load(path).title for path in PACKAGED)
    assert [title for title, count in titles.items() if count > 1] == []


def test_the_json_schema_is_current() -> None:
    """`scenarios/schema.json` is what the models say; `python -m` on the module makes it anew."""
    assert (packaged_folder() / "schema.json").read_text() == schema_text()
