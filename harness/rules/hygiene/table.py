"""The rules of hygiene, as a table."""

from __future__ import annotations

from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_RULES_OF_THE_VENUE = "Binance Spot API: general information on limits"

RULES: tuple[Rule, ...] = (
    Rule(
        id="H1",
        sentence="every signed request has a signature that the venue finds valid",
        severity=Severity.MUST,
        source="Binance Spot API: signed endpoint security, error -1022",
    ),
    Rule(
        id="H2",
        sentence="every signed request is sent within the venue's window of time; one that was "
        "refused for its timestamp is not followed by others once there was time to ask for the "
        "venue's",
        severity=Severity.MUST,
        source="Binance Spot API: timing security, error -1021",
    ),
    Rule(
        id="H3",
        sentence="no more is asked than the venue's published limits of weight, requests and "
        "connections allow",
        severity=Severity.SHOULD,
        source=f"{_RULES_OF_THE_VENUE}, error -1003",
    ),
    Rule(
        id="H4",
        sentence="who is told to wait (429, 418 with Retry-After) asks nothing before that time is "
        "over",
        severity=Severity.MUST,
        source=f"{_RULES_OF_THE_VENUE}, HTTP 429 and 418",
        implies=("H3", "H5"),
    ),
    Rule(
        id="H5",
        sentence="a request that fails is repeated at most ten times in ten seconds",
        severity=Severity.SHOULD,
        source=f"{_RULES_OF_THE_VENUE}, HTTP 5XX; hummingbot#2151",
    ),
    Rule(
        id="H6",
        sentence="no secret is sent or logged, and no key stands in an address",
        severity=Severity.MUST,
        source="Binance Spot API: request security",
    ),
    Rule(
        id="H7",
        sentence="a stopped connector sends nothing more",
        severity=Severity.MUST,
        source="Design: the sealed universe",
    ),
)
"""H1 to H7. A second order for one intent is U1's, and what is left running is T12's."""
