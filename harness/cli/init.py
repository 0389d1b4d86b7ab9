"""`fillproof init`: write a starter adapter, conftest and scenario."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse

STARTER = {
    "connector_adapter.py": "connector_adapter.py",
    "conftest.py": "starter_conftest.py",
    "scenarios/one_fill.scenario.yaml": "one_fill.scenario.yaml",
}
"""What is written, and which packaged file it is a copy of."""

NEXT_STEPS = """
Next: fill in connector_adapter.py, then, in {folder}:
  fillproof run scenarios/one_fill.scenario.yaml --connector connector_adapter:ConnectorAdapter
  fillproof run --connector connector_adapter:ConnectorAdapter
  pytest"""


@click.command("init", cls=Once)
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write a starter adapter, conftest and scenario into FOLDER; nothing is overwritten."""
    there = [name for name in STARTER if (folder / name).exists()]
    if there:
        raise WrongUse(f"{folder}: {', '.join(there)} already there; nothing was written")
    try:
        for name, source in STARTER.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files("fillproof.harness.cli.starter").joinpath(source).read_bytes())
            click.echo(f"wrote {target}")
    except OSError as problem:
        raise WrongUse(f"{folder}: cannot be written: {problem.strerror or problem}") from problem
    click.echo(NEXT_STEPS.format(folder=folder))
