"""`fillproof explain`: the page of a rule, or what an anomaly is."""

from __future__ import annotations

import click

from fillproof.harness.anomalies import MEANINGS, Anomaly
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.rules import RULES, page
from fillproof.harness.spelling import did_you_mean


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Show the page of RULE: its sentence, its source, and how it is judged.

    RULE may also be the name of an anomaly, such as "lost fill".
    """
    if rule.lower() in MEANINGS:
        click.echo(f"{rule.lower()}: {MEANINGS[Anomaly(rule.lower())]}")
        return
    known = {name.lower(): name for name in RULES}
    if rule.lower() not in known:
        near = did_you_mean(rule, (*RULES, *Anomaly))
        raise WrongUse(
            f"unknown rule {rule!r};{near} one of {', '.join(RULES)}, "
            f"or an anomaly: {', '.join(Anomaly)}"
        )
    click.echo(page(known[rule.lower()]).rstrip())
