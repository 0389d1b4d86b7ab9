"""What an in-flight order answers to the questions of the contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fillproof.harness.connectors.in_flight import InFlight, asked
from fillproof.harness.connectors.reference.in_flight import InFlightOrder


def _questions(order: InFlightOrder) -> dict[str, Callable[[], Any]]:
    return {
        "venue_order_id": lambda: order.exchange_order_id,
        "base_asset": lambda: order.base_asset,
        "quote_asset": lambda: order.quote_asset,
        "is_done": lambda: order.is_done,
        "is_cancelled": lambda: order.is_cancelled,
        "is_failure": lambda: order.is_failure,
        "filled": lambda: order.executed_amount_base,
        "limit_order": order.to_limit_order,
        "json": order.to_json,
    }


def with_its_copy(order: InFlightOrder) -> InFlight:
    """Return what an order says, and what a copy of it by way of JSON says."""

    def copy() -> InFlight:
        return asked(_questions(InFlightOrder.from_json(order.to_json())))

    return asked({**_questions(order), "copy": copy})
