"""A scenario file as pytest sees it: one item, named after the file and the connector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, Self

import pytest

from fillproof.harness.pytest_plugin.session import Judged, bench_of
from fillproof.harness.runner import Status
from fillproof.harness.scenario import SUFFIX, Scenario, ScenarioError, load
from fillproof.harness.worker.launch import WorkerFailed


class NotConforming(Exception):
    """A scenario did not come out well."""

    def __init__(self, judged: Judged) -> None:
        super().__init__(judged.reason)
        self.judged = judged


class Terminal(Protocol):
    """What pytest gives a failure to be written on."""

    def line(self, s: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Crash:
    """What pytest's short summary quotes."""

    message: str


@dataclass(frozen=True, slots=True)
class Story:
    """A failure's text, and the one line of it that the short summary shows."""

    text: str
    reprcrash: Crash

    def toterminal(self, tw: Terminal) -> None:
        """Write the text."""
        for line in self.text.splitlines():
            tw.line(line)

    def __str__(self) -> str:
        return self.text


class ScenarioFile(pytest.File):
    """A `*.scenario.yaml`."""

    connector: str

    @classmethod
    def for_connector(cls, parent: pytest.Collector, path: Path, connector: str) -> Self:
        """Return the file, to be judged for one connector."""
        made: Self = cls.from_parent(parent, path=path)
        made.connector = connector
        return made

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield the one item; a scenario that is wrong is an error of collection."""
        try:
            scenario = load(self.path)
        except ScenarioError as problem:
            raise self.CollectError(str(problem)) from problem
        name = f"{self.path.name.removesuffix(SUFFIX)}[{self.connector}]"
        yield ScenarioItem.of(self, name, scenario, self.connector)


class ScenarioItem(pytest.Item):
    """One scenario for one connector."""

    scenario: Scenario
    connector: str

    @classmethod
    def of(cls, parent: ScenarioFile, name: str, scenario: Scenario, connector: str) -> Self:
        """Return the item of a scenario."""
        made: Self = cls.from_parent(parent, name=name)
        made.scenario = scenario
        made.connector = connector
        made.add_marker(pytest.mark.fillproof)
        return made

    def runtest(self) -> None:
        """Run and judge the scenario; a known failure is an xfail, what is not promised a skip."""
        here = self.config.invocation_params.dir
        near = self.path.is_relative_to(here)
        given = str(self.path.relative_to(here) if near else self.path)
        judged = bench_of(self.config).run(self.scenario, self.connector, given)
        self.user_properties += [
            ("fillproof.connector", self.connector),
            ("fillproof.seed", judged.finished.case.seed),
            ("fillproof.digest", judged.digest),
            *(("fillproof.rule", finding.rule) for finding in judged.findings),
        ]
        if judged.finished.status is Status.UNSUPPORTED:
            pytest.skip(judged.reason)
        if judged.finished.status is Status.KNOWN:
            pytest.xfail(judged.reason)
        if not judged.passed:
            raise NotConforming(judged)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the rendered finding; of a failure that is not one, what says most."""
        problem = excinfo.value
        if isinstance(problem, NotConforming):
            return Story(str(problem.judged), Crash(problem.judged.reason))
        if isinstance(problem, WorkerFailed):
            return Story(str(problem), Crash(str(problem)))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[PathLike[str], int | None, str]:
        """Return file, line and title of the item."""
        return self.path, None, f"scenario: {self.name}"
