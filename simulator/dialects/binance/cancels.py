"""Endpoints that cancel orders."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors, words
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import CancelOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus
from fillproof.simulator.vocabulary.reports import CancelRefused, ExecutionReport, Report

CANCEL_PARAMETERS = (
    "symbol",
    "orderId",
    "origClientOrderId",
    "newClientOrderId",
    "cancelRestrictions",
    "recvWindow",
    "timestamp",
)

_RESTRICTIONS = {
    "ONLY_NEW": OrderStatus.NEW,
    "ONLY_PARTIALLY_FILLED": OrderStatus.PARTIALLY_FILLED,
}
_CANCELING = (ExecutionType.CANCELED, ExecutionType.PENDING_CANCEL)


def cancel_order(desk: Desk, call: Call) -> Outcome:
    """Cancel one order, named by either id or both; raises Refusal (-2011)."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    venue_order_id = parameters.integer("orderId")
    client_order_id = parameters.text("origClientOrderId")
    if venue_order_id is None and client_order_id is None:
        raise errors.EITHER_MANDATORY.refusal("origClientOrderId", "orderId")
    cancel_id = parameters.client_order_id("newClientOrderId")
    _hold_to_restrictions(desk, call, market)
    command = CancelOrder(call.account, market.engine_symbol, venue_order_id, client_order_id)
    result, reports = _cancel(desk, market, command, cancel_id, call.now_ns)
    return Outcome(result, reports)


def cancel_open_orders(desk: Desk, call: Call) -> Outcome:
    """Cancel all open orders of a market; raises Refusal (-2011) when there are none."""
    market = desk.markets.get(call.parameters.required_symbol())
    open_orders = [
        order
        for order in desk.exchange.orders(call.account, market.engine_symbol, open_only=True)
        if order.order_status is not OrderStatus.PENDING_CANCEL
    ]
    if not open_orders:
        raise errors.UNKNOWN_ORDER.refusal()
    results: list[Json] = []
    reports: list[Report] = []
    for order in open_orders:
        command = CancelOrder(call.account, market.engine_symbol, order.venue_order_id)
        result, more = _cancel(desk, market, command, None, call.now_ns)
        results.append(result)
        reports.extend(more)
    return Outcome(results, tuple(reports))


def _cancel(
    desk: Desk, market: Market, command: CancelOrder, cancel_id: str | None, now_ns: int
) -> tuple[Json, tuple[Report, ...]]:
    """Cancel one order; raises Refusal with what the engine reported."""
    reports = desk.exchange.apply(command, now_ns)
    for report in reports:
        if isinstance(report, CancelRefused):
            raise errors.refused(report.reason, reports)
    ended = _report_of_cancel(reports)
    if cancel_id is not None:
        desk.keep_cancel_id(ended.venue_order_id, cancel_id)
    desk.note(reports)
    result = words.canceled(market, ended, desk.status(ended), desk.cancel_id(ended.venue_order_id))
    return result, reports


def _report_of_cancel(reports: tuple[Report, ...]) -> ExecutionReport:
    """Return the report of the cancel just asked: the last, for what was due comes before it."""
    return [
        report
        for report in reports
        if isinstance(report, ExecutionReport) and report.execution_type in _CANCELING
    ][-1]


def _hold_to_restrictions(desk: Desk, call: Call, market: Market) -> None:
    restriction = call.parameters.choice(
        "cancelRestrictions", _RESTRICTIONS, errors.INVALID_CANCEL_RESTRICTIONS
    )
    if restriction is None:
        return
    order = named_order(desk, call, market)
    if order is not None and order.is_open and order.order_status is not _RESTRICTIONS[restriction]:
        raise errors.CANCEL_RESTRICTED.refusal()


def named_order(desk: Desk, call: Call, market: Market) -> OrderView | None:
    """Return the account's order that `orderId` or else `origClientOrderId` names, or None."""
    parameters = call.parameters
    venue_order_id = parameters.integer("orderId")
    client_order_id = parameters.text("origClientOrderId")
    if venue_order_id is None and client_order_id is None:
        raise errors.EITHER_MANDATORY.refusal("origClientOrderId", "orderId")
    if venue_order_id is not None:
        order = desk.exchange.order(venue_order_id)
        if order is None or (order.account, order.symbol) != (call.account, market.engine_symbol):
            return None
        return order
    assert client_order_id is not None
    return desk.exchange.find(call.account, client_order_id, market.engine_symbol)
