"""`fillproof explain`: the page of a rule."""

from __future__ import annotations

from difflib import get_close_matches

import click

from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.rules import RULES, page


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Show the page of RULE: its sentence, its source, and how it is judged."""
    known = {name.lower(): name for name in RULES}
    if rule.lower() not in known:
        near = get_close_matches(rule.lower(), known, n=1)
        hint = f" (did you mean {known[near[0]]}?)" if near else ""
        raise WrongUse(f"unknown rule {rule!r}{hint}; one of {', '.join(RULES)}")
    click.echo(page(known[rule.lower()]).rstrip())
