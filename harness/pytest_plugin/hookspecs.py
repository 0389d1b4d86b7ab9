"""The hook with which a `conftest.py` names the connector."""

from __future__ import annotations

import pytest


@pytest.hookspec(firstresult=True)
def pytest_fillproof_connector(config: pytest.Config) -> str | None:
    """Return the connector to judge, e.g. `"mypackage.adapter:MyAdapter"`; None leaves it open.

    The option `--fillproof-connector` outranks the hook, the hook outranks the ini value.
    """
