"""The rules about the user stream, as a table."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_PROCEDURE = "Binance, WebSocket API: general information"


def _rule(
    rule_id: str,
    sentence: str,
    source: str,
    severity: Severity = Severity.MUST,
    *,
    needs: tuple[Capability, ...] = (),
    implies: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        id=rule_id,
        sentence=sentence,
        severity=severity,
        source=source,
        needs=(Capability.USER_STREAM, *needs),
        implies=implies,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "S1",
        "the connector is ready only when its subscription to user data stands",
        "Order Lifecycle: what happens to an order is heard; hummingbot#7590",
        implies=("S3",),
    ),
    _rule(
        "S2",
        "each ping of the venue on the user stream is answered with a pong within half a minute",
        f"{_PROCEDURE}: a connection without a pong for a minute is closed",
        implies=("S3", "S4"),
    ),
    _rule(
        "S3",
        "a user stream that has ended, by a close, a broken line or the venue's word, is "
        "subscribed to again within the convergence bound",
        "hummingbot#5713, #7679, #8250; nautilus#3578",
        implies=("S5",),
    ),
    _rule(
        "S4",
        "the user stream is opened anew with pauses: never as often as the venue forbids, and no "
        "more than ten times in ten seconds",
        f"{_PROCEDURE}: 300 connections in 5 minutes; hummingbot#7679",
        implies=("S3",),
    ),
    _rule(
        "S5",
        "what happened while the user stream was down is asked for when it is back, and told "
        "within ten seconds",
        "nautilus#4991; FIX M15",
        Severity.SHOULD,
        needs=(Capability.RECOVERY,),
    ),
    _rule(
        "S6",
        "a user stream on which nothing arrives any more, not even pings, is given up within the "
        "convergence bound",
        f"{_PROCEDURE}: the venue pings every 20 seconds; hummingbot#5700",
        implies=("S3", "S5"),
    ),
    _rule(
        "S7",
        "there is one subscription to user data at a time: an old one is not left open beside "
        "the new one",
        f"{_PROCEDURE}; ccxt#19606",
        Severity.SHOULD,
    ),
)
