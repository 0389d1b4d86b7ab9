"""The rules about active order tracking, as a table."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_ACROSS = (Capability.TRACKING, Capability.RESTART)
_SOURCE = "Order Lifecycle: tracking"

RULES: tuple[Rule, ...] = (
    Rule(
        id="A1",
        sentence="after a restart every order that was placed and whose end was not told is "
        "tracked",
        severity=Severity.MUST,
        source=f"{_SOURCE}; tracking_states; hummingbot#6107",
        needs=_ACROSS,
        implies=("L4", "L5", "L6", "L7", "L8", "L10", "L10a", "L11", "I9", "C1", "C2"),
    ),
    Rule(
        id="A2",
        sentence="after a restart no order is tracked whose end was told before",
        severity=Severity.MUST,
        source=f"{_SOURCE}; tracking_states; hummingbot#2890",
        needs=_ACROSS,
        implies=("L4", "L5", "L6", "L7", "L8", "L10", "L10a", "A5", "I1", "I9", "C1", "C2"),
    ),
    Rule(
        id="A3",
        sentence="no order is tracked twice",
        severity=Severity.MUST,
        source=_SOURCE,
        needs=(Capability.TRACKING,),
    ),
    Rule(
        id="A4",
        sentence="an order that somebody else placed with the same key is neither tracked nor told",
        severity=Severity.MUST,
        source=f"{_SOURCE}; hummingbot#5161, #5137; CoinAlpha/hummingbot#271",
        implies=("L4", "L5", "L6", "L7", "L8", "C1", "C2"),
    ),
    Rule(
        id="A5",
        sentence="an order is tracked without a gap until its end is told, and never again after",
        severity=Severity.MUST,
        source=_SOURCE,
        needs=(Capability.TRACKING,),
        implies=("L10a", "C1"),
    ),
)
