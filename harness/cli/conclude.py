"""Options and endings that `run`, `check` and `replay` share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from fillproof.harness.cli.report_file import ReportFile, put
from fillproof.harness.cli.run_progress import with_progress
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.report.coverage import coverage_report
from fillproof.harness.report.json_report import json_report
from fillproof.harness.report.junit import junit_xml
from fillproof.harness.report.results import Results, gather
from fillproof.harness.report.terminal import last_line, terminal_report
from fillproof.harness.runner import (
    KnownFailures,
    KnownFailuresError,
    RunEvent,
    load_known_failures,
    packaged_known_failures,
)


@dataclass(frozen=True, slots=True)
class Reports:
    """Where the outcome goes besides the terminal."""

    json: Path | None
    junit: Path | None
    coverage: Path | None
    quiet: bool


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of its reports."""
    file = ReportFile()
    for option in (
        click.option("--quiet", is_flag=True, help="Print the last line only."),
        click.option(
            "--known-failures",
            "known_failures_file",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Expected failures (instead of those that ship with Fillproof).",
        ),
        click.option(
            "--coverage", type=file, metavar="FILE", help="Write what was put to the test, as text."
        ),
        click.option("--junit", type=file, metavar="FILE", help="Write JUnit XML."),
        click.option("--json", type=file, metavar="FILE", help="Write JSON (docs/reports.md)."),
    ):
        command = option(command)
    return command


strict_option = click.option(
    "--strict", is_flag=True, help="Count what is only not recommended (NON_STRICT) as FAIL."
)


def known_failures(path: Path | None) -> KnownFailures:
    """Return the known failures of a file, or those that ship; raises WrongUse."""
    try:
        return packaged_known_failures() if path is None else load_known_failures(path)
    except KnownFailuresError as problem:
        raise WrongUse(str(problem)) from problem


def conclude(events: Iterable[RunEvent], reports: Reports) -> NoReturn:
    """Listen to a run to its end, write its reports, and end the process with its exit code."""
    results = gather(with_progress(events, reports.quiet))
    if reports.json is not None:
        text = json.dumps(json_report(results), indent=1, ensure_ascii=False)
        put(reports.json, f"{text}\n".encode())
    if reports.junit is not None:
        put(reports.junit, junit_xml(results))
    if reports.coverage is not None:
        put(reports.coverage, f"{coverage_report(results)}\n".encode())
    click.echo(_for_stdout(results, reports.quiet))
    click.get_current_context().exit(results.exit_code)


def _for_stdout(results: Results, quiet: bool) -> str:
    """Return the text in characters that the terminal or file can take."""
    if quiet:
        return last_line(results)
    encoding = sys.stdout.encoding or "ascii"
    text = terminal_report(results, ascii_only=not encoding.lower().startswith("utf"))
    return text.encode(encoding, "backslashreplace").decode(encoding)
