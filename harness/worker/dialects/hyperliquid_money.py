"""Whether an account of a scenario can pay: as it is told, and where contracts need collateral."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

Document = Mapping[str, Any]

_PLACES = ("buy", "sell")


def runs_out_of_money(document: Document) -> bool:
    """Return whether an order of a scenario costs more than the orders before it leave free."""
    free = {asset: Decimal(held) for asset, held in document["venue"]["balances"].items()}
    locked: dict[str, tuple[str, Decimal]] = {}
    for step in document["steps"]:
        if step["op"] == "cancel" and step.get("order") in locked:
            asset, cost = locked.pop(step["order"])
            free[asset] += cost
        priced = _priced(step)
        if priced is None:
            continue
        base, _, quote = step["market"].partition("-")
        amount, price = priced
        asset, cost = (quote, amount * price) if step["op"] == "buy" else (base, amount)
        if asset not in free:
            continue
        if cost > free[asset]:
            return True
        free[asset] -= cost
        locked[step["order"]] = asset, cost
    return False


def exceeds_collateral(document: Document, collateral: str, leverage: int) -> bool:
    """Return whether an order of a scenario is worth more than its collateral can carry."""
    most = Decimal(document["venue"]["balances"][collateral]) * leverage
    return any(amount * price > most for amount, price in _all_priced(document))


def _all_priced(document: Document) -> Iterator[tuple[Decimal, Decimal]]:
    return (priced for step in document["steps"] if (priced := _priced(step)) is not None)


def _priced(step: Document) -> tuple[Decimal, Decimal] | None:
    """Return amount and price of an order that has both."""
    if step["op"] not in _PLACES or step["amount"] is None or step["price"] is None:
        return None
    return Decimal(step["amount"]), Decimal(step["price"])
