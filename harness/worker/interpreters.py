"""Which interpreter a connector's worker is started with."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from fillproof.harness.connectors.hummingbot import environment


class NoInterpreter(Exception):
    """The connector cannot be hosted here; the message says what is missing and what to do."""


def interpreter_for(connector: str) -> Path:
    """Return the Python whose environment holds the connector; raises NoInterpreter."""
    family = connector.partition(":")[0]
    if family == "hummingbot":
        python = environment.cached_python()
        if python is None:
            raise NoInterpreter(
                f"{connector}: its environment is not built; "
                f"`make conformance CONNECTOR={connector}` builds it once (minutes)"
            )
        return python
    if family == "ccxt" and find_spec("ccxt") is None:
        raise NoInterpreter(f"{connector}: ccxt is not installed; pip install 'fillproof[ccxt]'")
    return Path(sys.executable)
