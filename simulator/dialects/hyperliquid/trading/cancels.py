"""Cancels by the venue's or the client's id, modifications, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from fillproof.simulator.dialects.hyperliquid import errors
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.errors import Malformed, OrderError
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.trading.orders import (
    placed,
    read_cloid,
    read_order,
)
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Step
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import CancelOrder, CancelReplace, PlaceOrder
from fillproof.simulator.vocabulary.orders import CancelReplaceMode, ExecutionType
from fillproof.simulator.vocabulary.reports import CancelRefused, ExecutionReport, Report

SUCCESS = "success"
_CANCELED = (ExecutionType.CANCELED, ExecutionType.PENDING_CANCEL)


def cancel(desk: Desk, account: str, entry: Mapping[str, Json]) -> Step:
    """Cancel by the venue's id."""
    oid = entry.get("o")
    if type(oid) is not int:
        raise Malformed(errors.UNREADABLE)
    market = _market(desk, entry.get("a"))
    command = CancelOrder(account, market.engine_symbol, venue_order_id=oid)
    return Step(command, partial(canceled, market))


def cancel_by_cloid(desk: Desk, account: str, entry: Mapping[str, Json]) -> Step:
    """Cancel by the client's id."""
    name = read_cloid(entry.get("cloid"))
    if name is None:
        raise Malformed(errors.UNREADABLE)
    market = _market(desk, entry.get("asset"))
    command = CancelOrder(account, market.engine_symbol, client_order_id=name)
    return Step(command, partial(canceled, market))


def modify(desk: Desk, account: str, entry: Mapping[str, Json]) -> Step:
    """Cancel an order and place another in its stead, as one; the new one has a new number."""
    order = entry.get("order")
    if not isinstance(order, dict):
        raise Malformed(errors.UNREADABLE)
    found = find(desk, account, entry.get("oid"))
    market, command = read_order(desk, account, order)
    if found is None or not found.is_open or found.symbol != market.engine_symbol:
        raise OrderError(errors.CANNOT_MODIFY)
    old = CancelOrder(account, market.engine_symbol, venue_order_id=found.venue_order_id)
    both = CancelReplace(old, command, CancelReplaceMode.STOP_ON_FAILURE)
    return Step(both, partial(modified, desk, market, command))


def modified(desk: Desk, market: Market, command: PlaceOrder, reports: Sequence[Report]) -> Json:
    """Return what the answer says of a modification by a new order."""
    if any(isinstance(report, CancelRefused) for report in reports):
        return {"error": errors.CANNOT_MODIFY}
    return placed(desk, market, command, reports)


def canceled(market: Market, reports: Sequence[Report]) -> Json:
    """Return what the answer says of a cancel."""
    if any(isinstance(r, ExecutionReport) and r.execution_type in _CANCELED for r in reports):
        return SUCCESS
    return {"error": errors.UNKNOWN_ORDER % market.asset}


def find(desk: Desk, account: str, oid: Json) -> OrderView | None:
    """Return an account's order by the venue's id or the client's; raises Malformed."""
    if type(oid) is int:
        found = desk.exchange.order(oid)
        return found if found is not None and found.account == account else None
    name = read_cloid(oid)
    if name is None:
        raise Malformed(errors.UNREADABLE)
    return desk.exchange.find(account, name)


def _market(desk: Desk, asset: Json) -> Market:
    if type(asset) is not int:
        raise Malformed(errors.UNREADABLE)
    market = desk.markets.of_asset(asset)
    if market is None:
        raise OrderError(errors.UNKNOWN_ORDER % asset)
    return market
