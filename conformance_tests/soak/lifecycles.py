"""Orders of drawn scenarios that the reference connector goes through without breaking a rule."""

from __future__ import annotations

from time import monotonic

from conformance_tests.soak.saying import say

from fillproof.harness.fuzz import FuzzFinished, RunJudged, Search, Shrunk, fuzz, save_finding
from fillproof.harness.report.case_text import finding_text, notes
from fillproof.harness.runner import Status

CONNECTOR = "reference"
RUNS_A_SEARCH = 1_000


def lifecycles(wanted: int, first_seed: int, jobs: int) -> bool:
    """Search seed after seed until so many orders were placed; True when no rule was broken."""
    orders = runs = told = wrong = 0
    began, seed = monotonic(), first_seed
    while orders < wanted:
        search = Search(CONNECTOR, RUNS_A_SEARCH, seed, jobs=jobs)
        for event in fuzz(search):
            match event:
                case RunJudged():
                    steps = event.finished.case.document["steps"]
                    orders += sum(step["op"] in ("buy", "sell") for step in steps)
                    runs += 1
                    told += event.could_be_told
                    if event.finished.status is Status.ERROR:
                        wrong += 1
                        saved = save_finding(event.finished, "ERROR")
                        say("\n".join((f"ERROR {saved.case.command}", *notes(saved))))
                case Shrunk():
                    saved = save_finding(event.finished, event.finding.rule)
                    say(finding_text(saved, event.finding))
                case FuzzFinished():
                    wrong += len(event.found)
                    minutes = (monotonic() - began) / 60
                    say(
                        f"seed {seed}: {orders:,} of {wanted:,} lifecycles in "
                        f"{runs:,} cases, {told:,} told, {wrong} wrong, {minutes:.1f} min"
                    )
        seed += 1
    return wrong == 0
