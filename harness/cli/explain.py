"""`fillproof explain`: the page of a rule, or what an anomaly or a fault is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from fillproof.harness.anomalies import MEANINGS, Anomaly
from fillproof.harness.cli.once import Once
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.rules import RULES, page
from fillproof.harness.spelling import did_you_mean


@click.command("explain", cls=Once)
@click.argument("name")
def command(name: str) -> None:
    """Show what NAME is: a rule, with its source and how it is judged, an anomaly or a fault.

    Such as L7, "lost fill" or drop; `fillproof list` has rules and faults.
    """
    pages = {known.lower(): show for kind in _pages().values() for known, show in kind.items()}
    if name.lower() not in pages:
        lists = (f"  {kind}: {', '.join(known)}" for kind, known in _pages().items())
        near = did_you_mean(name, (known for kind in _pages().values() for known in kind))
        raise WrongUse("\n".join((f"nothing is called {name!r};{near} there are", *lists)))
    click.echo(pages[name.lower()]().rstrip())


def _pages() -> dict[str, dict[str, Callable[[], str]]]:
    """Return what shows each thing there is, by its kind and name."""
    from fillproof.harness.scenario.faults import CATALOGUE, explained  # noqa: PLC0415 - is slow

    return {
        "rules": {rule: partial(page, rule) for rule in RULES},
        "anomalies": {one.value: partial(_anomaly, one) for one in Anomaly},
        "faults": {fault.op: partial(explained, fault) for fault in CATALOGUE},
    }


def _anomaly(anomaly: Anomaly) -> str:
    return f"{anomaly}: {MEANINGS[anomaly]}"
