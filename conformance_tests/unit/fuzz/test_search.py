"""A search runs what it draws, and shrinks the first case that breaks a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance_tests.unit.fuzz.pretended import Broken, Moody, Pretended, Right, Silent, words

from fillproof.harness.fuzz import (
    CannotFuzz,
    FailureFound,
    FuzzEvent,
    FuzzFinished,
    FuzzStarted,
    RunJudged,
    Search,
    Shrunk,
    Unrepeatable,
    fuzz,
    save_finding,
)
from fillproof.harness.runner import KnownFailures, Pin
from fillproof.harness.scenario import load

RUNS = 20
SEARCH = Search("made", runs=RUNS, seed=7)


def search(worker: type[Pretended], known: KnownFailures | None = None) -> list[FuzzEvent]:
    """Return all events of a small search."""
    wanted = SEARCH if known is None else Search("made", runs=RUNS, seed=7, known=known)
    return list(fuzz(wanted, hire=worker))


def pinned(scenario: str, version: str = "1") -> KnownFailures:
    """Return one known failure of L4."""
    pin = Pin("made", version, scenario, "L4", "it is so", "https://example.org/1")
    return KnownFailures((pin,))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    """The events are the start, each run with its number, and the end."""
    started, *runs, finished = search(Right)
    assert started == FuzzStarted("made", "1", RUNS, 7, ())
    assert [run.number for run in runs if isinstance(run, RunJudged)] == list(range(1, RUNS + 1))
    assert finished == FuzzFinished(RUNS, RUNS, 0, ())
    assert finished.exit_code == 0


def test_the_same_search_has_the_same_events() -> None:
    """Names of cases included."""
    assert repr(search(Right)) == repr(search(Right))


def test_a_broken_rule_is_found_once_and_shrunk() -> None:
    """Later cases that break it are only counted; the smallest is one-minimal."""
    events = search(Pretended)
    (found,) = [event for event in events if isinstance(event, FailureFound)]
    (shrunk,) = [event for event in events if isinstance(event, Shrunk)]
    assert found.finding.rule == shrunk.finding.rule == "L4"
    assert sorted(words(shrunk.finished.case.document)[1:]) == ["cancel", "trade"]
    finished = events[-1]
    assert isinstance(finished, FuzzFinished)
    assert (finished.runs, finished.found, finished.exit_code) == (RUNS, ("L4",), 1)


@pytest.mark.parametrize("scenario", ["*", "fuzz/*"])
def test_known_failures_are_not_looked_for(scenario: str) -> None:
    """Those pinned to every scenario or to drawn ones."""
    started, *_, finished = search(Pretended, pinned(scenario))
    assert isinstance(started, FuzzStarted)
    assert started.left_out == ("L4",)
    assert isinstance(finished, FuzzFinished)
    assert (finished.found, finished.exit_code) == ((), 0)


@pytest.mark.parametrize("known", [pinned("partial_fills/*"), pinned("*", version="2")])
def test_other_known_failures_do_not_matter(known: KnownFailures) -> None:
    """Neither those of single scenarios nor those of another version."""
    finished = search(Pretended, known)[-1]
    assert isinstance(finished, FuzzFinished)
    assert finished.found == ("L4",)


def test_what_fillproof_itself_did_wrong_is_no_finding() -> None:
    """It is an ERROR, and the exit code says so."""
    finished = search(Broken)[-1]
    assert finished == FuzzFinished(RUNS, 0, RUNS, ())
    assert finished.exit_code == 3


def test_a_failure_that_does_not_come_again_is_said() -> None:
    """A search rests on worlds that repeat."""
    with pytest.raises(Unrepeatable, match="failed once and did not fail again"):
        search(Moody)


def test_a_connector_that_never_starts_cannot_be_searched() -> None:
    """Nothing is known of what it can be asked for."""
    with pytest.raises(CannotFuzz):
        search(Silent)


def test_a_finding_is_saved_as_a_scenario(tmp_path: Path) -> None:
    """It names rule, connector and seed, and the case is the one of its file."""
    shrunk = next(event for event in search(Pretended) if isinstance(event, Shrunk))
    saved = save_finding(shrunk.finished, "L4", tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("L4-")
    scenario = load(path)
    assert scenario.title == "Rule L4 is broken by made"
    assert scenario.source == "fuzz seed 7"
    assert words(scenario.document()) == words(shrunk.finished.case.document)
    assert saved.case.command == f"fillproof run {path} --connector made --seed 7"


@pytest.mark.parametrize(
    ("finished", "code"),
    [
        (FuzzFinished(9, 9, 0, ()), 0),
        (FuzzFinished(9, 1, 0, ("L4",)), 1),
        (FuzzFinished(9, 0, 0, ()), 2),
        (FuzzFinished(9, 9, 1, ("L4",)), 3),
    ],
)
def test_the_exit_code_says_the_worst(finished: FuzzFinished, code: int) -> None:
    """0 nothing found, 1 a rule broken, 2 nothing judged, 3 an ERROR."""
    assert finished.exit_code == code
