"""All rules in one order, wherever they are listed."""

from __future__ import annotations

from pathlib import Path

from fillproof.harness.rules import RULES

ROOT = Path(__file__).parents[3]


def test_the_page_lists_the_rules_as_the_command_does() -> None:
    """docs/rules.md has each rule's sentence and severity, in the order of `fillproof list`."""
    rows = [
        line
        for line in (ROOT / "docs/rules.md").read_text().splitlines()
        if line.startswith("| [") and "/pages/" in line
    ]
    assert rows == [
        f"| [{rule.id}](../harness/rules/pages/{rule.id}.md) | {rule.sentence} | {rule.severity} |"
        for rule in RULES.values()
    ]
