"""`fillproof check`: judge recordings again, offline."""

from __future__ import annotations

from pathlib import Path

import click

from fillproof.harness.cli.conclude import (
    Reports,
    conclude,
    known_failures,
    report_options,
    strict_option,
)
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.runner import NotARecording, check_recordings


@click.command("check", cls=Once)
@click.argument(
    "recordings",
    nargs=-1,
    required=True,
    metavar="RECORDING...",
    type=click.Path(exists=True, path_type=Path),
)
@strict_option
@report_options
def command(
    recordings: tuple[Path, ...],
    strict: bool,
    json: Path | None,
    junit: Path | None,
    coverage: Path | None,
    known_failures_file: Path | None,
    quiet: bool,
) -> None:
    """Judge recordings again; nothing is run.

    RECORDING is a file that `run --record` saved, or a folder of them.
    """
    files = [file for path in recordings for file in _files(path)]
    try:
        known = known_failures(known_failures_file)
        events = check_recordings(files, known=known, strict=strict)
        conclude(events, Reports(json, junit, coverage, quiet))
    except NotARecording as problem:
        raise WrongUse(str(problem)) from problem


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(path.rglob("*.jsonl"))
    if not found:
        raise WrongUse(f"{path}: the folder has no recording (*.jsonl) in it")
    return found
