"""What is pinned is written down: each expected failure names the finding that has its cause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fillproof.harness.runner.known_failures import Pin, load_known_failures

ROOT = Path(__file__).parents[3]
_HEADING = re.compile(r"^### (?P<entry>[A-Z]+\d+)\. .*?(?:\((?P<rules>[^()]*)\))?$", re.MULTILINE)
_RULE = re.compile(r"[A-Z]+\d+a?")


def _rules_by_entry() -> dict[str, set[str]]:
    """Return the rules that the heading of each finding names."""
    text = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    return {
        found["entry"]: set(_RULE.findall(found["rules"] or ""))
        for found in _HEADING.finditer(text)
    }


def _pins() -> tuple[Pin, ...]:
    return load_known_failures(ROOT / "harness" / "known-failures-hyperliquid.yaml").pins


@pytest.mark.parametrize("connector", sorted({pin.connector for pin in _pins()}))
def test_each_pin_begins_with_its_finding(connector: str) -> None:
    """A pin without a cause that was looked up in the source says only what was seen once."""
    findings = _rules_by_entry()
    for pin in _pins():
        if pin.connector == connector:
            entry, _, cause = pin.reason.partition(": ")
            assert entry in findings, f"{pin.scenario}: no finding is called {entry!r}"
            assert pin.rule in findings[entry], f"{pin.scenario}: {entry} does not name {pin.rule}"
            assert cause, f"{pin.scenario}: {entry} and no cause"
