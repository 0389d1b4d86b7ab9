"""`fillproof fuzz`: draw scenarios, look for a rule that is broken, and save the smallest case."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from fillproof.harness.cli.choose import choose_connectors
from fillproof.harness.cli.conclude import known_failures
from fillproof.harness.cli.fuzz_progress import with_progress
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.fuzz import (
    FOLDER,
    CannotFuzz,
    FailureFound,
    FuzzEvent,
    FuzzFinished,
    FuzzStarted,
    RunJudged,
    Search,
    Shrunk,
    Unrepeatable,
    fuzz,
    save_finding,
)
from fillproof.harness.report.case_text import finding_text, notes
from fillproof.harness.runner import CaseFinished, KnownFailures, Status
from fillproof.harness.worker.launch import WorkerFailed

LINE = "-" * 78


@click.command("fuzz", cls=Once)
@click.option("--connector", required=True, metavar="NAME", help="Connector to search.")
@click.option("--runs", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes."
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Look for known failures too (those pinned to `fuzz/*` or `*`).",
)
@click.option(
    "--findings",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default=True,
    metavar="DIR",
    help="Where the scenarios of findings are saved.",
)
@click.option(
    "--known-failures",
    "known_failures_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Expected failures (instead of those that ship with Fillproof).",
)
@click.option("--quiet", is_flag=True, help="Print no progress.")
@click.pass_context
def command(
    ctx: click.Context,
    connector: str,
    runs: int,
    seed: int,
    jobs: int,
    every: bool,
    folder: Path,
    known_failures_file: Path | None,
    quiet: bool,
) -> None:
    """Draw scenarios for a connector and look for a rule that it breaks.

    The first case that breaks a rule is shrunk and saved as a scenario; the search goes on for
    other rules. The same seed draws the same cases. A case that could not be told is no failure;
    it is only not counted as judged.
    """
    choose_connectors([connector])
    known = KnownFailures() if every else known_failures(known_failures_file)
    search = Search(connector, runs, seed, known, jobs)
    try:
        ctx.exit(_listen(with_progress(fuzz(search), quiet), folder))
    except (WorkerFailed, CannotFuzz) as problem:
        raise WrongUse(f"{connector}: {problem}") from problem
    except OSError as problem:
        raise WrongUse(f"--findings {folder}: {problem.strerror or problem}") from problem


def _listen(events: Iterable[FuzzEvent], folder: Path) -> int:
    """Print what is found as it is found, and return the exit code."""
    left_out: tuple[str, ...] = ()
    try:
        for event in events:
            match event:
                case FuzzStarted():
                    left_out = event.left_out
                case Shrunk():
                    saved = save_finding(event.finished, event.finding.rule, folder)
                    click.echo(f"{LINE}\n{finding_text(saved, event.finding)}\n")
                case RunJudged() if event.finished.status is Status.ERROR:
                    saved = save_finding(event.finished, "ERROR", folder)
                    click.echo(f"{LINE}\n{_error_text(saved)}\n")
                case FuzzFinished():
                    click.echo(last_line(event, left_out))
                    return event.exit_code
                case RunJudged() | FailureFound():
                    continue  # progress shows them
    except Unrepeatable as problem:
        click.echo(f"exit 3: {problem}")
        return 3
    raise AssertionError("a search ends with FuzzFinished")


def _error_text(finished: CaseFinished) -> str:
    return "\n".join((f"ERROR  {finished.case.command}", *notes(finished)))


def last_line(finished: FuzzFinished, left_out: tuple[str, ...]) -> str:
    """Return the line every search ends with: the exit code, and what made it."""
    told = [
        f"{finished.runs} runs",
        f"{finished.judged} judged",
        f"{len(finished.found)} rule{'' if len(finished.found) == 1 else 's'} newly broken"
        + _listed(finished.found),
        f"{finished.errors} ERROR",
    ]
    if left_out:
        told.insert(3, f"{len(left_out)} known ones not looked for{_listed(left_out)}")
    return f"exit {finished.exit_code}: {', '.join(told)}"


def _listed(rules: tuple[str, ...]) -> str:
    return f" ({' '.join(rules)})" if rules else ""
