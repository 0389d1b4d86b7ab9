"""Proves that an installed package is the release: every file against the release's own RECORD."""

from __future__ import annotations

import base64
import csv
import hashlib
from pathlib import Path


class NotInstalled(LookupError):
    """The folder holds no such package."""


def changed_files(site_packages: Path, name: str) -> list[str]:
    """Return the files of a package that differ from its RECORD; empty means unmodified.

    Raises NotInstalled. Compiled caches and what pip itself writes have no digest in RECORD.
    """
    folder = next(iter(sorted(site_packages.glob(f"{name}-*.dist-info"))), None)
    if folder is None:
        raise NotInstalled(f"{name} is not installed in {site_packages}")
    with (folder / "RECORD").open(newline="", encoding="utf-8") as rows:
        return [
            file
            for file, digest, _size in csv.reader(rows)
            if digest and digest != _digest(site_packages / file)
        ]


def _digest(path: Path) -> str:
    if not path.exists():
        return "missing"
    hashed = hashlib.sha256(path.read_bytes()).digest()
    return "sha256=" + base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
