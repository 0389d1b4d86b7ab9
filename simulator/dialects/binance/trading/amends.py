"""Endpoints that amend an order without losing its place, and show its amendments."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.trading import answers, list_answers, refusals
from fillproof.simulator.dialects.binance.words import contingency, moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import AmendOrder
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    ExecutionReport,
    ListChanged,
    Report,
)

AMEND_PARAMETERS = ("symbol", "orderId", "origClientOrderId", "newClientOrderId", "newQty")
AMENDMENTS_PARAMETERS = ("symbol", "orderId", "fromExecutionId", "limit")

_DEFAULT_LIMIT = 500
_MAXIMUM_LIMIT = 1000


def amend_order(desk: Desk, call: Call) -> Outcome:
    """Lower an order's quantity; raises Refusal (-2038)."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    number, name = parameters.integer("orderId"), parameters.text("origClientOrderId")
    if number is None and name is None:
        raise errors.EITHER_MANDATORY.refusal("origClientOrderId", "orderId")
    parameters.required("newQty")
    quantity = parameters.units("newQty")
    if not quantity:
        raise errors.INVALID_QUANTITY.refusal()
    command = AmendOrder(
        account=call.account,
        symbol=market.engine_symbol,
        quantity_lots=market.lots(quantity) or 0,
        venue_order_id=number,
        client_order_id=name,
        new_client_order_id=parameters.client_order_id("newClientOrderId")
        or desk.memory.make_client_order_id(),
    )
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(command, call.now_ns)
    for report in reports:
        if isinstance(report, AmendRefused):
            raise refusals.refused(report, (*due, *reports))
    return Outcome(_answer(desk, market, number, name, reports), (*due, *reports))


def amendments(desk: Desk, call: Call) -> Outcome:
    """Show the amendments of an order, oldest first; raises Refusal (-2013)."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    parameters.required("orderId")
    order_id = parameters.integer("orderId") or 0
    first_id = parameters.integer("fromExecutionId") or 0
    limit = parameters.limit("limit", _DEFAULT_LIMIT, _MAXIMUM_LIMIT)
    order = desk.exchange.order(order_id)
    if order is None or (order.account, order.symbol) != (call.account, market.engine_symbol):
        raise errors.NO_SUCH_ORDER.refusal()
    shown = [
        _amendment(market, amendment)
        for amendment in desk.exchange.amendments(order_id)
        if amendment.execution_id >= first_id
    ]
    return Outcome(shown[:limit])


def _answer(
    desk: Desk, market: Market, number: int | None, name: str | None, reports: Iterable[Report]
) -> dict[str, Json]:
    """Return the amended order, and its list if it is in one."""
    amended = _report_of_amend(number, name, reports)
    answer: dict[str, Json] = {
        "transactTime": moment(amended.transact_time_ns),
        "executionId": amended.execution_id,
        "amendedOrder": answers.amended(desk, market, amended),
    }
    for report in reports:
        if isinstance(report, ListChanged) and report.order_list_id == amended.order_list_id:
            answer["listStatus"] = _list_status(market, report)
    return answer


def _report_of_amend(
    number: int | None, name: str | None, reports: Iterable[Report]
) -> ExecutionReport:
    """Return the report of the order that was named; of a list, others may change with it."""
    return next(
        report
        for report in reports
        if isinstance(report, ExecutionReport)
        and report.execution_type in (ExecutionType.REPLACED, ExecutionType.PENDING_REPLACE)
        and number in (None, report.venue_order_id)
        and name in (None, report.original_client_order_id or report.client_order_id)
    )


def _list_status(market: Market, changed: ListChanged) -> dict[str, Json]:
    return {
        "orderListId": changed.order_list_id,
        "contingencyType": contingency(changed.contingency),
        "listOrderStatus": str(changed.list_status),
        "listClientOrderId": changed.list_client_order_id,
        "symbol": market.symbol,
        "orders": list_answers.members(market, changed),
    }


def _amendment(market: Market, amendment: ExecutionReport) -> dict[str, Json]:
    return {
        "symbol": market.symbol,
        "orderId": amendment.venue_order_id,
        "executionId": amendment.execution_id,
        "origClientOrderId": amendment.original_client_order_id,
        "newClientOrderId": amendment.client_order_id,
        "origQty": market.quantity(amendment.original_quantity_lots or 0),
        "newQty": market.quantity(amendment.quantity_lots),
        "time": moment(amendment.transact_time_ns),
    }
