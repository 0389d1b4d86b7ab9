"""`fillproof replay`: run a saved scenario or recording again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fillproof.harness.cli.choose import choose_connectors, choose_scenarios
from fillproof.harness.cli.conclude import (
    Reports,
    conclude,
    known_failures,
    report_options,
    strict_option,
)
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.runner import Case, NotARecording, read_case, run_cases


@click.command("replay", cls=Once)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--connector", metavar="NAME", help="Connector (default: the recording's).")
@click.option("--seed", type=click.IntRange(min=0), help="Seed (default: the recording's, else 0).")
@strict_option
@report_options
def command(
    file: Path,
    connector: str | None,
    seed: int | None,
    strict: bool,
    json: Path | None,
    junit: Path | None,
    coverage: Path | None,
    known_failures_file: Path | None,
    quiet: bool,
) -> None:
    """Run a saved scenario or recording again.

    FILE is a scenario (YAML; give --connector) or a recording (its scenario, connector and seed are
    taken from its first line).
    """
    known = known_failures(known_failures_file)
    case = replace(_case(file, connector, seed), strict=strict)
    choose_connectors([case.connector])
    conclude(run_cases([case], known=known), Reports(json, junit, coverage, quiet))


def _case(file: Path, connector: str | None, seed: int | None) -> Case:
    if file.suffix in {".yaml", ".yml"}:
        if connector is None:
            raise WrongUse(f"{file}: a scenario names no connector; give --connector NAME")
        ((document, given),) = choose_scenarios([str(file)])
        return Case(document, connector, seed or 0, given)
    try:
        case, _ = read_case(file)
    except NotARecording as problem:
        raise WrongUse(str(problem)) from problem
    return replace(
        case,
        connector=connector or case.connector,
        seed=case.seed if seed is None else seed,
    )
