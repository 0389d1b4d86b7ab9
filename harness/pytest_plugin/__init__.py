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


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a scenario when a connector is named."""
    if not file_path.name.endswith(SUFFIX):
        return None
    connector = named_connector(parent.config, parent.ihook)
    if connector is None:
        return None
    from fillproof.harness.pytest_plugin.items import ScenarioFile  # noqa: PLC0415 - heavy

    return ScenarioFile.for_connector(parent, file_path, connector)


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
