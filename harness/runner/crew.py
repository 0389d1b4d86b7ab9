"""Threads that each drive workers of their own, and hand the recordings back in case order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock, local
from typing import Protocol, Self

from fillproof.harness.runner.cases import Case
from fillproof.harness.worker.launch import Job, Worker, WorkerFailed


class Runs(Protocol):
    """What a worker is to a runner."""

    def run(self, job: Job) -> list[str]:
        """Return the recording of one world, or raise WorkerFailed."""

    def close(self) -> None:
        """End the worker, whatever it does."""


class Hire(Protocol):
    """Makes a worker for a connector; `hash_seed` is its PYTHONHASHSEED, None for any."""

    def __call__(self, connector: str, *, hash_seed: int | None = None) -> Runs: ...


@dataclass(frozen=True, slots=True)
class Ran:
    """What came back for one case: a recording for each hash seed, or why there is none."""

    recordings: tuple[tuple[str, ...], ...] = ()
    failure: WorkerFailed | None = None


class Crew:
    """`jobs` threads; each has one worker a connector and hash seed, kept until the crew leaves."""

    def __init__(
        self,
        jobs: int,
        hash_seeds: Sequence[int | None],
        wall_limit_seconds: float,
        hire: Hire = Worker,
    ) -> None:
        self._hash_seeds = tuple(hash_seeds)
        self._wall_limit_seconds = wall_limit_seconds
        self._hire = hire
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="fillproof-crew")
        self._own = local()
        self._lock = Lock()
        self._all: list[Runs] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Workers first: a thread that waits for a world would else hold everything up. And once
        # more at the end, for a worker that a thread started in between.
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._close_workers()
        self._threads.shutdown()
        self._close_workers()

    def run(self, cases: Sequence[Case]) -> Iterator[Callable[[], Ran]]:
        """Yield, for each case in order, a function that waits for what came back."""
        waiting: deque[Future[Ran]] = deque(self._threads.submit(self._run, case) for case in cases)
        while waiting:
            yield waiting.popleft().result

    def _run(self, case: Case) -> Ran:
        job = Job(
            document=case.document, seed=case.seed, wall_limit_seconds=self._wall_limit_seconds
        )
        try:
            return Ran(
                tuple(
                    tuple(self._worker(case.connector, hash_seed).run(job))
                    for hash_seed in self._hash_seeds
                )
            )
        except WorkerFailed as failure:
            return Ran(failure=failure)

    def _worker(self, connector: str, hash_seed: int | None) -> Runs:
        workers: dict[tuple[str, int | None], Runs] = self._own.__dict__.setdefault("workers", {})
        key = (connector, hash_seed)
        if key not in workers:
            workers[key] = self._hire(connector, hash_seed=hash_seed)
            with self._lock:
                self._all.append(workers[key])
        return workers[key]

    def _close_workers(self) -> None:
        with self._lock:
            for worker in self._all:
                worker.close()
