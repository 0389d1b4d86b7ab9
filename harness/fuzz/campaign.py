"""The search: draws cases, has them run and judged, and shrinks the first that breaks a rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from hypothesis.strategies import SearchStrategy

from fillproof.harness.fuzz.abilities import abilities_of
from fillproof.harness.fuzz.building import Document, build
from fillproof.harness.fuzz.drawing import batch_seed, draw
from fillproof.harness.fuzz.events import (
    FailureFound,
    FuzzEvent,
    FuzzFinished,
    FuzzStarted,
    RunJudged,
    Shrunk,
)
from fillproof.harness.fuzz.moves import Plan
from fillproof.harness.fuzz.shrinker import Shrinker
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.runner import Case, CaseFinished, KnownFailures, Status, run_case
from fillproof.harness.runner.assess import assess, no_verdict
from fillproof.harness.runner.crew import Crew, Hire, Runs
from fillproof.harness.verdict import Finding
from fillproof.harness.worker.launch import Worker

LARGEST_BATCH = 100
"""Plans drawn at once at most; each batch has a seed of its own."""

NOTHING_KNOWN = KnownFailures()
_DRAWN_ID = "fuzz/drawn"
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched. `known` are failures that are not looked for.

    The search ends after `runs` cases, or when `most_findings` rules were found broken. With a
    `profile` all venues are of it, which the connector must declare.
    """

    connector: str
    runs: int
    seed: int = 0
    known: KnownFailures = NOTHING_KNOWN
    jobs: int = 1
    wall_limit_seconds: float = 60.0
    most_findings: int = 5
    profile: str | None = None

    @property
    def source(self) -> str:
        """What the scenarios name as their source."""
        return f"fuzz seed {self.seed}"

    @property
    def batch(self) -> int:
        """How many plans are drawn at once."""
        return min(self.runs, LARGEST_BATCH)

    def case(self, document: Document) -> Case:
        """Return the case of a drawn scenario."""
        return Case(document, self.connector, self.seed, str(document["id"]))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A plan, the seed its batch was drawn with, and the case it became."""

    plan: Plan
    seed: int
    case: Case


def fuzz(search: Search, *, hire: Hire = Worker) -> Iterator[FuzzEvent]:
    """Yield the events of a search; the same search yields the same events.

    Raises WorkerFailed when the connector cannot be hosted, CannotFuzz when it never started, and
    Unrepeatable when a case that failed did not fail again.
    """
    with closing(hire(search.connector)) as worker:
        abilities = abilities_of(worker, search.seed).only(search.profile)
        pins = search.known.covering(search.connector, abilities.version, _DRAWN_ID)
        settled = {pin.rule for pin in pins}
        left_out = tuple(sorted(settled))
        yield FuzzStarted(search.connector, abilities.version, search.runs, search.seed, left_out)
        strategy = plans(abilities)
        runs = judged = errors = 0
        found: list[str] = []
        with Crew(search.jobs, (None,), search.wall_limit_seconds, hire) as crew:
            for drawn, finished in _judged(search, strategy, crew):
                runs += 1
                run = RunJudged(runs, finished)
                judged += run.could_be_told
                errors += finished.status is Status.ERROR
                yield run
                for finding in _new(finished, settled):
                    settled.add(finding.rule)
                    found.append(finding.rule)
                    yield FailureFound(runs, finished, finding)
                    yield _shrunk(search, strategy, worker, drawn, finding.rule)
                if len(found) >= search.most_findings:
                    break
    yield FuzzFinished(runs, judged, errors, tuple(found))


def _judged(
    search: Search, strategy: SearchStrategy[Plan], crew: Crew
) -> Iterator[tuple[_Drawn, CaseFinished]]:
    for batch in _batches(search, strategy):
        for drawn, result in zip(batch, crew.run([one.case for one in batch]), strict=True):
            ran = result()
            if ran.failure is not None:
                yield drawn, no_verdict(drawn.case, str(ran.failure))
            else:
                yield drawn, assess(drawn.case, ran.recordings[0], NOTHING_KNOWN)


def _batches(search: Search, strategy: SearchStrategy[Plan]) -> Iterator[list[_Drawn]]:
    """Yield the cases batch by batch; a scenario that was drawn before is left out."""
    seen: set[str] = set()
    number = 0
    while len(seen) < search.runs:
        seed = batch_seed(search.seed, number)
        batch = []
        for plan in draw(strategy, seed, search.batch):
            case = search.case(build(plan, search.source))
            if case.scenario not in seen and len(seen) < search.runs:
                seen.add(case.scenario)
                batch.append(_Drawn(plan, seed, case))
        yield batch
        number += 1


def _new(finished: CaseFinished, settled: set[str]) -> list[Finding]:
    """Return the first finding of each rule that was not found yet."""
    if finished.status is not Status.FAIL:
        return []
    rules = dict.fromkeys(finding.rule for finding in finished.new)
    return [_finding(finished, rule) for rule in rules if rule not in settled]


def _shrunk(
    search: Search, strategy: SearchStrategy[Plan], worker: Runs, drawn: _Drawn, rule: str
) -> Shrunk:
    def run(document: Document) -> CaseFinished:
        limit = search.wall_limit_seconds
        return run_case(
            search.case(document), worker, known=NOTHING_KNOWN, wall_limit_seconds=limit
        )

    def breaks(document: Document) -> bool:
        finished = run(document)
        broken = {finding.rule for finding in finished.new}
        return finished.status is Status.FAIL and rule in broken

    shrinker = Shrinker(search.source, breaks)
    smallest = shrinker.smallest(strategy, drawn.seed, search.batch, drawn.plan)
    title = f"Rule {rule} is broken by {search.connector}"
    finished = run({**smallest, "title": title[:_LONGEST_TITLE]})
    return Shrunk(finished, _finding(finished, rule), len(shrinker.known))


def _finding(finished: CaseFinished, rule: str) -> Finding:
    return next(finding for finding in finished.new if finding.rule == rule)
