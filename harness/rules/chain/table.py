"""The rules about venues on a chain, as a table; companions of L11."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import DECENTRALISED, Rule
from fillproof.harness.verdict import Severity

_CHAINS = (DECENTRALISED,)

RULES: tuple[Rule, ...] = (
    Rule(
        id="D1",
        sentence="on a decentralised venue an order is tracked through the grace window that "
        "follows its end, and not beyond it",
        severity=Severity.MUST,
        source="L11; dYdX v4, 0x v3 coordinator: fills after a cancel; hummingbot#7650",
        needs=(Capability.TRACKING,),
        implies=("L11", "C1", "C2"),
        profiles=_CHAINS,
    ),
    Rule(
        id="D2",
        sentence="a fill that the chain takes back is told as Reversed exactly once, as it was "
        "told, and nothing else is",
        severity=Severity.MUST,
        source="FIX J.1.a, J.1.b (TradeCancel); settlement that reverts (0x, CoW)",
        needs=(Capability.REVERSALS,),
        implies=("L12", "C1", "C2"),
        profiles=_CHAINS,
    ),
    Rule(
        id="D3",
        sentence="the mempool's word is no end: Cancelled, Expired or Completed is told once the "
        "venue has said that it is so (of a block that was taken back later: NON_STRICT)",
        severity=Severity.MUST,
        source="Injective, XRPL: accepted is not included; hummingbot#7674",
        implies=("L7", "L8", "L10", "L11", "C1", "C2"),
        profiles=_CHAINS,
    ),
    Rule(
        id="D4",
        sentence="no nonce is used for two requests",
        severity=Severity.MUST,
        source="Hyperliquid: nonces; Gateway: nonce collisions",
        implies=("L4", "L5", "U1"),
    ),
)
"""Of findings on one order the first is the root."""
