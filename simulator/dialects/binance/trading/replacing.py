"""Cancel an order and place another: one command, and an answer with two halves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.errors import Refusal, VenueError
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.trading import cancels, orders, refusals
from fillproof.simulator.dialects.binance.trading.new_orders import (
    NewOrder,
    answer_type,
    read_order,
)
from fillproof.simulator.dialects.binance.trading.trading_errors import (
    NOT_REPLACED,
    REPLACED_PARTLY,
)
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import CancelOrder, CancelReplace
from fillproof.simulator.vocabulary.orders import CancelReplaceMode, ExecutionType
from fillproof.simulator.vocabulary.reports import Report

REPLACE_PARAMETERS = (
    *orders.NEW_ORDER_PARAMETERS,
    "cancelReplaceMode",
    "cancelNewClientOrderId",
    "cancelOrigClientOrderId",
    "cancelOrderId",
    "cancelRestrictions",
    "orderRateLimitExceededMode",
)

_MODES = tuple(str(mode) for mode in CancelReplaceMode)
_EXCEEDED_MODES = ("DO_NOTHING", "CANCEL_ONLY")

Result = Literal["SUCCESS", "FAILURE", "NOT_ATTEMPTED"]


@dataclass(frozen=True, slots=True)
class _Half:
    """What became of the cancel or of the new order; `response` is its answer or its error."""

    result: Result
    response: Json

    @classmethod
    def refused(cls, refusal: Refusal) -> _Half:
        return cls("FAILURE", refusal.body)


_NOT_ATTEMPTED = _Half("NOT_ATTEMPTED", None)


def cancel_and_replace(desk: Desk, call: Call) -> Outcome:
    """Cancel an order and place another; raises Refusal unless both succeed."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    mode = _mode(call)
    cancel = cancels.read_cancel(call, market, "cancelOrderId", "cancelOrigClientOrderId")
    cancel_id = parameters.client_order_id("cancelNewClientOrderId")
    order = read_order(desk, call, market)
    wanted = answer_type(parameters)
    cancels_anyway = _exceeded_mode(call) == "CANCEL_ONLY"
    try:
        desk.limits.orders.require(call.account, 1, call.now_ns)
    except Refusal as exceeded:
        if not cancels_anyway:
            raise
        return _cancel_only(desk, call, market, cancel, cancel_id, mode, exceeded)
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(CancelReplace(cancel, order.command, mode), call.now_ns)
    canceled = _canceled(desk, market, cancel, reports, cancel_id)
    is_told = canceled is not None and canceled.result == "SUCCESS"
    placed = _placed(desk, market, order, reports, wanted, is_told=is_told)
    if canceled is None:
        # The new order broke a rule that is looked at first: nothing was tried.
        own = orders.own_reports(order.command, reports)
        raise refusals.refused(own[-1], (*due, *reports))
    desk.limits.orders.placed(call.account, 1, call.now_ns)
    return _answer(canceled, placed, (*due, *reports))


def _mode(call: Call) -> CancelReplaceMode:
    sent = call.parameters.required("cancelReplaceMode")
    if sent not in _MODES:
        raise errors.INVALID_DATA.refusal("cancelReplaceMode")
    return CancelReplaceMode(sent)


def _exceeded_mode(call: Call) -> str:
    name = "orderRateLimitExceededMode"
    sent = call.parameters.text(name) or _EXCEEDED_MODES[0]
    if sent not in _EXCEEDED_MODES:
        raise errors.INVALID_DATA.refusal(name)
    return sent


def _cancel_only(
    desk: Desk,
    call: Call,
    market: Market,
    cancel: CancelOrder,
    cancel_id: str | None,
    mode: CancelReplaceMode,
    exceeded: Refusal,
) -> Outcome:
    """Cancel, and leave the new order, for which there were too many."""
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(cancel, call.now_ns)
    canceled = _canceled(desk, market, cancel, reports, cancel_id)
    assert canceled is not None, "a cancel alone succeeds or is refused"
    stops = mode is CancelReplaceMode.STOP_ON_FAILURE
    tries = not stops or canceled.result == "SUCCESS"
    placed = _Half.refused(exceeded) if tries else _NOT_ATTEMPTED
    return _answer(canceled, placed, (*due, *reports), exceeded.status if stops else None)


def _canceled(
    desk: Desk,
    market: Market,
    cancel: CancelOrder,
    reports: Sequence[Report],
    cancel_id: str | None,
) -> _Half | None:
    """Return what became of the cancel; None when it was not tried."""
    refusal = cancels.why_not_canceled(reports)
    if refusal is not None:
        return _Half.refused(refusals.refused(refusal))
    said = cancels.canceled(desk, market, reports, cancel_id)
    return _Half("SUCCESS", _of_order(cancel, said[0])) if said else None


def _of_order(cancel: CancelOrder, said: dict[str, Json]) -> Json:
    """Return what is said of the order that was named; its list, if it has one, ends with it."""
    return next(
        report
        for report in said.get("orderReports", [said])
        if cancel.venue_order_id in (None, report["orderId"])
        and cancel.client_order_id in (None, report["origClientOrderId"])
    )


def _placed(
    desk: Desk,
    market: Market,
    order: NewOrder,
    reports: Sequence[Report],
    wanted: str | None,
    *,
    is_told: bool,
) -> _Half:
    """Return what became of the new order; the streams tell a refusal that follows a cancel."""
    own = orders.own_reports(order.command, reports)
    if not own:
        return _NOT_ATTEMPTED
    if own[-1].execution_type is ExecutionType.REJECTED:
        if is_told:
            desk.memory.tell_refusal(own[-1].execution_id)
        return _Half.refused(refusals.refused(own[-1]))
    desk.memory.keep_labels(own[-1].venue_order_id, order.labels)
    return _Half("SUCCESS", orders.answer(desk, market, order, own, wanted, reports))


def _answer(
    canceled: _Half, placed: _Half, reports: tuple[Report, ...], status: int | None = None
) -> Outcome:
    """Return the answer when both halves succeeded; else raise the error that shows both."""
    both = {
        "cancelResult": canceled.result,
        "newOrderResult": placed.result,
        "cancelResponse": canceled.response,
        "newOrderResponse": placed.response,
    }
    results = (canceled.result, placed.result)
    if results == ("SUCCESS", "SUCCESS"):
        return Outcome(both, reports)
    error: VenueError = REPLACED_PARTLY if "SUCCESS" in results else NOT_REPLACED
    raise Refusal(error.code, error.text, status or error.status, reports, both)
