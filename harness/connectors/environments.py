"""Environments of their own for released libraries: each built once, whole or not at all, cached.

An environment is named by what it holds and by its pins, so that other pins are another one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SAID_LINES = 20

Equip = Callable[[tuple[str, ...]], None]
"""Installs what an environment holds; it is given how its pip is called."""


class BuildFailed(RuntimeError):
    """A command of a build failed; the message has it and the end of what it said."""


def cache_folder() -> Path:
    """Return where environments are kept: FILLPROOF_CACHE, else the user's cache folder."""
    chosen = os.environ.get("FILLPROOF_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "fillproof"


def tag_of(minor: int = sys.version_info.minor) -> str:
    """Return what a folder says of the Python it was made with."""
    return f"cp3{minor}"


def digest_of(pins: Path) -> str:
    """Return what a folder says of its pins."""
    return hashlib.sha256(pins.read_bytes()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder of the cache; `made_with` is the interpreter it is made with."""

    name: str
    made_with: str = sys.executable

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return cache_folder() / self.name

    @property
    def python(self) -> Path:
        """Its interpreter, which is there once it is whole."""
        return self.folder / "bin" / "python"

    @property
    def is_whole(self) -> bool:
        """Whether it was built to its end: the mark is written last."""
        return (self.folder / "complete").exists() and self.python.exists()

    @property
    def site_packages(self) -> Path:
        """Where it has its packages."""
        return next((self.folder / "lib").glob("python3.*")) / "site-packages"

    def made(self, equip: Equip) -> Path:
        """Return its interpreter, built first when it is not whole; raises BuildFailed.

        Of two that want to build it, the second waits for the first and builds nothing.
        """
        with self._alone():
            if not self.is_whole:
                if self.folder.exists():
                    shutil.rmtree(self.folder)  # left by a build that did not end
                run(self.made_with, "-m", "venv", str(self.folder))
                equip((str(self.python), "-m", "pip", "--disable-pip-version-check"))
                (self.folder / "complete").write_text(f"{self.name}\n")
        return self.python

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the folder; the machine frees it when its holder dies."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.folder.with_name(f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def run(*command: str, **variables: str) -> None:
    """Run a command quietly, with these environment variables too; raises BuildFailed."""
    with tempfile.TemporaryDirectory(prefix="fillproof-build-") as scratch:
        done = subprocess.run(  # noqa: S603 - our own interpreter and pip
            command,
            env={**os.environ, "TMPDIR": scratch, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-_SAID_LINES:])
        raise BuildFailed(f"{' '.join(command)}\n{said}")
