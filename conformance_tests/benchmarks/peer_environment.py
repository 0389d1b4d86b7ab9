"""The environment of the engine's peer: a newer Python than ours may be, found and equipped once.

The peer is `matching-engine`, the fastest matching engine in pure Python that was found. It keeps
no balances and takes no fees.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fillproof.harness.connectors.environments import BuildFailed, Environment, run, tag_of

PEER = "matching-engine==0.1.1"
REQUIREMENTS = (PEER, "msgspec==0.22.0", "sortedcontainers==2.4.0")
"""The peer, and what both engines import."""

MINORS = (12, 13, 14)
"""The Pythons the peer runs on, the one to be preferred first."""


class NoPeer(Exception):
    """The peer cannot run here; the message says what is missing."""


def peer_python() -> Path:
    """Return an interpreter that has the peer, made in the cache when it is not there yet."""
    for minor in MINORS:
        if _environment(minor).is_whole:
            return _environment(minor).python
    for minor in MINORS:
        for base in _interpreters(minor):
            return _equipped(base, minor)
    raise NoPeer(f"{PEER} needs Python 3.{MINORS[0]} or later; none is on PATH or among pyenv's")


def _environment(minor: int, base: str = sys.executable) -> Environment:
    return Environment(f"{PEER.replace('==', '-')}-{tag_of(minor)}", base)


def _interpreters(minor: int) -> Iterator[str]:
    """Yield the interpreters of a version that really start; a shim may be there in vain."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = [sys.executable, shutil.which(f"python3.{minor}")]
    found += sorted(map(str, pyenv.glob(f"3.{minor}.*/bin/python3")))
    says = "import sys; sys.stdout.write(str(sys.version_info[1]))"
    for python in filter(None, found):
        said = subprocess.run([python, "-c", says], capture_output=True, text=True, check=False)
        if said.stdout == str(minor):
            yield python


def _equipped(base: str, minor: int) -> Path:
    try:
        return _environment(minor, base).made(lambda pip: run(*pip, "install", *REQUIREMENTS))
    except BuildFailed as failed:
        raise NoPeer(str(failed)) from failed
