"""What happened to an order, as people outside read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import ExecutionReport
from fillproof.simulator.vocabulary.units import from_units, plain


class Teller:
    """Tells reports by the names that the markets were given, whatever they are settled in."""

    def __init__(self, markets: Mapping[str, Instrument]) -> None:
        self._named = {market.symbol: (name, market) for name, market in markets.items()}

    def told(self, report: ExecutionReport) -> dict[str, Any]:
        """Return a report in FIX words, amounts as decimals; what it does not have is left out."""
        return _told_of(report, *self._named[report.symbol])


def _told_of(report: ExecutionReport, name: str, market: Instrument) -> dict[str, Any]:
    keys = {
        "account": report.account,
        "market": name,
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
