"""The questions, and how a behaviour is told apart from another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conformance_tests.unit.made_cases import an_end
from conformance_tests.unit.rules.build import history

from fillproof.harness.cliffs import Probe, Unclear, packaged_probes, probe_one
from fillproof.harness.rules import judge
from fillproof.harness.runner import CaseFinished
from fillproof.harness.verdict import Outcome, Verdict

PROBES = packaged_probes()
EARLY = "Completed by user_stream, Filled by user_stream"
A_PROBE = Probe("made_up", "how often?", "count", PROBES[0].text.replace("OPEN", "1s"))


@pytest.mark.parametrize("probe", PROBES, ids=[probe.name for probe in PROBES])
def test_a_probe_is_a_scenario_for_every_number(probe: Probe) -> None:
    """Each number of its grid gives a right scenario; at 0 nothing is out of the ordinary."""
    plain, first, last = (probe.document(probe.grid[place]) for place in (0, 1, -1))
    assert len(plain["steps"]) < len(first["steps"]) == len(last["steps"])
    assert probe.question.endswith("?")


def judged(story: str) -> CaseFinished:
    """Return the end of a case of which the story is told."""
    told = history(story)
    return replace(an_end(), history=told, verdict=judge(told))


def test_stretches_lie_between_the_flips() -> None:
    """Each says from where to where, what was told by which message, and what is broken."""
    good = judged("place; new; <new & Created; trade 1; <fill & Filled 1; <filled & Completed")
    bad = judged("place; new; <new & Created; trade 1; <filled & Completed; <fill & Filled 1")

    def run(document: Any) -> CaseFinished:
        number = int(str(document["id"]).rpartition("-")[2])
        return bad if number >= 3 else good

    cliff = probe_one(A_PROBE, run)
    assert [(one.first, one.last) for one in cliff.stretches] == [(0, 2), (3, None)]
    assert [str(one.behaviour) for one in cliff.stretches] == [
        "Created by user_stream, Filled by user_stream, Completed by user_stream",
        f"Created by user_stream, {EARLY}",
    ]
    assert [one.behaviour.broken for one in cliff.stretches] == [(), ("L7 early terminal",)]


def test_a_connector_without_a_cliff_has_one_stretch() -> None:
    """However often it is asked, it behaves alike."""
    good = judged("place; new; <new & Created")
    (stretch,) = probe_one(A_PROBE, lambda _: good).stretches
    assert (stretch.first, stretch.last) == (0, None)


def test_a_world_that_could_not_be_judged_ends_the_probe() -> None:
    """A map with a guess in it would be worse than none."""
    broken = an_end(problem="the interpreter did not start")
    with pytest.raises(Unclear, match="the interpreter did not start"):
        probe_one(A_PROBE, lambda _: broken)


def test_an_error_of_ours_ends_the_probe() -> None:
    """What the venue did wrong is no behaviour of the connector."""
    verdict = Verdict(Outcome.ERROR, "made", "made", "1", "7", 0)
    with pytest.raises(Unclear):
        probe_one(A_PROBE, lambda _: replace(an_end(), verdict=verdict))
