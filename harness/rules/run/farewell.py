"""How a connector took its leave: a verdict of its own, whatever it had told before."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.harness.history import History
from fillproof.harness.verdict import Finding, Outcome, worst

OF_A_SHUTDOWN = ("T12", "T14", "H7")
"""What is left running, a stop that never ends, and what is sent after it."""

_LEFT = "left"


def shutdown_of(history: History, found: Iterable[Finding]) -> Outcome | None:
    """Return the outcome of the rules about stopping; None when it was never stopped."""
    about_it = [finding.outcome for finding in found if finding.rule in OF_A_SHUTDOWN]
    if history.phase(_LEFT) is None and not about_it:
        return None
    return worst(about_it)
