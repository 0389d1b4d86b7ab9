"""The contract between a connector and its strategy, as a table."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import CENTRALISED, DECENTRALISED, Rule
from fillproof.harness.verdict import Severity

CONTRACT: tuple[Rule, ...] = (
    Rule(
        id="L1",
        sentence="buy() and sell() return at once with a unique client order id, before the venue "
        "answers",
        severity=Severity.MUST,
        source="Order Lifecycle: placing an order",
        needs=(Capability.RETURNS_AT_ONCE,),
    ),
    Rule(
        id="L2",
        sentence="tracking starts before the create request is sent",
        severity=Severity.MUST,
        source="Order Lifecycle: tracking",
        needs=(Capability.TRACKING,),
        implies=("L4", "L5", "L6", "L7", "L8", "L10", "L10a", "L11", "C1", "C2"),
    ),
    Rule(
        id="L3",
        sentence="minimum quantity and notional (and maximum where published), as last delivered, "
        "are checked locally: a violating order never reaches the wire and ends in Failure",
        severity=Severity.MUST,
        source="Order Lifecycle: trading rules",
        needs=(Capability.LOCAL_CHECKS,),
        implies=("L4", "L5", "L9", "L10", "C2"),
    ),
    Rule(
        id="L4",
        sentence="an accepted order raises Created (of its own side) exactly once, before any "
        "Filled or Completed, as soon as acceptance is known by any channel",
        severity=Severity.MUST,
        source="Order Lifecycle: Created; FIX A.1.a, X-A.1.c; hummingbot#6672, #8264",
    ),
    Rule(
        id="L5",
        sentence="a refused order raises Failure exactly once (limit orders too) and no Created; "
        "one rejected after acceptance raises Created, then Failure; a refused or failed cancel or "
        "amend raises no order event",
        severity=Severity.MUST,
        source="Order Lifecycle: Failure; FIX A.1.a, B.1.a, B.1.f; hummingbot#6890",
        implies=("L4", "L6", "L7", "L8", "L10", "L10a", "L11", "C1", "C2"),
    ),
    Rule(
        id="L6",
        sentence="every fill in truth raises exactly one Filled, as soon as it is known, with its "
        "trade id, price, amount and, where stated, fee; no Filled without one",
        severity=Severity.MUST,
        source="Order Lifecycle: Filled; FIX M3, M6, M15; hummingbot#2642, #5088, #5183",
        implies=("L7", "L12", "C1", "C2"),
    ),
    Rule(
        id="L7",
        sentence="a fully filled order raises Completed (of its own side) exactly once, after its "
        "last Filled and as soon as it is known, with the summed amounts",
        severity=Severity.MUST,
        source="Order Lifecycle: Completed; FIX A.1.a, B.1.c; hummingbot#5120, #7134",
        implies=("L6", "L8", "L10", "L10a", "C1", "C2"),
    ),
    Rule(
        id="L8",
        sentence="an order cancelled before it is full raises Cancelled exactly once, one that "
        "expires Expired exactly once, as soon as it is known (Expired told as Cancelled: "
        "NON_STRICT)",
        severity=Severity.MUST,
        source="Order Lifecycle: Cancelled, Expired; FIX B.1.a, B.1.b, E.1.b; hummingbot#6844",
        implies=("L6", "L7", "L10", "L10a", "L11", "C1", "C2"),
    ),
    Rule(
        id="L9",
        sentence="any other rejection raises Failure; cancel and expiry never do (an order killed "
        "on arrival without a fill may be told in the dialect's own word)",
        severity=Severity.MUST,
        source="Order Lifecycle: Failure; FIX I.1.b, X-I.1.b",
        implies=("L5", "L6", "L7", "L8", "L10", "L10a", "L11", "C1", "C2"),
    ),
    Rule(
        id="L10",
        sentence="one terminal event an order, and none is reopened",
        severity=Severity.MUST,
        source="Order Lifecycle: end of tracking; FIX B.1.e, B.1.f; hummingbot#764",
        implies=("L7", "L8", "L10a", "C1", "C2"),
    ),
    Rule(
        id="L10a",
        sentence="on a centralised venue nothing follows the terminal event and tracking ends "
        "with it",
        severity=Severity.SHOULD,
        source="Order Lifecycle: end of tracking; FIX volume 7",
        profiles=(CENTRALISED,),
    ),
    Rule(
        id="L11",
        sentence="on a decentralised venue tracking continues through the grace window: Filled "
        "after Cancelled or Expired is owed, once each, within the amount",
        severity=Severity.MUST,
        source="Order Lifecycle: decentralised venues; FIX J.1.b, M9",
        implies=("L7", "L12", "C1", "C2"),
        profiles=(DECENTRALISED,),
    ),
    Rule(
        id="L12",
        sentence="the sum of Filled never exceeds the amount",
        severity=Severity.MUST,
        source="FIX M1; hummingbot#1142, #5183",
        implies=("C1", "C2"),
    ),
    Rule(
        id="U1",
        sentence="one buy() is at most one order in truth (the same client order id may be "
        "resent); Failure told for an order that final truth accepted is a lie; telling nothing "
        "until the outcome is known is right",
        severity=Severity.MUST,
        source="FIX F.1.a, F.1.b, F.1.c; hummingbot#493, #601, #2342, #7294",
        implies=("L4", "L5", "L6", "L7", "L8", "L9", "L10", "L10a", "L11", "L12", "C1", "C2"),
    ),
    Rule(
        id="C1",
        sentence="convergence: after faults heal and commands stop, told equals truth within the "
        "bound: orders, fills, stated fees, balances",
        severity=Severity.MUST,
        source="FIX M15; hummingbot#8457",
    ),
)

EXPECTED = Rule(
    id="E1",
    sentence="an order tells one of the traces its scenario expects",
    severity=Severity.MUST,
    source="the scenario",
)
"""What a scenario adds of its own."""
