"""Which interpreter a connector's worker is started with, and that the connector is unmodified."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fillproof.harness.connectors.hummingbot import environment
from fillproof.harness.connectors.unmodified import changed_files

_SHOWN = 3


class NoInterpreter(Exception):
    """The connector cannot be hosted here; the message says what is missing and what to do."""


def interpreter_for(connector: str) -> Path:
    """Return the Python whose environment holds the connector; raises NoInterpreter."""
    family, _, venue = connector.partition(":")
    if family == "hummingbot":
        python = environment.cached_python()
        if python is None:
            raise NoInterpreter(
                f"{connector}: its environment is not built; "
                f"`make conformance CONNECTOR={connector}` builds it once (minutes)"
            )
        _require_release(environment.environment().site_packages, "hummingbot")
        return python
    if family == "ccxt":
        if find_spec("ccxt") is None:
            raise NoInterpreter(
                f"{connector}: ccxt is not installed; pip install 'fillproof[ccxt]'"
            )
        _require_release(Path(sysconfig.get_path("purelib")), "ccxt")
    if venue.startswith("hyperliquid") and find_spec("eth_keys") is None:
        raise NoInterpreter(
            f"{connector}: eth-account, which its venue needs, is not installed; "
            "pip install 'fillproof[hyperliquid]'"
        )
    return Path(sys.executable)


@cache
def _require_release(site_packages: Path, name: str) -> None:
    """Refuse a library that is not the release; checked once a process."""
    changed = changed_files(site_packages, name)
    if changed:
        shown = ", ".join(changed[:_SHOWN])
        raise NoInterpreter(
            f"{name} in {site_packages} is not the release: "
            f"{len(changed)} files differ from its RECORD ({shown})"
        )
