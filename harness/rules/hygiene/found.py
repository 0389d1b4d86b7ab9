"""Makes findings of hygiene: about the case, and about no order."""

from __future__ import annotations

from fillproof.harness.rules.catalogue import RULES
from fillproof.harness.verdict import Finding, Outcome

ITS_OWN = "What is sent, and when, is the connector's own doing."


def unclean(
    rule: str,
    *,
    expected: str,
    actual: str,
    at: int,
    marks: tuple[int, ...] = (),
    why: str = ITS_OWN,
    outcome: Outcome | None = None,
) -> Finding:
    """Return the finding that a rule is broken; its outcome is the rule's unless said."""
    return Finding(
        rule=rule,
        outcome=outcome or RULES[rule].severity.outcome,
        expected=(expected,),
        actual=actual,
        why=why,
        at=at,
        marks=marks or (at,),
    )


def times(count: int) -> str:
    """Return " (3 times)" for what came more than once."""
    return f" ({count} times)" if count > 1 else ""
