"""What Hummingbot's InFlightOrder says, asked as a strategy or its recorder would."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fillproof.harness.connectors.in_flight import InFlight, LimitOrder, asked


def said_by(order: Any) -> InFlight:
    """Return what an order says, and what one made of its JSON text says."""

    def copy() -> InFlight:
        written = json.loads(json.dumps(order.to_json()))
        return asked(_questions(type(order).from_json(written)))

    return asked({**_questions(order), "copy": copy})


def _questions(order: Any) -> dict[str, Callable[[], Any]]:
    return {
        "venue_order_id": lambda: order.exchange_order_id,
        "base_asset": lambda: order.base_asset,
        "quote_asset": lambda: order.quote_asset,
        "is_done": lambda: bool(order.is_done),
        "is_cancelled": lambda: bool(order.is_cancelled),
        "is_failure": lambda: bool(order.is_failure),
        "filled": lambda: order.executed_amount_base,
        "limit_order": lambda: _limit_order(order),
        "json": order.to_json,
    }


def _limit_order(order: Any) -> LimitOrder:
    made = order.to_limit_order()
    return LimitOrder(
        market=made.trading_pair,
        side="BUY" if made.is_buy else "SELL",
        price=made.price,
        amount=made.quantity,
        filled=made.filled_quantity,
    )
