"""The rules about the in-flight order helper, as a table."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_SOURCE = "InFlightOrder Helper"


def _rule(number: int, sentence: str, source: str, implies: tuple[str, ...] = ()) -> Rule:
    return Rule(
        id=f"I{number}",
        sentence=sentence,
        severity=Severity.MUST,
        source=f"{_SOURCE}: {source}",
        needs=(Capability.IN_FLIGHT,),
        implies=implies,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        1,
        "is_done is true of an order that is filled, failed, cancelled or expired, and of no other",
        "is_done",
        implies=("I2", "I3", "I8"),
    ),
    _rule(
        2, "is_cancelled is true of an order that was cancelled, and of no other", "is_cancelled"
    ),
    _rule(
        3,
        "is_failure is true of an order that ended before it was full, or only of a rejected one, "
        "as the library defines it, and of no other",
        "is_failure",
    ),
    _rule(
        4,
        "base_asset and quote_asset are the assets of the order's market",
        "base_asset, quote_asset",
        implies=("I7",),
    ),
    _rule(
        5,
        "update_exchange_order_id: from Created on the order has the venue's own id, and never "
        "another",
        "update_exchange_order_id; hummingbot#6123, #6765, #6890",
        implies=("I6",),
    ),
    _rule(
        6,
        "get_exchange_order_id waits until the venue's id is known, returns it then, and at once "
        "when it is known already",
        "get_exchange_order_id",
    ),
    _rule(
        7,
        "to_limit_order gives a limit order as it was placed and filled, and refuses any other "
        "(given for one without a price: NON_STRICT)",
        "to_limit_order",
    ),
    _rule(
        8,
        "to_json gives JSON, and from_json makes an order of it that says the same",
        "to_json, from_json; CoinAlpha/hummingbot#82",
    ),
    _rule(
        9,
        "the executed amount is the sum of the order's fills, also after a restart",
        "to_json, from_json; hummingbot#6107",
    ),
)
