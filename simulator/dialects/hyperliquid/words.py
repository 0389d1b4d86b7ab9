"""The venue's words for an order: its state, its time in force, its kind."""

from __future__ import annotations

from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import (
    OrderStatus,
    OrderType,
    Reason,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport

Order = OrderView | ExecutionReport
"""An order as it stands, or as it stood when it was reported."""

CLOID_START = "0x"

_ENDED: dict[Reason, str] = {
    Reason.SELF_TRADE_PREVENTION: "selfTradeCanceled",
    Reason.OTHER_OF_LIST: "siblingFilledCanceled",
    Reason.FIRST_OF_LIST_ENDED: "siblingFilledCanceled",
    Reason.INSUFFICIENT_BALANCE: "marginCanceled",
    Reason.SCHEDULED: "scheduledCancel",
    Reason.REDUCE_ONLY: "reduceOnlyCanceled",
}
"""Why an accepted order ended before it was full; any other is plain canceled."""

REJECTED: dict[Reason, str] = {
    Reason.WOULD_MATCH_IMMEDIATELY: "badAloPxRejected",
    Reason.MARKET_POST_ONLY: "rejected",
    Reason.NOTIONAL_BELOW_MINIMUM: "minTradeNtlRejected",
    Reason.WOULD_TRIGGER_IMMEDIATELY: "badTriggerPxRejected",
    Reason.INSUFFICIENT_MARGIN: "perpMarginRejected",
    Reason.INSUFFICIENT_BALANCE: "insufficientSpotBalanceRejected",
    Reason.REDUCE_ONLY: "reduceOnlyRejected",
}
"""Why an order was refused; any other is plain rejected."""

_UNMATCHED = frozenset({Reason.IOC_REST, Reason.NO_LIQUIDITY, Reason.FOK_NOT_FILLABLE})
_KINDS = {
    (TriggerKind.STOP_LOSS, True): "Stop Market",
    (TriggerKind.STOP_LOSS, False): "Stop Limit",
    (TriggerKind.TAKE_PROFIT, True): "Take Profit Market",
    (TriggerKind.TAKE_PROFIT, False): "Take Profit Limit",
}


def cloid(order: Order) -> str | None:
    """Return the client's id of an order, None when it gave none."""
    name = order.client_order_id
    return name if name.startswith(CLOID_START) else None


def side(value: Side) -> str:
    """Return B for what buys (bid), A for what sells (ask)."""
    return "B" if value is Side.BUY else "A"


def is_unmatched(order: Order) -> bool:
    """Return whether an order was to trade at once and found nothing at all."""
    return order.reason in _UNMATCHED and order.cumulative_quantity_lots == 0


def status(order: Order) -> str:
    """Return the state of an order."""
    state, reason = order.order_status, order.reason
    if state is OrderStatus.FILLED:
        return "filled"
    if state is OrderStatus.REJECTED:
        return REJECTED.get(reason, "rejected")
    if not state.is_terminal:
        return "open"
    if is_unmatched(order):
        return "iocCancelRejected"
    return _ENDED.get(reason, "canceled")


def time_in_force(order: Order) -> str:
    """Return Alo, Ioc or Gtc."""
    if order.post_only:
        return "Alo"
    return "Ioc" if order.time_in_force is TimeInForce.IOC else "Gtc"


def is_market_trigger(order: Order) -> bool:
    """Return whether an order becomes a market order once it is triggered."""
    return order.trigger is not None and order.time_in_force is TimeInForce.IOC


def order_type(order: Order) -> str:
    """Return the kind of an order in words."""
    if order.trigger is not None:
        return _KINDS[order.trigger.kind, is_market_trigger(order)]
    return "Market" if order.order_type is OrderType.MARKET else "Limit"
