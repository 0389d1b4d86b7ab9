"""Endpoints that show and cancel lists of orders."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.trading import cancels, list_answers, refusals
from fillproof.simulator.dialects.binance.trading.list_answers import OrderList
from fillproof.simulator.dialects.binance.trading.trading_errors import NO_SUCH_ORDER_LIST
from fillproof.simulator.dialects.binance.trading.window import Window
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import CancelOrderList

CANCEL_LIST_PARAMETERS = ("symbol", "orderListId", "listClientOrderId", "newClientOrderId")


def cancel_list(desk: Desk, call: Call) -> Outcome:
    """Cancel a list, named by either id or both; raises Refusal (-2011)."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    number, name = parameters.integer("orderListId"), parameters.text("listClientOrderId")
    if number is None and name is None:
        raise errors.EITHER_MANDATORY.refusal("orderListId", "listClientOrderId")
    cancel_id = parameters.client_order_id("newClientOrderId")
    command = CancelOrderList(call.account, market.engine_symbol, number, name)
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(command, call.now_ns)
    refusal = cancels.why_not_canceled(reports)
    if refusal is not None:
        raise refusals.refused(refusal, (*due, *reports))
    return Outcome(cancels.canceled(desk, market, reports, cancel_id)[0], (*due, *reports))


def query_list(desk: Desk, call: Call) -> Outcome:
    """Show one list; raises Refusal (-2018)."""
    parameters = call.parameters
    number, name = parameters.integer("orderListId"), parameters.text("origClientOrderId")
    if number is None and name is None:
        raise errors.EITHER_MANDATORY.refusal("orderListId", "origClientOrderId")
    found = desk.exchange.order_list(call.account, number, name)
    if found is None:
        raise NO_SUCH_ORDER_LIST.refusal()
    return Outcome(_shown(desk, found))


def open_lists(desk: Desk, call: Call) -> Outcome:
    """Show the lists that are executing."""
    found = desk.exchange.order_lists(call.account, open_only=True)
    return Outcome([_shown(desk, one) for one in found])


def all_lists(desk: Desk, call: Call) -> Outcome:
    """Show all lists, oldest first: from a number on, of a time, or the latest."""
    chosen = Window.of(call.parameters, "fromId").choose(
        [
            (one.order_list_id, one.transact_time_ns, one)
            for one in desk.exchange.order_lists(call.account)
        ]
    )
    return Outcome([_shown(desk, one) for one in chosen])


def _shown(desk: Desk, of: OrderList) -> dict[str, Json]:
    return list_answers.shown(desk.markets.traded(of.symbol), of)
