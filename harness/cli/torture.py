"""`fillproof torture`: each request of a scenario fails in turn."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from fillproof.harness.cli.choose import choose_connectors, choose_scenarios
from fillproof.harness.cli.conclude import Reports, conclude, known_failures, report_options
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.runner import Case, KnownFailures, run_cases
from fillproof.harness.torture import (
    CHANGING,
    WAYS,
    Strike,
    strikes_of,
    tortured,
    without_what_could_not_be,
)
from fillproof.harness.worker.launch import Job, Worker, WorkerFailed

_WALL_LIMIT_SECONDS = 60.0


@click.command("torture", cls=Once)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option(
    "--connector",
    "connectors",
    multiple=True,
    required=True,
    metavar="NAME",
    help="Connector to judge; may be given several times.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--way",
    "ways",
    multiple=True,
    type=click.Choice(list(WAYS)),
    help="How it fails; may be given several times. Default: in each of these ways.",
)
@click.option(
    "--at", "places", multiple=True, metavar="ROLE:NUMBER", help="Only this request: create:0."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes."
)
@report_options
def command(
    scenarios: tuple[str, ...],
    connectors: tuple[str, ...],
    seed: int,
    ways: tuple[str, ...],
    places: tuple[str, ...],
    jobs: int,
    json: Path | None,
    junit: Path | None,
    coverage: Path | None,
    known_failures_file: Path | None,
    quiet: bool,
) -> None:
    """Run a scenario once for each request in it and each way in which that can fail.

    Requests are counted by role from the connector's start: create, cancel, query, trades, account,
    reference. What a scenario expects of its orders is not asked, all rules are; steps that the
    failed request made impossible are left out of the verdict.
    """
    known = known_failures(known_failures_file) if known_failures_file else KnownFailures()
    chosen = choose_scenarios(scenarios)
    cases = [
        case
        for connector in choose_connectors(connectors)
        for case in _cases(connector, chosen, seed, ways or tuple(WAYS), places)
    ]
    if not cases:
        raise WrongUse(f"no request fails like this: {_only_changing(ways)}")
    events = run_cases(cases, known=known, jobs=jobs, wall_limit_seconds=_WALL_LIMIT_SECONDS)
    conclude(without_what_could_not_be(events), Reports(json, junit, coverage, quiet))


def _cases(
    connector: str,
    scenarios: Sequence[tuple[Mapping[str, Any], str]],
    seed: int,
    ways: Sequence[str],
    places: Sequence[str],
) -> Iterator[Case]:
    """Yield the cases of a connector, from one untouched run of each scenario."""
    try:
        with closing(Worker(connector)) as worker:
            for document, given in scenarios:
                job = Job(document=document, seed=seed, wall_limit_seconds=_WALL_LIMIT_SECONDS)
                lines = worker.run(job)
                strikes = strikes_of(lines)
                if not strikes:
                    raise WrongUse(f"{connector} asks nothing in {given}{_why(lines)}")
                for strike in _wanted(strikes, places, given):
                    for way in _fitting(strike, ways, asked=bool(places)):
                        words = ("--at", str(strike), "--way", way)
                        named = ("--connector", connector, "--seed", str(seed))
                        yield Case(
                            tortured(document, strike, way),
                            connector,
                            seed,
                            given,
                            repeat=shlex.join(("fillproof", "torture", given, *named, *words)),
                        )
    except WorkerFailed as problem:
        raise WrongUse(f"{connector}: {problem}") from problem


def _why(lines: Sequence[str]) -> str:
    """Return what the recording says of a run that went wrong; empty when nothing did."""
    said = (line for line in map(json.loads, lines) if line["kind"] == "trouble")
    return "".join(f"; {line['message']}" for line in said)


def _fitting(strike: Strike, ways: Sequence[str], *, asked: bool) -> list[str]:
    """Return the ways in which a request can fail; none is wrong use where it was asked for."""
    fitting = [way for way in strike.ways if way in ways]
    if asked and not fitting:
        raise WrongUse(f"--at {strike}: {_only_changing(ways)}")
    return fitting


def _only_changing(ways: Sequence[str]) -> str:
    return f"--way {', '.join(ways)} is for requests that change something: {', '.join(CHANGING)}"


def _wanted(strikes: Sequence[Strike], places: Sequence[str], given: str) -> Sequence[Strike]:
    by_name = {str(strike): strike for strike in strikes}
    for place in places:
        if place not in by_name:
            raise WrongUse(f"--at {place}: {given} asks {', '.join(by_name)}")
    return [by_name[place] for place in places] or strikes
