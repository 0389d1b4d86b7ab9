"""What happened to an order, as people outside read it."""

from __future__ import annotations

from typing import Any

from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import ExecutionReport
from fillproof.simulator.vocabulary.units import from_units, plain


def told_of(report: ExecutionReport, market: Instrument) -> dict[str, Any]:
    """Return a report in FIX words, amounts as decimals; what it does not have is left out."""
    keys = {
        "account": report.account,
        "market": f"{market.base}-{market.quote}",
        "client_order_id": report.client_order_id,
        "venue_order_id": report.venue_order_id,
        "execution_type": report.execution_type.value,
        "order_status": report.order_status.value,
        "cumulative_quantity": plain(from_units(report.cumulative_quantity_lots, market.lot_size)),
        "leaves_quantity": plain(from_units(report.leaves_quantity_lots, market.lot_size)),
        "reason": report.reason.value,
    }
    if report.last_quantity_lots is not None and report.last_price_ticks is not None:
        keys["last_quantity"] = plain(from_units(report.last_quantity_lots, market.lot_size))
        keys["trade_id"] = report.trade_id
        keys["last_price"] = plain(from_units(report.last_price_ticks, market.tick_size))
    return keys
