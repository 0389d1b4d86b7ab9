"""Drawn lifecycles under the whole catalogue of faults: the reference keeps every rule."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic

from conformance_tests.soak.drawn_faults import Numbered, calm_lives, disturbed, without
from conformance_tests.soak.saying import say

from fillproof.harness.fuzz import save_finding
from fillproof.harness.fuzz.abilities import Abilities, abilities_of
from fillproof.harness.fuzz.building import Document
from fillproof.harness.report.case_text import finding_text, notes
from fillproof.harness.rules.run.conduct import FAULT_FIRED
from fillproof.harness.runner import Case, CaseFinished, KnownFailures, Status
from fillproof.harness.runner.assess import assess, no_verdict
from fillproof.harness.runner.crew import Crew
from fillproof.harness.scenario.faults import CATALOGUE
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Worker

CONNECTOR = "reference"
Lives = Callable[[Abilities, int, int], Iterator[Numbered]]
"""Draws lives without faults: for a connector, with a seed, from the n-th on."""

WALL_LIMIT_SECONDS = 60.0
FAULTS_A_LIFE = 3
"""A life is lived calmly, then with one fault, then with one more, and with a third."""

RUNS_A_LINE = 300
LIVES_AT_ONCE = 100
ATTEMPTS = 4
"""How often a case is run at most until all of its steps can happen in it."""


@dataclass(slots=True)
class Tally:
    """What became of the cases so far.

    Of each fault, by its word: how often it was asked for, met something, and fired.
    """

    runs: int = 0
    in_vain: int = 0
    wrong: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """Return the counts in one line."""
        share = self.in_vain / max(self.runs, 1)
        return (
            f"{self.runs:,} cases, {self.wrong} wrong, {self.in_vain:,} UNKNOWN ({share:.1%}) "
            "as a fault met nothing"
        )

    def table(self) -> str:
        """Return a line for each fault of the catalogue; one that never fired says so."""
        rows = [f"{'fault':<12} {'asked for':>9} {'met':>9} {'fired':>9}"]
        for fault in CATALOGUE:
            word = fault.op
            counts = f"{self.asked[word]:>9,} {self.met[word]:>9,} {self.fired[word]:>9,}"
            rows.append(f"{word:<12} {counts}" + ("" if self.fired[word] else "  NEVER FIRED"))
        return "\n".join(rows)

    @property
    def never_fired(self) -> tuple[str, ...]:
        """The faults of the catalogue that never did."""
        return tuple(fault.op for fault in CATALOGUE if not self.fired[fault.op])


def faulted(wanted: int, seed: int, jobs: int, first_life: int = 0) -> bool:
    """Run so many cases; True when no rule was broken, all could be told and every fault fired."""
    began, tally = monotonic(), Tally()
    for finished in islice(cases(seed, jobs, first_life=first_life), wanted):
        count(tally, finished)
        if tally.runs % RUNS_A_LINE == 0 or tally.runs == wanted:
            say(f"faults seed {seed}: {tally}, {(monotonic() - began) / 60:.1f} min")
    say(tally.table())
    return tally.wrong == 0 and not tally.never_fired


def cases(
    seed: int,
    jobs: int,
    connector: str = CONNECTOR,
    lives: Lives = calm_lives,
    first_life: int = 0,
) -> Iterator[CaseFinished]:
    """Yield cases without end, run and judged: of each life in turn, those with ever more faults.

    A life that is wrong already without a fault is a case itself.
    """
    with closing(Worker(connector)) as worker:
        abilities = abilities_of(worker, seed)
    drawn = lives(abilities, seed, first_life)
    with Crew(jobs, (None,), WALL_LIMIT_SECONDS) as crew:
        living = Living(connector, seed, crew)
        while batch := list(islice(drawn, LIVES_AT_ONCE)):
            yield from living.cases(batch)


@dataclass(frozen=True, slots=True)
class Living:
    """Has the connector live lives."""

    connector: str
    seed: int
    crew: Crew

    def cases(self, lives: Sequence[Numbered]) -> Iterator[CaseFinished]:
        """Yield the cases of some lives."""
        dice = [random.Random(f"{self.seed}/{number}") for number, _ in lives]
        lived = self._lived([document for _, document in lives])
        told = [[one] if is_wrong(one) else [] for one in lived]
        for _ in range(FAULTS_A_LIFE):
            going = [place for place, one in enumerate(lived) if _can_go_on(one)]
            drawn = [_disturbed(lived[place], dice[place]) for place in going]
            for place, one in zip(going, self._lived(drawn), strict=True):
                lived[place] = one
                told[place].append(one)
        for all_of_it in told:
            yield from all_of_it

    def _lived(self, documents: Sequence[Document]) -> list[CaseFinished]:
        """Run lives; a step that could not happen in one is left out of it, and it runs again."""
        finished = self._run(documents)
        for _ in range(ATTEMPTS - 1):
            again = {
                place: document
                for place, one in enumerate(finished)
                if one.history and (document := without(one.case.document, one.history))
            }
            for place, one in zip(again, self._run(list(again.values())), strict=True):
                finished[place] = one
        return finished

    def _run(self, documents: Sequence[Document]) -> list[CaseFinished]:
        batch = [
            Case(document, self.connector, self.seed, str(document["id"])) for document in documents
        ]
        finished = []
        for case, result in zip(batch, self.crew.run(batch), strict=True):
            ran = result()
            if ran.failure is not None:
                finished.append(no_verdict(case, str(ran.failure)))
            else:
                finished.append(assess(case, ran.recordings[0], KnownFailures()))
        return finished


def _can_go_on(finished: CaseFinished) -> bool:
    """Return whether one more fault can be drawn for a life: it was lived, and nothing is wrong."""
    return finished.status is not Status.UNSUPPORTED and not is_wrong(finished)


def _disturbed(finished: CaseFinished, dice: random.Random) -> Document:
    assert finished.history is not None, "a case that is not wrong has a history"
    return disturbed(finished.case.document, finished.history, dice)


def count(tally: Tally, finished: CaseFinished) -> None:
    """Count a case, and save and say what is wrong with it."""
    tally.runs += 1
    if finished.verdict is not None:
        for fault in finished.verdict.faults:
            tally.asked[fault.what] += 1
            tally.met[fault.what] += fault.fired > 0
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
    """Return whether a case broke a rule, or could not be told though all its faults fired."""
    if finished.status is not Status.UNKNOWN or finished.verdict is None:
        return finished.status in {Status.FAIL, Status.ERROR, Status.UNKNOWN}
    unknown = {f.rule for f in finished.verdict.findings if f.outcome is Outcome.UNKNOWN}
    return unknown != {FAULT_FIRED.id}
