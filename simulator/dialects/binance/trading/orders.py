"""Endpoints that place an order: from parameters to one command, from its reports to the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.trading import answers, refusals
from fillproof.simulator.dialects.binance.trading.commissions import commission_for_order
from fillproof.simulator.dialects.binance.trading.new_orders import (
    NewOrder,
    answer_type,
    read_order,
)
from fillproof.simulator.dialects.binance.trading.order_types import SINGLE
from fillproof.simulator.dialects.binance.trading.prevented_matches import answered_matches
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, SelfTradePrevention
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

NEW_ORDER_PARAMETERS = (
    "symbol",
    *SINGLE.values(),
    "newOrderRespType",
    "selfTradePreventionMode",
)

# Looked up once: it costs, and every order asks.
_TRADE, _REJECTED = ExecutionType.TRADE, ExecutionType.REJECTED
_NO_PREVENTION = SelfTradePrevention.NONE


def place_order(desk: Desk, call: Call) -> Outcome:
    """Place an order; a refusal of the engine raises Refusal with its reports."""
    market = desk.markets.get(call.parameters.required_symbol())
    order = read_order(desk, call, market)
    wanted = answer_type(call.parameters)
    reports = desk.exchange.apply(order.command, call.now_ns)
    own = own_reports(order.command, reports)
    if own[-1].execution_type is _REJECTED:
        raise refusals.refused(own[-1], reports)
    desk.memory.keep_labels(own[-1].venue_order_id, order.labels)
    return Outcome(answer(desk, market, order, own, wanted, reports), reports)


def try_order(desk: Desk, call: Call) -> Outcome:
    """Check an order as if it were placed: all but what depends on the account and the book."""
    market = desk.markets.get(call.parameters.required_symbol())
    shows_rates = call.parameters.flag("computeCommissionRates")
    order = read_order(desk, call, market)
    answer_type(call.parameters)
    reason = desk.exchange.broken_rule(order.command, call.now_ns)
    if reason is not None:
        raise refusals.broken_rule(reason)
    return Outcome(commission_for_order(desk, market, order.command.side) if shows_rates else {})


def own_reports(command: PlaceOrder, reports: Iterable[Report]) -> list[ExecutionReport]:
    """Return the reports of the order just placed; an older one of that name may have ended too."""
    account, name = command.account, command.client_order_id
    named = [
        report
        for report in reports
        if type(report) is ExecutionReport
        and report.terms.client_order_id == name
        and report.terms.account == account
    ]
    number = named[-1].venue_order_id if named else None
    return [report for report in named if report.venue_order_id == number]


def answer(
    desk: Desk,
    market: Market,
    order: NewOrder,
    own: Sequence[ExecutionReport],
    wanted: str | None,
    reports: Sequence[Report],
) -> dict[str, Json]:
    """Return the answer to a new order, in the form wanted, or else the one of its type."""
    return report_of_placement(desk, market, own, wanted or order.kind.answer, reports)


def report_of_placement(
    desk: Desk,
    market: Market,
    own: Sequence[ExecutionReport],
    form: str,
    reports: Sequence[Report],
) -> dict[str, Json]:
    """Return what is said of an order as the last of these reports left it."""
    last = own[-1]
    said = answers.placed(market, last)
    if form == "ACK":
        return said
    said |= answers.placed_result(desk, market, last)
    if form == "FULL":
        said["fills"] = [
            answers.placed_fill(market, report) for report in own if report.execution_type is _TRADE
        ]
        if last.self_trade_prevention is not _NO_PREVENTION:
            matches = answered_matches(market, last.venue_order_id, reports)
            said |= {"preventedMatches": matches} if matches else {}
    return said
