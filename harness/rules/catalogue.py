"""All rules by id, and the page that explains each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from fillproof.harness.rules.families import FAMILY_RULES
from fillproof.harness.rules.orders.contract import CONTRACT, EXPECTED
from fillproof.harness.rules.rule import BOTH, Rule
from fillproof.harness.rules.run.conduct import CONDUCT

PROMISED: tuple[Rule, ...] = (*CONTRACT, *FAMILY_RULES, EXPECTED)
"""What a connector owes its strategy: the contract, the families, and what a scenario expects."""

RULES: Mapping[str, Rule] = {rule.id: rule for rule in (*PROMISED, *CONDUCT)}
"""Every rule, in the order in which lists show them."""


def page(rule_id: str) -> str:
    """Return the page of a rule, in Markdown; raises KeyError naming the known ids."""
    if rule_id not in RULES:
        raise KeyError(f"unknown rule {rule_id!r}; one of {', '.join(RULES)}")
    text = files(__package__).joinpath("pages", f"{rule_id}.md").read_text(encoding="utf-8")
    return "\n".join((text, *_facts(RULES[rule_id]), ""))


def _facts(rule: Rule) -> Iterator[str]:
    yield f"- Severity: {rule.severity} (broken: {rule.severity.outcome})"
    yield f"- Source: {rule.source}"
    if rule.needs:
        yield f"- Needs: {', '.join(rule.needs)}"
    if rule.profiles != BOTH:
        yield f"- Holds on: {', '.join(rule.profiles)} venues"
    if rule.implies:
        yield f"- Explains: {', '.join(rule.implies)}"
