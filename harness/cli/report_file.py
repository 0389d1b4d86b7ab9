"""Files that a report is written to: an earlier one stays until the new one is whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from fillproof.harness.cli.wrong_use import WrongUse


class ReportFile(click.Path):
    """A file of a folder that can be written to, which is known before anything runs."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; fails like every wrong option when nothing could be written there."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        folder = path.resolve().parent
        if not folder.is_dir():
            self.fail(f"{value}: there is no folder {path.parent}", param, ctx)
        if _is_replaced(path) and not os.access(folder, os.W_OK):
            self.fail(f"{value}: nothing can be written in {path.parent}", param, ctx)
        return path


def put(path: Path, data: bytes) -> None:
    """Write a report at once and whole; raises WrongUse when the file cannot be written."""
    try:
        if not _is_replaced(path):
            path.write_bytes(data)
            return
        real = path.resolve()
        made = real.with_name(f".{real.name}.{os.getpid()}")
        try:
            made.write_bytes(data)
            made.replace(real)
        finally:
            made.unlink(missing_ok=True)
    except OSError as problem:
        raise WrongUse(f"{path}: cannot be written: {problem.strerror or problem}") from problem


def _is_replaced(path: Path) -> bool:
    """Return whether it is a file or will be one; a pipe or a device is written to as it is."""
    return path.is_file() or not path.exists()
