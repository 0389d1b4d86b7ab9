"""Runs cases and yields what happens; everything else listens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fillproof.harness.runner.assess import assess, no_verdict
from fillproof.harness.runner.cases import Case
from fillproof.harness.runner.crew import Crew, Hire, Ran, Runs
from fillproof.harness.runner.determinism import first_difference
from fillproof.harness.runner.events import (
    CaseFinished,
    CaseStarted,
    ConnectorSkipped,
    Counts,
    RunEvent,
    RunFinished,
    RunStarted,
    exit_code,
)
from fillproof.harness.runner.known_failures import KnownFailures
from fillproof.harness.worker.launch import ConnectorUnavailable, Job, UnknownConnector, Worker

TWO_HASH_SEEDS = (1, 2)
"""What `verify_determinism` sets PYTHONHASHSEED to, one worker each."""


def run_cases(
    cases: Sequence[Case],
    *,
    known: KnownFailures,
    jobs: int = 1,
    wall_limit_seconds: float = 60.0,
    verify_determinism: bool = False,
    skip_unavailable: bool = False,
    hire: Hire = Worker,
) -> Iterator[RunEvent]:
    """Yield the events of a run, the results in the order of the cases.

    A connector whose environment is missing is skipped with one event, and the exit code is then
    at least 2 unless `skip_unavailable`. Raises UnknownConnector.
    """
    yield RunStarted(tuple(cases))
    hash_seeds = TWO_HASH_SEEDS if verify_determinism else (None,)
    skipped: set[str] = set()
    statuses = []
    with Crew(jobs, hash_seeds, wall_limit_seconds, hire) as crew:
        for case, result in zip(cases, crew.run(cases), strict=True):
            if case.connector in skipped:
                continue
            yield CaseStarted(case)
            ran = result()
            if isinstance(ran.failure, UnknownConnector):
                raise ran.failure
            if isinstance(ran.failure, ConnectorUnavailable):
                skipped.add(case.connector)
                yield ConnectorSkipped(case.connector, str(ran.failure), not skip_unavailable)
                continue
            finished = _finished(case, ran, known)
            statuses.append(finished.status)
            yield finished
    counts = Counts.of(statuses)
    yield RunFinished(counts, exit_code(counts, bool(skipped) and not skip_unavailable))


def run_case(
    case: Case, worker: Runs, *, known: KnownFailures, wall_limit_seconds: float = 60.0
) -> CaseFinished:
    """Run one case in a worker and judge it; raises WorkerFailed."""
    job = Job(document=case.document, seed=case.seed, wall_limit_seconds=wall_limit_seconds)
    return assess(case, worker.run(job), known)


def _finished(case: Case, ran: Ran, known: KnownFailures) -> CaseFinished:
    if ran.failure is not None:
        return no_verdict(case, str(ran.failure))
    lines, *others = ran.recordings
    differences = (first_difference(lines, other) for other in others)
    return assess(case, lines, known, next(filter(None, differences), None))
