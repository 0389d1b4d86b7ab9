"""Endpoints that cancel orders: one, all of a market; an order of a list takes the list along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.trading import answers, list_answers, refusals
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import CancelAll, CancelOrder
from fillproof.simulator.vocabulary.orders import (
    CancelRestriction,
    ExecutionType,
    ListStatus,
    Reason,
)
from fillproof.simulator.vocabulary.reports import (
    CancelRefused,
    ExecutionReport,
    ListChanged,
    Report,
)

CANCEL_PARAMETERS = (
    "symbol",
    "orderId",
    "origClientOrderId",
    "newClientOrderId",
    "cancelRestrictions",
)

_RESTRICTIONS = tuple(str(restriction) for restriction in CancelRestriction)
_CANCELING = (ExecutionType.CANCELED, ExecutionType.PENDING_CANCEL)


def cancel_order(desk: Desk, call: Call) -> Outcome:
    """Cancel one order, named by either id or both; raises Refusal (-2011)."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    command = read_cancel(call, market)
    cancel_id = parameters.client_order_id("newClientOrderId")
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(command, call.now_ns)
    refusal = why_not_canceled(reports)
    if refusal is not None:
        raise refusals.refused(refusal, (*due, *reports))
    return Outcome(canceled(desk, market, reports, cancel_id)[0], (*due, *reports))


def cancel_open_orders(desk: Desk, call: Call) -> Outcome:
    """Cancel all open orders of a market; raises Refusal (-2011) when there are none."""
    market = desk.markets.get(call.parameters.required_symbol())
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(CancelAll(call.account, market.engine_symbol), call.now_ns)
    results = canceled(desk, market, reports, None)
    if not results:
        none = CancelRefused(call.account, market.engine_symbol, None, None, Reason.UNKNOWN_ORDER)
        raise refusals.refused(why_not_canceled(reports) or none, (*due, *reports))
    return Outcome(results, (*due, *reports))


def read_cancel(
    call: Call,
    market: Market,
    venue_order_id: str = "orderId",
    client_order_id: str = "origClientOrderId",
) -> CancelOrder:
    """Read which order is meant, under the names the request has for its ids."""
    parameters = call.parameters
    number = parameters.integer(venue_order_id)
    name = parameters.text(client_order_id)
    if number is None and name is None:
        raise errors.EITHER_MANDATORY.refusal(client_order_id, venue_order_id)
    return CancelOrder(call.account, market.engine_symbol, number, name, _restriction(parameters))


def _restriction(parameters: Parameters) -> CancelRestriction | None:
    sent = parameters.choice(
        "cancelRestrictions", _RESTRICTIONS, errors.INVALID_CANCEL_RESTRICTIONS
    )
    return None if sent is None else CancelRestriction(sent)


def why_not_canceled(reports: Iterable[Report]) -> CancelRefused | None:
    """Return the engine's refusal of a cancel, if it refused one."""
    return next((report for report in reports if isinstance(report, CancelRefused)), None)


def canceled(
    desk: Desk, market: Market, reports: Iterable[Report], cancel_id: str | None
) -> list[dict[str, Json]]:
    """Return what is said of each order and each list that these reports cancel.

    All orders of one cancel get the cancel's id, a made one if the client gave none.
    """
    ended = list(_canceled_by_client(reports))
    if not ended:
        return []
    cancel_id = cancel_id or desk.memory.make_client_order_id()
    desk.note(ended)
    lists = _ended_lists(reports)
    said: dict[tuple[str, int], dict[str, Json]] = {}
    for report in ended:
        desk.memory.keep_cancel_id(report.venue_order_id, cancel_id)
        answer = answers.canceled(desk, market, report, cancel_id)
        changed = lists.get(report.order_list_id or 0)
        if changed is None:
            said["order", report.venue_order_id] = answer
            continue
        of_list = said.setdefault(
            ("list", changed.order_list_id), list_answers.with_reports(market, changed)
        )
        of_list["orderReports"].append(answer)
    return list(said.values())


def _canceled_by_client(reports: Iterable[Report]) -> Iterable[ExecutionReport]:
    return (
        report
        for report in reports
        if isinstance(report, ExecutionReport)
        and report.execution_type in _CANCELING
        and report.reason is Reason.BY_CLIENT
    )


def _ended_lists(reports: Iterable[Report]) -> Mapping[int, ListChanged]:
    return {
        report.order_list_id: report
        for report in reports
        if isinstance(report, ListChanged) and report.list_status is ListStatus.ALL_DONE
    }
