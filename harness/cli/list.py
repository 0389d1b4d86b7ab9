"""`fillproof list`: the scenarios, connectors, rules and faults there are."""

from __future__ import annotations

from collections.abc import Iterator

import click

from fillproof.harness.cli.once import Once


@click.command("list", cls=Once)
@click.argument(
    "what", default="all", type=click.Choice(["all", "scenarios", "connectors", "rules", "faults"])
)
@click.option("--fix", is_flag=True, help="Instead: each path of the FIX order state matrices.")
def command(what: str, fix: bool) -> None:
    """List the packaged scenarios, the connectors, the rules and the faults."""
    if fix:
        click.echo("\n".join(_fix_paths()))
        return
    sections = {
        "scenarios": _scenarios,
        "connectors": _connectors,
        "rules": _rules,
        "faults": _faults,
    }
    for name, lines in sections.items():
        if what == "all":
            click.echo(f"{name}:")
            click.echo("\n".join(f"  {line}" for line in lines()) + "\n")
        elif what == name:
            click.echo("\n".join(lines()))


def _scenarios() -> Iterator[str]:
    from fillproof.harness.scenario import discover, load  # noqa: PLC0415 - pydantic is slow

    for path in discover():
        scenario = load(path)
        yield f"{scenario.id:<44} {scenario.title}"


def _connectors() -> Iterator[str]:
    from fillproof.harness.connectors.names import known_names  # noqa: PLC0415
    from fillproof.harness.worker.interpreters import (  # noqa: PLC0415
        NoInterpreter,
        interpreter_for,
    )

    for name in known_names():
        try:
            interpreter_for(name)
        except NoInterpreter as missing:
            yield f"{name:<32} not here: {str(missing).removeprefix(f'{name}: ')}"
        else:
            yield name
    yield "package.module:factory"


def _rules() -> Iterator[str]:
    from fillproof.harness.rules import RULES  # noqa: PLC0415

    for rule in RULES.values():
        yield f"{rule.id:<6} {rule.severity:<6} {rule.sentence}"


def _faults() -> Iterator[str]:
    from fillproof.harness.scenario.faults import CATALOGUE, parameters  # noqa: PLC0415

    for fault in CATALOGUE:
        keys = ", ".join(name for name, _, _ in parameters(fault))
        yield f"{fault.op:<12} {fault.group:<8} {fault.action.__doc__} ({keys})"


def _fix_paths() -> Iterator[str]:
    from fillproof.harness.fix import PATHS, counts, table  # noqa: PLC0415

    yield from table(PATHS.values())
    yield counts(PATHS.values())
