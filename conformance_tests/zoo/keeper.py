"""Runs animals in workers of their own, two at a time, and keeps what was judged of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import History, read_recording
from fillproof.harness.report.finding import render_finding
from fillproof.harness.rules import Verdict, judge
from fillproof.harness.scenario import discover, load
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Job, Worker

ROOT = Path(__file__).parents[2]
SEED = 7
AT_A_TIME = 2
WALL_LIMIT_SECONDS = 30.0
SHORT_WALL_LIMIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One case: what happened and what is said of it."""

    history: History
    verdict: Verdict

    @property
    def worst(self) -> set[tuple[str, Outcome]]:
        """Return rule and outcome of the root findings that make the verdict."""
        worst = self.verdict.outcome
        return {(one.rule, worst) for one in self.verdict.findings if one.outcome is worst}

    @property
    def anomalies(self) -> set[Anomaly | None]:
        """Return what the root findings that make the verdict are called."""
        worst = self.verdict.outcome
        return {one.anomaly for one in self.verdict.findings if one.outcome is worst}

    @property
    def milder(self) -> set[str]:
        """Return the rules of the other root findings."""
        worst = self.verdict.outcome
        return {one.rule for one in self.verdict.findings if one.outcome is not worst}

    def __str__(self) -> str:
        """Return the findings as a user sees them."""
        return "\n\n".join(
            render_finding(finding, self.history, "") for finding in self.verdict.findings
        )


class Keeper:
    """Begins with all that is asked for; who asks for a result waits for it."""

    def __init__(self, cases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of connector and scenario; those of one connector share its worker."""
        scenarios: dict[str, list[str]] = {}
        for connector, scenario in dict.fromkeys(cases):
            scenarios.setdefault(connector, []).append(scenario)
        self._threads = ThreadPoolExecutor(AT_A_TIME)
        self._runs: dict[str, Future[dict[str, Judged]]] = {
            connector: self._threads.submit(_run, connector, names)
            for connector, names in scenarios.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def judged(self, connector: str, scenario: str) -> Judged:
        """Return what is said of one case."""
        return self._runs[connector].result()[scenario]


def _run(connector: str, scenarios: Iterable[str]) -> dict[str, Judged]:
    spins = connector.endswith(":Spins")
    limit = SHORT_WALL_LIMIT_SECONDS if spins else WALL_LIMIT_SECONDS
    with Worker(connector) as worker:
        return {name: _judge(worker.run(Job(_document(name), SEED, limit))) for name in scenarios}


def _judge(lines: list[str]) -> Judged:
    history = read_recording(lines)
    return Judged(history, judge(history))


def _document(name: str) -> dict[str, object]:
    own = ROOT / name
    (path,) = discover([own if own.is_file() else name])
    return load(path).document()


def search_path() -> str:
    """Return the PYTHONPATH with which a worker finds the zoo."""
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
