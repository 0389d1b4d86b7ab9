"""The environment that holds the released Hummingbot: built once from its sdist, cached.

`python -m fillproof.harness.connectors.hummingbot.environment` builds it when it is not there.
The source is untouched; every installed file equals the wheel's own RECORD.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fillproof.harness.connectors.environments import (
    BuildFailed,
    Environment,
    digest_of,
    run,
    tag_of,
)

RELEASE = "20260922"
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
"""What the connectors import, pinned; the release's own list cannot be resolved."""

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def environment() -> Environment:
    """Return the environment of this release for this Python and these requirements."""
    return Environment(f"hummingbot-{RELEASE}-{tag_of()}-{digest_of(REQUIREMENTS)}")


def cached_python() -> Path | None:
    """Return the environment's interpreter, or None when it was not built (whole) yet."""
    own = environment()
    return own.python if own.is_whole else None


def missing() -> str | None:
    """Return what keeps this machine from building the environment, or None."""
    if sys.version_info[:2] not in SUPPORTED:
        return f"Python 3.11 to 3.13 is needed, this is {sysconfig.get_python_version()}"
    if shutil.which("c++") is None and shutil.which("g++") is None:
        return "a C++ compiler is needed (c++ or g++)"
    return None


def build() -> Path:
    """Build the environment unless it stands, and return its interpreter; raises BuildFailed."""
    return environment().made(_equip)


def _equip(pip: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory(prefix="fillproof-wheels-") as wheels:
        release = f"hummingbot=={RELEASE}"
        wheel = ("wheel", "--no-deps", "--no-binary=hummingbot", f"--wheel-dir={wheels}", release)
        run(*pip, *wheel, WITHOUT_CYTHON_OPTIMIZATIONS="1")
        built = next(Path(wheels).glob("hummingbot-*.whl"))
        run(*pip, "install", "--no-deps", str(built))
    # pip names conflicts with the release's own list; they are meant.
    run(*pip, "install", "-r", str(REQUIREMENTS))


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
