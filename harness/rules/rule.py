"""What a rule is, as data."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.verdict import Severity

CENTRALISED = "centralised"
DECENTRALISED = "decentralised"
BOTH = (CENTRALISED, DECENTRALISED)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Ids are stable for ever.

    `needs` are the capabilities without which it is not asked, `implies` the rules whose findings
    on the same order it explains, `profiles` the kinds of venue it holds on.
    """

    id: str
    sentence: str
    severity: Severity
    source: str
    needs: tuple[Capability, ...] = ()
    implies: tuple[str, ...] = ()
    profiles: tuple[str, ...] = BOTH
