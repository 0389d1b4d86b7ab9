"""Drawn lifecycles under the whole catalogue of faults: the reference keeps every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic

from conformance_tests.soak.drawn_faults import drawn
from conformance_tests.soak.saying import say

from fillproof.harness.fuzz import save_finding
from fillproof.harness.fuzz.abilities import Abilities, abilities_of
from fillproof.harness.fuzz.building import Document
from fillproof.harness.report.case_text import finding_text, notes
from fillproof.harness.rules.run.conduct import FAULT_FIRED, STEP_DONE
from fillproof.harness.runner import Case, CaseFinished, KnownFailures, Status
from fillproof.harness.runner.assess import assess, no_verdict
from fillproof.harness.runner.crew import Crew
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Worker

CONNECTOR = "reference"
WALL_LIMIT_SECONDS = 60.0
RUNS_A_LINE = 200
AT_ONCE = 100

Draws = Callable[[Abilities, int, int | None], Iterator[Document]]
"""Yields so many scenarios by a seed, without end for None."""

IN_VAIN = frozenset({FAULT_FIRED.id, STEP_DONE.id})
"""Rules of what was drawn and did not happen: a fault met nothing, or kept a step from its aim."""


@dataclass(slots=True)
class Tally:
    """What became of the cases so far; `fired` counts how often each fault did, by its word."""

    runs: int = 0
    in_vain: int = 0
    wrong: int = 0
    fired: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """Return the counts in one line."""
        fired = ", ".join(f"{word} {count:,}" for word, count in sorted(self.fired.items()))
        return (
            f"{self.runs:,} cases, {self.wrong} wrong, {self.in_vain:,} UNKNOWN as something drawn "
            f"did not happen; fired: {fired}"
        )


def faulted(wanted: int, seed: int, jobs: int) -> bool:
    """Run so many cases; True when no rule was broken and all could be told."""
    began, tally = monotonic(), Tally()
    for finished in cases(wanted, seed, jobs):
        count(tally, finished)
        if tally.runs % RUNS_A_LINE == 0 or tally.runs == wanted:
            say(f"faults seed {seed}: {tally}, {(monotonic() - began) / 60:.1f} min")
    return tally.wrong == 0


def cases(
    wanted: int | None,
    seed: int,
    jobs: int,
    connector: str = CONNECTOR,
    draws: Draws = drawn,
) -> Iterator[CaseFinished]:
    """Yield the drawn cases, run and judged, in their order."""
    with closing(Worker(connector)) as worker:
        abilities = abilities_of(worker, seed)
    drawing = draws(abilities, seed, wanted)
    with Crew(jobs, (None,), WALL_LIMIT_SECONDS) as crew:
        while batch := [
            Case(document, connector, seed, str(document["id"]))
            for document in islice(drawing, AT_ONCE)
        ]:
            for case, result in zip(batch, crew.run(batch), strict=True):
                ran = result()
                if ran.failure is not None:
                    yield no_verdict(case, str(ran.failure))
                else:
                    yield assess(case, ran.recordings[0], KnownFailures())


def count(tally: Tally, finished: CaseFinished) -> None:
    """Count a case, and save and say what is wrong with it."""
    tally.runs += 1
    if finished.verdict is not None:
        for fault in finished.verdict.faults:
            tally.fired[fault.what] += fault.fired
    if is_wrong(finished):
        tally.wrong += 1
        saved = save_finding(finished, str(finished.status))
        say("\n".join((f"{finished.status} {saved.case.command}", *notes(saved))))
        if finished.verdict is not None:
            say("\n\n".join(finding_text(saved, one) for one in finished.verdict.findings))
    elif finished.status is Status.UNKNOWN:
        tally.in_vain += 1


def is_wrong(finished: CaseFinished) -> bool:
    """Return whether a case broke a rule, or could not be told though all that was drawn was."""
    if finished.status is not Status.UNKNOWN or finished.verdict is None:
        return finished.status in {Status.FAIL, Status.ERROR, Status.UNKNOWN}
    unknown = {f.rule for f in finished.verdict.findings if f.outcome is Outcome.UNKNOWN}
    return not unknown <= IN_VAIN
