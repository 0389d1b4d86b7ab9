"""Words of a made-up story about orders that change: amended, revised, by amounts of money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from conformance_tests.unit.rules import made_order
from conformance_tests.unit.rules.made_order import Order

from fillproof.harness.numbers import plain

if TYPE_CHECKING:
    from conformance_tests.unit.rules.build import Story

RARE = ("replaces", "quote_amount", "stop_loss", "take_profit")
"""What a placed order says of itself only where the story does."""


def asked(keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the rare keys of a placed order; one by an amount of quote has none of base."""
    rare: dict[str, Any] = {key: keys[key] for key in RARE if key in keys}
    return rare | ({"amount": None} if "quote_amount" in rare else {})


def amend(story: Story, order: Order | None, flags: list[str], _: dict[str, str]) -> None:
    """The strategy makes an order smaller: `amend 0.5`; the venue refuses: `amend 0.5 refused`."""
    assert order is not None, "an amend is of an order"
    keys = {"order": order.label, "client_order_id": order.client_order_id}
    story.write("told", "call", call="amend", **keys, amount=flags[0])
    if "refused" in flags:
        refused = {"client_order_id": order.client_order_id, "reason": "quantity_not_lower"}
        story.write("truth", "amend_refused", **refused, venue_order_id=None)


def desk(story: Story, _: Order | None, flags: list[str], keys: dict[str, str]) -> None:
    """Somebody else has an order on the account: `desk 1 order=d`."""
    label = keys.get("order", "d")
    order = Order(label, f"desk-{label}", {"amount": flags[0], **keys})
    story.orders[label] = order
    story.write("run", "label", order=label, client_order_id=order.client_order_id, by="desk")


def move(order: Order, kind: str, flags: list[str], keys: dict[str, str]) -> dict[str, Any]:
    """Move an order on, and return what its report says beside."""
    order.prevented += Decimal(keys.pop("prevented", "0"))
    prevented = {"prevented_quantity": plain(order.prevented)} if order.prevented else {}
    return _moved(order, kind, flags, keys) | prevented


def _moved(order: Order, kind: str, flags: list[str], keys: dict[str, str]) -> dict[str, Any]:
    if kind == "Triggered" or (kind == "Restated" and not flags):
        return {}
    if kind in {"Replaced", "Restated", "TradeCancel", "TradeCorrect"}:
        return revise(order, kind, flags)
    return made_order.move(order, kind, flags, keys)


def revise(order: Order, kind: str, flags: list[str]) -> dict[str, Any]:
    """Change an order as the venue does, and return what its report says beside.

    `amended 0.5`, `restated 0.5`: what it is for; `restated prevented=0.1`: what self-trade
    prevention took; `bust 1`: a trade, from 1, is
    taken back; `corrected 1 0.2` makes it smaller.
    """
    if kind in {"Replaced", "Restated"}:
        order.quantity = Decimal(flags[0])
        return {"original_client_order_id": order.client_order_id} if kind == "Replaced" else {}
    trade = order.trades[int(flags[0]) - 1]
    was, price = Decimal(trade["last_quantity"]), Decimal(trade["last_price"])
    becomes = Decimal(0) if kind == "TradeCancel" else Decimal(flags[1])
    order.filled -= was - becomes
    order.quote -= (was - becomes) * price
    order.status = "PartiallyFilled" if order.filled else "New"
    left = becomes or was
    return {**trade, "last_quantity": plain(left), "last_quote": plain(left * price)}
