"""The environments of the clients: each built once from its pins, and cached.

`python -m conformance_tests.clients.environment` builds those that are not there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fillproof.harness.connectors.hummingbot import environment as hummingbot
from fillproof.harness.connectors.hummingbot.environment import BuildFailed, cache_folder

ROOT = Path(__file__).parents[2]
PINS = Path(__file__).parent / "requirements"
_SAID_LINES = 20

CLIENTS = "clients"
"""ccxt, python-binance and binance-sdk-spot."""
CONNECTOR = "connector"
"""binance-connector: its modules have the names of python-binance's."""
HUMMINGBOT = "hummingbot"
"""The environment in which its connector is judged."""

NAMES = (CLIENTS, CONNECTOR, HUMMINGBOT)


def folder_of(name: str) -> Path:
    """Return where an environment is kept: by its pins, and by the Python that runs this."""
    pins = hashlib.sha256((PINS / f"{name}.txt").read_bytes()).hexdigest()[:8]
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return cache_folder() / f"{name}-{tag}-{pins}"


def python_of(name: str) -> Path:
    """Return an environment's interpreter, built first when it is absent; raises BuildFailed."""
    if name == HUMMINGBOT:
        return hummingbot.cached_python() or _build_hummingbot()
    if not is_there(name):
        _build(name)
    return folder_of(name) / "bin" / "python"


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
    if name == HUMMINGBOT:
        return hummingbot.cached_python() is not None
    return (folder_of(name) / "complete").exists()


def site_packages(name: str) -> Path:
    """Return where an environment has its packages."""
    return next((python_of(name).parents[1] / "lib").glob("python3.*")) / "site-packages"


def _build_hummingbot() -> Path:
    missing = hummingbot.missing()
    if missing is not None:
        raise BuildFailed(missing)
    return hummingbot.build()


def _build(name: str) -> None:
    """Build in place; the mark that it is whole is written last."""
    folder = folder_of(name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        shutil.rmtree(folder)  # left by a build that did not end
    _run(sys.executable, "-m", "venv", str(folder))
    pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check")
    _run(*pip, "install", "--no-deps", "-r", str(PINS / f"{name}.txt"))
    _run(*pip, "check")
    (folder / "complete").write_text(f"{name}\n")


def _run(*command: str) -> None:
    with tempfile.TemporaryDirectory(prefix="fillproof-build-") as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-_SAID_LINES:])
        raise BuildFailed(f"{' '.join(command)}\n{said}")


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
