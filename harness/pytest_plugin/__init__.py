"""Runs `*.scenario.yaml` as pytest items, and scenarios inside tests through `fillproof_run`.

Imports nothing heavy: a project that has Fillproof installed pays for it only when it uses it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fillproof.harness.pytest_plugin import hookspecs

if TYPE_CHECKING:
    from fillproof.harness.pytest_plugin.items import ScenarioFile
    from fillproof.harness.pytest_plugin.session import RunScenario

SUFFIX = ".scenario.yaml"
LEFT_ALONE = pytest.StashKey[int]()
"""How many scenarios were met and not collected, since no connector is named."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini value."""
    group = parser.getgroup("fillproof", "judging an exchange connector")
    group.addoption(
        "--fillproof-connector", metavar="NAME", help="collect *.scenario.yaml for this connector"
    )
    group.addoption(
        "--fillproof-seed", type=int, default=0, metavar="N", help="seed of each world (default 0)"
    )
    group.addoption(
        "--fillproof-known-failures",
        metavar="FILE",
        help="expected failures (default: those that ship with fillproof)",
    )
    group.addoption(
        "--fillproof-strict",
        action="store_true",
        help="count what is only not recommended (NON_STRICT) as a failure",
    )
    parser.addini("fillproof_strict", "as --fillproof-strict", type="bool", default=False)
    parser.addini("fillproof_connector", "the connector to judge, e.g. mypackage.adapter:MyAdapter")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make `pytest_fillproof_connector` known."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker of collected scenarios known."""
    config.addinivalue_line("markers", "fillproof: a scenario that fillproof runs and judges")


def pytest_collection(session: pytest.Session) -> None:
    """Refuse a connector whose name means nothing, once and before anything is collected."""
    connector = named_connector(session.config, session.config.hook)
    if connector is None:
        return
    from fillproof.harness.connectors.names import (  # noqa: PLC0415 - only who uses it pays
        UnknownConnectorName,
        adapter_path,
    )

    try:
        adapter_path(connector)
    except UnknownConnectorName as problem:
        raise pytest.UsageError(str(problem)) from problem


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a scenario when a connector is named."""
    if not file_path.name.endswith(SUFFIX):
        return None
    connector = named_connector(parent.config, parent.ihook)
    if connector is None:
        parent.config.stash[LEFT_ALONE] = parent.config.stash.get(LEFT_ALONE, 0) + 1
        return None
    from fillproof.harness.pytest_plugin.items import ScenarioFile  # noqa: PLC0415 - heavy

    return ScenarioFile.for_connector(parent, file_path, connector)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say why there is nothing, where there are scenarios and nothing else."""
    met = config.stash.get(LEFT_ALONE, 0)
    if met and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        wanted = "give --fillproof-connector NAME or set fillproof_connector"
        terminalreporter.write_line(f"{met} *{SUFFIX} not collected: {wanted}")


def named_connector(config: pytest.Config, hooks: Any) -> str | None:
    """Return the connector that the option, a conftest or the ini file names."""
    found: str | None = (
        config.getoption("--fillproof-connector")
        or hooks.pytest_fillproof_connector(config=config)
        or config.getini("fillproof_connector")
    )
    return found or None


@pytest.fixture(scope="session")
def fillproof_connector(request: pytest.FixtureRequest) -> str:
    """Return the connector's name; override it to choose another one."""
    connector = named_connector(request.config, request.config.hook)
    if connector is None:
        pytest.skip("no connector: give --fillproof-connector or set fillproof_connector")
    return connector


@pytest.fixture
def fillproof_run(request: pytest.FixtureRequest, fillproof_connector: str) -> RunScenario:
    """Return a function that runs a scenario (path or YAML text) and returns what was judged."""
    from fillproof.harness.pytest_plugin.session import run_scenario  # noqa: PLC0415 - heavy

    return run_scenario(request.config, fillproof_connector, request.node.nodeid)
