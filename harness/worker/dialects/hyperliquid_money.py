"""Which orders of a scenario its account can pay for, as the scenario is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

Document = Mapping[str, Any]

_PLACES = ("buy", "sell")


class Asked(NamedTuple):
    """An order with a price: what it is worth, and whether what is free then pays for it."""

    value: Decimal
    is_paid: bool


def asked_of(document: Document) -> Iterator[Asked]:
    """Yield the orders of a scenario that have a price; a cancel gives back what its order locked.

    Fills are not counted. An asset of which the account has no balance pays for everything.
    """
    free = {asset: Decimal(held) for asset, held in document["venue"]["balances"].items()}
    locked: dict[str, tuple[str, Decimal]] = {}
    for step in document["steps"]:
        if step["op"] == "cancel" and step.get("order") in locked:
            asset, cost = locked.pop(step["order"])
            free[asset] += cost
        if step["op"] not in _PLACES or step["amount"] is None or step["price"] is None:
            continue
        base, _, quote = step["market"].partition("-")
        amount, value = Decimal(step["amount"]), Decimal(step["amount"]) * Decimal(step["price"])
        asset, cost = (quote, value) if step["op"] == "buy" else (base, amount)
        is_paid = asset not in free or cost <= free[asset]
        if is_paid and asset in free:
            free[asset] -= cost
            locked[step["order"]] = asset, cost
        yield Asked(value, is_paid)
