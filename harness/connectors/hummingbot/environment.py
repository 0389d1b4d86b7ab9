"""The environment that holds the released Hummingbot: built once from its sdist, cached.

`python -m fillproof.harness.connectors.hummingbot.environment` builds it when it is not there.
The source is untouched; every installed file equals the wheel's own RECORD.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

RELEASE = "20260922"
_HERE = Path(__file__).parent
REQUIREMENTS = _HERE / "requirements.txt"
"""What the connectors import, pinned; the release's own list cannot be resolved."""

_SAID_LINES = 20

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def cache_folder() -> Path:
    """Return where environments are kept: FILLPROOF_CACHE, else the user's cache folder."""
    chosen = os.environ.get("FILLPROOF_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "fillproof"


def environment_folder() -> Path:
    """Return the folder of this release for this Python and these requirements."""
    pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return cache_folder() / f"hummingbot-{RELEASE}-{tag}-{pins}"


def cached_python() -> Path | None:
    """Return the environment's interpreter, or None when it was not built (whole) yet."""
    python = environment_folder() / "bin" / "python"
    return python if (environment_folder() / "complete").exists() and python.exists() else None


def missing() -> str | None:
    """Return what keeps this machine from building the environment, or None."""
    if sys.version_info[:2] not in SUPPORTED:
        return f"Python 3.11 to 3.13 is needed, this is {sysconfig.get_python_version()}"
    if shutil.which("c++") is None and shutil.which("g++") is None:
        return "a C++ compiler is needed (c++ or g++)"
    return None


class BuildFailed(RuntimeError):
    """A command of the build failed; the message has it and the end of what it said."""


def build() -> Path:
    """Build the environment and return its interpreter; raises BuildFailed."""
    folder = environment_folder()
    if folder.exists():
        shutil.rmtree(folder)  # left by a build that did not end
    folder.parent.mkdir(parents=True, exist_ok=True)
    _run(sys.executable, "-m", "venv", str(folder))
    python = folder / "bin" / "python"
    pip = (str(python), "-m", "pip", "--disable-pip-version-check")
    with tempfile.TemporaryDirectory(prefix="fillproof-build-") as wheels:
        release = f"hummingbot=={RELEASE}"
        _run(*pip, "wheel", "--no-deps", "--no-binary=hummingbot", f"--wheel-dir={wheels}", release)
        built = next(Path(wheels).glob("hummingbot-*.whl"))
        _run(*pip, "install", "--no-deps", str(built))
    _run(*pip, "install", "-r", str(REQUIREMENTS))
    (folder / "complete").write_text(f"hummingbot {RELEASE}\n")
    return python


def _run(*command: str) -> None:
    """Run a command quietly: pip names conflicts with the release's own list that are meant."""
    environment = {**os.environ, "WITHOUT_CYTHON_OPTIMIZATIONS": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and pip
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-_SAID_LINES:])
        raise BuildFailed(f"{' '.join(command)}\n{said}")


def site_packages() -> Path:
    """Return where the environment has its packages."""
    return next((environment_folder() / "lib").glob("python3.*")) / "site-packages"


def main(arguments: Sequence[str]) -> int:
    """Build the environment unless it stands; return 0, or 2 when it cannot be had here.

    With `--optional` one line says why, and 0 is returned all the same.
    """
    reason = None
    if cached_python() is None:
        reason = missing() or _try_to_build()
    if reason is None:
        return 0
    sys.stderr.write(f"hummingbot:binance cannot be hosted here: {reason}\n")
    return 0 if "--optional" in arguments else 2


def _try_to_build() -> str | None:
    """Build, and return what went wrong, or None."""
    sys.stderr.write(f"building hummingbot {RELEASE} from its sdist, once (minutes)...\n")
    try:
        build()
    except BuildFailed as failed:
        return f"building its environment failed: {failed}"
    return None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
