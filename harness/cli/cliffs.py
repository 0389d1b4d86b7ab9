"""`fillproof cliffs`: where a connector's behaviour flips as the venue gets slower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from fillproof.harness.cli.choose import choose_connectors
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.cliffs import Cliff, Probe, Stretch, Unclear, packaged_probes, probe_one
from fillproof.harness.runner import Case, CaseFinished, KnownFailures, run_case
from fillproof.harness.scenario import SUFFIX, to_yaml
from fillproof.harness.spelling import did_you_mean
from fillproof.harness.worker.launch import Worker, WorkerFailed

_WALL_LIMIT_SECONDS = 60.0
_NOTHING_KNOWN = KnownFailures()


@click.command("cliffs", cls=Once)
@click.argument("names", nargs=-1, metavar="[PROBE]...")
@click.option("--connector", required=True, metavar="NAME", help="Connector to probe.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--save",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save the scenario just beyond each cliff.",
)
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], connector: str, seed: int, folder: Path | None
) -> None:
    """Make chosen messages later and later until the connector behaves otherwise.

    For each PROBE (default: all) it prints up to which delay or count the connector behaves how,
    to the millisecond of virtual time, and the rules that it breaks beyond each cliff.
    """
    probes = _chosen(names)
    choose_connectors([connector])
    flipped = worlds = 0
    try:
        with closing(Worker(connector)) as worker:

            def run(document: Mapping[str, Any]) -> CaseFinished:
                case = Case(document, connector, seed, str(document["id"]))
                return run_case(
                    case, worker, known=_NOTHING_KNOWN, wall_limit_seconds=_WALL_LIMIT_SECONDS
                )

            for probe in probes:
                cliff = probe_one(probe, run)
                flipped += len(cliff.stretches) - 1
                worlds += cliff.worlds
                click.echo("\n".join(_lines(cliff, _saved(cliff, folder))) + "\n")
    except Unclear as unclear:
        click.echo(f"exit 3: {unclear}")
        ctx.exit(3)
    except WorkerFailed as problem:
        raise WrongUse(f"{connector}: {problem}") from problem
    told = ", ".join(
        f"{count} {what}{'' if count == 1 else 's'}"
        for count, what in ((len(probes), "probe"), (flipped, "cliff"), (worlds, "world"))
    )
    click.echo(f"exit 0: {told}")


def _chosen(names: tuple[str, ...]) -> tuple[Probe, ...]:
    known = {probe.name: probe for probe in packaged_probes()}
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise WrongUse(f"unknown probe {name!r};{near} one of {', '.join(known)}")
    return tuple(known[name] for name in names or known)


def _saved(cliff: Cliff, folder: Path | None) -> list[Path]:
    """Save the scenario of the first number of each stretch but the first."""
    if folder is None:
        return []
    paths = []
    for stretch in cliff.stretches[1:]:
        path = folder / f"{cliff.probe.name}-{stretch.first}{cliff.probe.unit}{SUFFIX}"
        text = to_yaml(cliff.probe.document(stretch.first))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as problem:
            raise WrongUse(f"--save {folder}: {problem.strerror or problem}") from problem
        paths.append(path)
    return paths


def _lines(cliff: Cliff, saved: list[Path]) -> Iterator[str]:
    yield f"{cliff.probe.name}: {cliff.probe.question}"
    ranges = [_range(cliff.probe, stretch) for stretch in cliff.stretches]
    width = max(map(len, ranges))
    for text, stretch in zip(ranges, cliff.stretches, strict=True):
        yield f"  {text:<{width}}  {stretch.behaviour}"
        if stretch.behaviour.broken:
            yield f"  {'':<{width}}  breaks {', '.join(stretch.behaviour.broken)}"
    yield from (f"  saved: {path}" for path in saved)


def _range(probe: Probe, stretch: Stretch) -> str:
    first = _number(probe, stretch.first)
    if stretch.last is None:
        return f"from {first} on" if stretch.first else "however much"
    last = _number(probe, stretch.last)
    return first if first == last else f"{first} to {last}"


def _number(probe: Probe, number: int) -> str:
    return f"{number / 1000:.3f} s" if probe.axis == "delay" else str(number)
