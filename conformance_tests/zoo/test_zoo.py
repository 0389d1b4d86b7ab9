"""Every planted bug is found, by the rule it breaks and by no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conformance_tests.zoo.keeper import ROOT, Keeper, search_path
from conformance_tests.zoo.page import page
from conformance_tests.zoo.planted import Planted
from conformance_tests.zoo.table import CONTRACT, HARMLESS, TROUBLE

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.rules.catalogue import PROMISED
from fillproof.harness.rules.run.conduct import TROUBLES
from fillproof.harness.verdict import Outcome

SCENARIOS = tuple(dict.fromkeys(row.scenario for row in (*CONTRACT, *TROUBLE, *HARMLESS)))


@pytest.fixture(scope="module")
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    """Return the keeper of all animals whose tests were selected."""
    selected = [item for item in request.session.items if item.path == Path(__file__)]
    parameters = [item.callspec.params for item in selected if hasattr(item, "callspec")]
    cases = [(one["row"].connector, one["row"].scenario) for one in parameters if "row" in one]
    cases += [("reference", one["scenario"]) for one in parameters if "scenario" in one]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", search_path())
        with Keeper(cases) as all_of_them:
            yield all_of_them


def each(rows: tuple[Planted, ...]) -> pytest.MarkDecorator:
    """Return the rows of a table as parameters, each named by its animal and scenario."""
    names = [f"{row.rule}-{row.name}-{Path(row.scenario).name}" for row in rows]
    return pytest.mark.parametrize("row", rows, ids=names)


@each(CONTRACT)
def test_a_planted_bug_is_found_by_its_own_rule(keeper: Keeper, row: Planted) -> None:
    """The rule that is broken is the root finding; what follows from it is listed under it."""
    judged = keeper.judged(row.connector, row.scenario)
    assert judged.worst == {(row.rule, row.outcome)}, judged
    assert judged.milder == set(row.beside), judged
    assert judged.anomalies == {row.anomaly}, judged


@each(TROUBLE)
def test_a_trouble_is_found_with_its_place(keeper: Keeper, row: Planted) -> None:
    """What troubles the run is a finding of its own that names the connector's line."""
    judged = keeper.judged(row.connector, row.scenario)
    assert judged.worst - {(rule, Outcome.FAIL) for rule in row.beside} == {(row.rule, row.outcome)}
    text = " ".join(str(judged).split())
    assert row.says in text
    assert row.nowhere or row.name in text


@each(HARMLESS)
def test_what_is_harmless_passes(keeper: Keeper, row: Planted) -> None:
    """What a connector prints is not among the worker's replies."""
    judged = keeper.judged(row.connector, row.scenario)
    assert judged.verdict.outcome is Outcome.PASS, judged


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_reference_passes_where_the_animals_fail(keeper: Keeper, scenario: str) -> None:
    """So it is the planted bug that is found, and nothing of the scenario or the venue."""
    judged = keeper.judged("reference", scenario)
    assert judged.verdict.outcome is Outcome.PASS, judged


def test_every_rule_that_a_connector_owes_has_an_animal() -> None:
    """A rule that never says no proves nothing: a new one needs an animal that breaks it."""
    assert {row.rule for row in CONTRACT} == {rule.id for rule in PROMISED}


def test_every_anomaly_has_an_animal() -> None:
    """A name that nothing is called by means nothing."""
    assert {row.anomaly for row in CONTRACT} - {None} == set(Anomaly)


def test_every_trouble_of_a_connector_has_an_animal() -> None:
    """All but a venue that breaks, which no connector can plant."""
    assert {row.rule for row in TROUBLE} == {rule.id for rule in TROUBLES.values()} - {"R1"}


def test_every_row_has_its_own_sentence() -> None:
    """The page says of each animal what is wrong with it."""
    wrong = {row.connector: row.wrong for row in (*CONTRACT, *TROUBLE, *HARMLESS)}
    assert all(sentence.endswith(".") for sentence in wrong.values())
    assert len(set(wrong.values())) == len(wrong)


def test_the_page_is_written() -> None:
    """docs/zoo.md is what the table says."""
    written = (ROOT / "docs" / "zoo.md").read_text(encoding="utf-8")
    assert written == page(), "python -m conformance_tests.zoo > docs/zoo.md"
