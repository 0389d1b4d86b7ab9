"""The rule about the two ledgers, as a table."""

from __future__ import annotations

from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

RULES: tuple[Rule, ...] = (
    Rule(
        id="C2",
        sentence="a book kept from the told events alone is the venue's at rest, to the last "
        "decimal: what every order moved of every asset, fees included",
        severity=Severity.MUST,
        source="FIX M15; hummingbot#2289, #7051, #2084",
    ),
)
