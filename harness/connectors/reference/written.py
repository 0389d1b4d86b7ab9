"""What is known of an order as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.reference.facts import Seen, Status


def seen_in(ending: Mapping[str, Any]) -> Seen:
    """Return what the venue said of the end of an order, from its memory."""
    status, cumulative = Status(ending["status"]), Decimal(ending["cumulative_quantity"])
    quantity = None if ending["quantity"] is None else Decimal(ending["quantity"])
    return Seen(ending["venue_order_id"], status, cumulative, ending["time_ms"], quantity)


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by name as JSON can hold them."""
    return {key: plain(value) for key, value in values.items()}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: numbers as text, tuples as lists."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, Decimal) else value
