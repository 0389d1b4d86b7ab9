"""The order types, as tables: what each must have, must not have, and what the engine makes of it.

A request may describe several orders; how it calls the parameters of each is a `Names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fillproof.simulator.vocabulary.orders import OrderType, TriggerKind

Names = Mapping[str, str]
"""For each field of an order, the parameter that carries it; one that is lacking cannot be sent."""

_LIMIT_FIELDS = ("timeInForce", "quantity", "price")
TRIGGERS = ("stopPrice", "trailingDelta")
"""What an order may wait for: one of them, or both."""


@dataclass(frozen=True, slots=True)
class OrderKind:
    """One order type. `answer` is the form of the answer when none is asked for."""

    name: str
    order_type: OrderType
    mandatory: tuple[str, ...]
    barred: tuple[str, ...]
    trigger: TriggerKind | None = None
    post_only: bool = False
    answer: str = "ACK"


_MARKET_BARRED = ("timeInForce", "price", "icebergQty")

KINDS: dict[str, OrderKind] = {
    kind.name: kind
    for kind in (
        OrderKind(
            name="LIMIT",
            order_type=OrderType.LIMIT,
            mandatory=_LIMIT_FIELDS,
            barred=(*TRIGGERS, "quoteOrderQty"),
            answer="FULL",
        ),
        OrderKind(
            name="LIMIT_MAKER",
            order_type=OrderType.LIMIT,
            mandatory=("quantity", "price"),
            barred=("timeInForce", *TRIGGERS, "quoteOrderQty"),
            post_only=True,
        ),
        OrderKind(
            name="MARKET",
            order_type=OrderType.MARKET,
            mandatory=(),
            barred=(*_MARKET_BARRED, *TRIGGERS),
            answer="FULL",
        ),
        *(
            OrderKind(
                name=str(trigger),
                order_type=OrderType.MARKET,
                mandatory=("quantity",),
                barred=(*_MARKET_BARRED, "quoteOrderQty"),
                trigger=trigger,
            )
            for trigger in TriggerKind
        ),
        *(
            OrderKind(
                name=f"{trigger}_LIMIT",
                order_type=OrderType.LIMIT,
                mandatory=_LIMIT_FIELDS,
                barred=("quoteOrderQty",),
                trigger=trigger,
            )
            for trigger in TriggerKind
        ),
    )
}

ORDER_TYPES = (
    "LIMIT",
    "LIMIT_MAKER",
    "MARKET",
    "STOP_LOSS",
    "STOP_LOSS_LIMIT",
    "TAKE_PROFIT",
    "TAKE_PROFIT_LIMIT",
)
"""As exchangeInfo lists them."""

_FIELDS = (
    "type",
    "side",
    "timeInForce",
    "quantity",
    "price",
    "clientOrderId",
    "strategyId",
    "strategyType",
    "stopPrice",
    "trailingDelta",
    "icebergQty",
)

SINGLE: Names = {
    **{field: field for field in (*_FIELDS, "quoteOrderQty")},
    "clientOrderId": "newClientOrderId",
}
"""A request for one order."""


def prefixed(prefix: str, *without: str, **others: str) -> Names:
    """Return the names of an order whose fields begin with a prefix, but some fields do not."""
    names = {field: prefix + field[0].upper() + field[1:] for field in _FIELDS}
    return {field: name for field, name in (names | others).items() if field not in without}
