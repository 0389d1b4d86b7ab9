"""A run as a stream of events, with workers that only pretend."""

from __future__ import annotations

from threading import Barrier

import pytest
from conformance_tests.unit.made_cases import A_HISTORY, a_case, a_verdict

from fillproof.harness.runner import (
    CaseFinished,
    CaseStarted,
    ConnectorSkipped,
    KnownFailures,
    RunEvent,
    RunFinished,
    RunStarted,
    Status,
    assess,
    run_cases,
)
from fillproof.harness.worker.launch import (
    ConnectorUnavailable,
    Job,
    UnknownConnector,
    WorkerFailed,
)

NOTHING_KNOWN = KnownFailures()
CASES = [a_case(f"fills/{name}") for name in ("one", "two", "three")]


class Pretended:
    """A worker whose recordings are the scenario's id and, for `noisy`, its hash seed."""

    made: list[Pretended]

    def __init__(self, connector: str, *, hash_seed: int | None = None) -> None:
        if connector == "absent":
            raise ConnectorUnavailable("absent: its library is not installed")
        if connector == "nobody":
            raise UnknownConnector("unknown connector 'nobody'")
        self.connector = connector
        self.hash_seed = hash_seed
        self.ran: list[str] = []
        self.closed = False
        self.made.append(self)

    def run(self, job: Job) -> list[str]:
        """Return two lines."""
        self.ran.append(job.document["id"])
        if self.connector == "broken":
            raise WorkerFailed("the interpreter did not start")
        noise = str(self.hash_seed) if self.connector == "noisy" else ""
        return [job.document["id"], f"seed {job.seed}{noise}"]

    def close(self) -> None:
        """Remember it."""
        self.closed = True


@pytest.fixture(autouse=True)
def _pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pretended, "made", [], raising=False)
    monkeypatch.setattr(assess, "read_recording", lambda _: A_HISTORY)
    monkeypatch.setattr(assess, "judge", lambda _: a_verdict())


def ends(events: list[RunEvent]) -> list[CaseFinished]:
    """Return how the cases ended."""
    return [event for event in events if isinstance(event, CaseFinished)]


def test_every_case_is_started_and_finished_in_order() -> None:
    """The stream is: run started, then each case, then run finished."""
    events = list(run_cases(CASES, known=NOTHING_KNOWN, hire=Pretended))
    assert [type(event) for event in events] == [
        RunStarted,
        *[CaseStarted, CaseFinished] * 3,
        RunFinished,
    ]
    assert [end.case for end in ends(events)] == CASES
    assert isinstance(events[-1], RunFinished)
    assert (events[-1].counts.judged, events[-1].exit_code) == (3, 0)


def test_one_worker_runs_all_cases_of_a_connector() -> None:
    """It is kept from case to case, and ended at the end."""
    list(run_cases(CASES, known=NOTHING_KNOWN, hire=Pretended))
    (worker,) = Pretended.made
    assert worker.ran == ["fills/one", "fills/two", "fills/three"]
    assert worker.closed


def test_results_come_in_case_order_whoever_ran_them() -> None:
    """Two workers that are busy at one time do not change the order."""
    together = Barrier(2)

    class Busy(Pretended):
        def run(self, job: Job) -> list[str]:
            if job.document["id"] != "fills/three":
                together.wait(timeout=5)
            return super().run(job)

    events = list(run_cases(CASES, known=NOTHING_KNOWN, jobs=2, hire=Busy))
    assert [end.case for end in ends(events)] == CASES
    assert len(Pretended.made) == 2


def test_the_digest_is_that_of_the_saved_file() -> None:
    """`sha256sum` of a recording gives the number of the report."""
    (end,) = ends(list(run_cases(CASES[:1], known=NOTHING_KNOWN, hire=Pretended)))
    assert end.digest == "9abaf1bcd0609c7a72616d2992085232e0b9707857e3a89c9a3c9ae18ff62c24"


def test_a_connector_that_cannot_run_here_is_skipped_once() -> None:
    """The others run; that it was named and did not run is exit code 2."""
    cases = [a_case(connector="absent"), a_case("x", connector="absent"), *CASES]
    events = list(run_cases(cases, known=NOTHING_KNOWN, hire=Pretended))
    skipped = [event for event in events if isinstance(event, ConnectorSkipped)]
    assert skipped == [ConnectorSkipped("absent", "absent: its library is not installed", True)]
    assert isinstance(events[-1], RunFinished)
    assert (events[-1].counts.judged, events[-1].exit_code) == (3, 2)


def test_a_connector_nobody_named_may_be_absent() -> None:
    """Then the run is as good as what could be run."""
    cases = [a_case(connector="absent"), *CASES]
    events = list(run_cases(cases, known=NOTHING_KNOWN, skip_unavailable=True, hire=Pretended))
    assert isinstance(events[-1], RunFinished)
    assert events[-1].exit_code == 0


def test_an_unknown_connector_ends_the_run() -> None:
    """The error names it; workers that ran are ended."""
    with pytest.raises(UnknownConnector, match="nobody"):
        list(run_cases([CASES[0], a_case(connector="nobody")], known=NOTHING_KNOWN, hire=Pretended))
    assert all(worker.closed for worker in Pretended.made)


def test_a_worker_that_fails_is_an_error_of_the_case() -> None:
    """Its message is the problem; the exit code is 3."""
    case = a_case(connector="broken")
    events = list(run_cases([case], known=NOTHING_KNOWN, hire=Pretended))
    (end,) = ends(events)
    assert (end.status, end.problem) == (Status.ERROR, "the interpreter did not start")


def test_verifying_determinism_runs_each_case_under_two_hash_seeds() -> None:
    """Two workers, two PYTHONHASHSEED, one recording."""
    events = list(run_cases(CASES, known=NOTHING_KNOWN, verify_determinism=True, hire=Pretended))
    assert [end.status for end in ends(events)] == [Status.PASS] * 3
    assert sorted(worker.hash_seed or 0 for worker in Pretended.made) == [1, 2]


def test_a_recording_that_depends_on_the_hash_seed_is_caught() -> None:
    """The first line that differs is named; the exit code is 3."""
    case = a_case(connector="noisy")
    events = list(run_cases([case], known=NOTHING_KNOWN, verify_determinism=True, hire=Pretended))
    (end,) = ends(events)
    assert end.difference is not None
    assert (end.difference.line, end.difference.first) == (2, "seed 71")
    assert isinstance(events[-1], RunFinished)
    assert events[-1].exit_code == 3


def test_a_listener_that_leaves_ends_the_workers() -> None:
    """Closing the stream closes the crew."""
    events = run_cases(CASES, known=NOTHING_KNOWN, hire=Pretended)
    while not isinstance(next(events), CaseFinished):
        continue
    events.close()  # type: ignore[attr-defined]
    assert all(worker.closed for worker in Pretended.made)
