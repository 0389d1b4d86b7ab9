"""`fillproof run`: run scenarios against connectors and judge them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from fillproof.harness.cli.choose import choose_scenarios, planned
from fillproof.harness.cli.conclude import (
    Reports,
    conclude,
    known_failures,
    report_options,
    strict_option,
)
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.runner import CaseFinished, RunEvent, run_cases
from fillproof.harness.runner.recordings import save_recording


@click.command("run", cls=Once)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option(
    "--connector",
    "connectors",
    multiple=True,
    metavar="NAME",
    help="Connector to judge; may be given several times. Default: all that ship and can run here.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save each recording as DIR/CONNECTOR/SCENARIO.jsonl.",
)
@click.option(
    "--verify-determinism",
    is_flag=True,
    help="Run each case twice, in two processes with different hash seeds, and compare.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes."
)
@click.option(
    "--wall-limit",
    type=click.IntRange(min=1, max=86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Time one world may take: of a processor, or real time when it stands still.",
)
@strict_option
@report_options
def command(
    scenarios: tuple[str, ...],
    connectors: tuple[str, ...],
    seed: int,
    record: Path | None,
    verify_determinism: bool,
    jobs: int,
    wall_limit: int,
    strict: bool,
    json: Path | None,
    junit: Path | None,
    coverage: Path | None,
    known_failures_file: Path | None,
    quiet: bool,
) -> None:
    """Run scenarios against connectors and judge what the connectors tell.

    SCENARIO is a file, a folder of scenarios, or the id or area of packaged ones
    (`fillproof list`); without one, all packaged scenarios run.
    """
    cases = planned(choose_scenarios(scenarios), connectors, seed)
    events = run_cases(
        tuple(replace(case, strict=strict) for case in cases),
        known=known_failures(known_failures_file),
        jobs=jobs,
        wall_limit_seconds=wall_limit,
        verify_determinism=verify_determinism,
        skip_unavailable=not connectors,
    )
    if record is not None:
        events = recorded(events, writable(record))
    conclude(events, Reports(json, junit, coverage, quiet))


def recorded(events: Iterable[RunEvent], folder: Path) -> Iterator[RunEvent]:
    """Yield the events unchanged, and save each recording below `folder`."""
    for event in events:
        if isinstance(event, CaseFinished) and event.lines:
            save_recording(folder, event.case, event.lines)
        yield event


def writable(folder: Path) -> Path:
    """Return the folder, made when it was not there; raises WrongUse when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongUse(
            f"--record {folder}: cannot be made: {problem.strerror or problem}"
        ) from problem
    return folder
