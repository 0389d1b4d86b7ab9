"""The environments of the clients: each built once from its pins, and cached.

`python -m conformance_tests.clients.environment` builds those that are not there.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from fillproof.harness.connectors.environments import (
    BuildFailed,
    Environment,
    digest_of,
    run,
    tag_of,
)
from fillproof.harness.connectors.hummingbot import environment as hummingbot

ROOT = Path(__file__).parents[2]
PINS = Path(__file__).parent / "requirements"

CLIENTS = "clients"
"""ccxt, python-binance and binance-sdk-spot."""
CONNECTOR = "connector"
"""binance-connector: its modules have the names of python-binance's."""
HYPERLIQUID = "hyperliquid"
"""hyperliquid-python-sdk."""
HUMMINGBOT = "hummingbot"
"""The environment in which its connector is judged."""

NAMES = (CLIENTS, CONNECTOR, HYPERLIQUID, HUMMINGBOT)


def environment_of(name: str) -> Environment:
    """Return the environment of that name: by its pins, and by the Python that runs this."""
    if name == HUMMINGBOT:
        return hummingbot.environment()
    return Environment(f"{name}-{tag_of()}-{digest_of(PINS / f'{name}.txt')}")


def python_of(name: str) -> Path:
    """Return an environment's interpreter, built first when it is absent; raises BuildFailed."""
    if name == HUMMINGBOT:
        return hummingbot.cached_python() or _build_hummingbot()
    return environment_of(name).made(partial(_equip, PINS / f"{name}.txt"))


def why_not_here(name: str) -> str | None:
    """Return why this machine cannot host an environment at all, or None.

    Hummingbot needs a compiler, as `make conformance` says too. A build that could be tried and
    fails is no reason: it is a failure.
    """
    if name != HUMMINGBOT or hummingbot.cached_python() is not None:
        return None
    return hummingbot.missing()


def is_there(name: str) -> bool:
    """Return whether an environment has been built whole."""
    return environment_of(name).is_whole


def site_packages(name: str) -> Path:
    """Return where an environment has its packages."""
    python_of(name)
    return environment_of(name).site_packages


def _build_hummingbot() -> Path:
    missing = hummingbot.missing()
    if missing is not None:
        raise BuildFailed(missing)
    return hummingbot.build()


def _equip(pins: Path, pip: tuple[str, ...]) -> None:
    run(*pip, "install", "--no-deps", "-r", str(pins))
    run(*pip, "check")


def main() -> int:
    """Build what is absent; return 0, or 2 with the reason when a build fails."""
    for name in NAMES:
        reason = why_not_here(name)
        if reason is not None:
            sys.stderr.write(f"{name} cannot be hosted here, its tests are skipped: {reason}\n")
            continue
        try:
            if not is_there(name):
                sys.stderr.write(f"building the environment {name}, once (minutes)...\n")
            python_of(name)
        except BuildFailed as failed:
            sys.stderr.write(f"{name} cannot be had here: {failed}\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
