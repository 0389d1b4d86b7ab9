"""Makes findings of hygiene: about the case, and about no order."""

from __future__ import annotations

from fillproof.harness.rules.catalogue import RULES
from fillproof.harness.verdict import Finding

ITS_OWN = "What is sent, and when, is the connector's own doing."


def unclean(
    rule: str,
    *,
    expected: str,
    actual: str,
    at: int,
    marks: tuple[int, ...] = (),
    why: str = ITS_OWN,
) -> Finding:
    """Return the finding that a rule of hygiene is broken."""
    return Finding(
        rule=rule,
        outcome=RULES[rule].severity.outcome,
        expected=(expected,),
        actual=actual,
        why=why,
        at=at,
        marks=marks or (at,),
    )


def times(count: int) -> str:
    """Return " (3 times)" for what came more than once."""
    return f" ({count} times)" if count > 1 else ""
