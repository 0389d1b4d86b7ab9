"""What the plugin keeps for a pytest session: one worker a connector, and the known failures."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fillproof.harness.report.case_text import case_text, reason
from fillproof.harness.report.clean import clean
from fillproof.harness.runner import (
    Case,
    CaseFinished,
    KnownFailures,
    KnownFailuresError,
    Status,
    load_known_failures,
    packaged_known_failures,
    run_case,
)
from fillproof.harness.scenario import Scenario, load, parse
from fillproof.harness.verdict import Finding
from fillproof.harness.worker.launch import Worker

CONFORMS = frozenset((Status.PASS, Status.NON_STRICT, Status.INFO, Status.KNOWN))


@dataclass(frozen=True, slots=True, repr=False)
class Judged:
    """What came of one scenario. `str()` is the whole story, `reason` one line of it.

    `findings` are the new breaches, without the known failures.
    """

    finished: CaseFinished

    @property
    def passed(self) -> bool:
        """True when nothing new is wrong; false too when it could not be told."""
        return self.finished.status in CONFORMS

    @property
    def status(self) -> str:
        """How it counts: "pass", "non-strict", "info", "unsupported", "known", "FAIL" ..."""
        return self.finished.status.value

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The new breaches of rules."""
        return self.finished.new

    @property
    def digest(self) -> str:
        """SHA-256 of the recording."""
        return self.finished.digest

    @property
    def reason(self) -> str:
        """Why, in one line; empty for a plain pass."""
        return clean(reason(self.finished))

    def __repr__(self) -> str:
        case = self.finished.case
        return f"<{case.scenario} [{case.connector}]: {self.reason or self.status}>"

    def __str__(self) -> str:
        return clean(case_text(self.finished)) or self.status


RunScenario = Callable[[str | Path], Judged]
"""Runs a scenario, given as a path or as YAML text (with a line break in it)."""


class Bench:
    """The workers of a session, started when they are first needed."""

    def __init__(self, known: KnownFailures, seed: int, *, strict: bool) -> None:
        self._known = known
        self._seed = seed
        self._strict = strict
        self._workers: dict[str, Worker] = {}

    def run(
        self, scenario: Scenario, connector: str, given: str, repeat: str | None = None
    ) -> Judged:
        """Run and judge one scenario; raises WorkerFailed when the connector cannot run here."""
        if connector not in self._workers:
            self._workers[connector] = Worker(connector)
        document, strict = scenario.document(), self._strict
        case = Case(document, connector, self._seed, given, repeat=repeat, strict=strict)
        return Judged(run_case(case, self._workers[connector], known=self._known))

    def close(self) -> None:
        """End every worker."""
        for worker in self._workers.values():
            worker.close()


BENCH = pytest.StashKey[Bench]()


def bench_of(config: pytest.Config) -> Bench:
    """Return the session's bench; raises pytest.UsageError when the known failures are wrong."""
    if BENCH not in config.stash:
        named: str | None = config.getoption("--fillproof-known-failures")
        try:
            known = load_known_failures(Path(named)) if named else packaged_known_failures()
        except KnownFailuresError as problem:
            raise pytest.UsageError(str(problem)) from problem
        strict = config.getoption("--fillproof-strict") or config.getini("fillproof_strict")
        config.stash[BENCH] = Bench(known, config.getoption("--fillproof-seed"), strict=strict)
        config.add_cleanup(config.stash[BENCH].close)
    return config.stash[BENCH]


def run_scenario(config: pytest.Config, connector: str, nodeid: str) -> RunScenario:
    """Return the function behind the fixture `fillproof_run` for the test of that id."""
    bench = bench_of(config)

    def run(source: str | Path) -> Judged:
        if isinstance(source, Path) or "\n" not in source:
            return bench.run(load(source), connector, str(source))
        scenario = parse(source, name=nodeid, identity=nodeid)
        return bench.run(scenario, connector, nodeid, shlex.join(("pytest", nodeid)))

    return run
