"""`fillproof explain`: the page of a rule, or what an anomaly is."""

from __future__ import annotations

from difflib import get_close_matches

import click

from fillproof.harness.anomalies import MEANINGS, Anomaly
from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.rules import RULES, page


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
        names = {**known, **{name.value: name.value for name in Anomaly}}
        near = get_close_matches(rule.lower(), names, n=1)
        hint = f" (did you mean {names[near[0]]}?)" if near else ""
        raise WrongUse(
            f"unknown rule {rule!r}{hint}; one of {', '.join(RULES)}, "
            f"or an anomaly: {', '.join(Anomaly)}"
        )
    click.echo(page(known[rule.lower()]).rstrip())
