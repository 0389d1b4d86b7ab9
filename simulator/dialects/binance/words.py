"""The venue's words for an order: types, states, times, and why it expired or was rejected."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.moments import Moment
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import (
    ContingencyType,
    ExecutionType,
    ListStatus,
    OrderStatus,
    OrderType,
    Reason,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport

Order = OrderView | ExecutionReport
"""An order as it stands, or as it stood when it was reported."""

NO_LIST = -1
"""orderListId of an order that is in no list."""

NOT_YET = -1
"""A time that has not come."""

_STATUS: dict[OrderStatus, str] = {
    OrderStatus.NEW: "NEW",
    OrderStatus.PENDING_NEW: "PENDING_NEW",
    OrderStatus.PARTIALLY_FILLED: "PARTIALLY_FILLED",
    OrderStatus.FILLED: "FILLED",
    OrderStatus.CANCELED: "CANCELED",
    OrderStatus.EXPIRED: "EXPIRED",
    OrderStatus.REJECTED: "REJECTED",
    OrderStatus.PENDING_CANCEL: "PENDING_CANCEL",
}
EXPIRED_IN_MATCH = "EXPIRED_IN_MATCH"

_EXPIRY_REASON: dict[Reason, str] = {
    Reason.IOC_REST: "UNFILLED_IOC_QUANTITY_EXPIRED",
    Reason.FOK_NOT_FILLABLE: "UNFILLED_FOK_ORDER_EXPIRED",
    Reason.NO_LIQUIDITY: "INSUFFICIENT_LIQUIDITY",
    Reason.OTHER_OF_LIST: "OCO_TRIGGER",
    Reason.FIRST_OF_LIST_ENDED: "OTO_PHASE_ONE_EXPIRED",
    Reason.BY_VENUE: "EXCHANGE_CANCELED",
    Reason.GOOD_TILL_DATE: "EXCHANGE_CANCELED",
    Reason.GOOD_TILL_BLOCK: "EXCHANGE_CANCELED",
}
"""Any other is a reason to refuse an order, which came too late to refuse it: REJECTED."""

_REJECT_REASON: dict[Reason, str] = {
    Reason.INSUFFICIENT_BALANCE: "INSUFFICIENT_BALANCES",
    Reason.WOULD_MATCH_IMMEDIATELY: "WOULD_MATCH_IMMEDIATELY",
    Reason.WOULD_TRIGGER_IMMEDIATELY: "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY",
    Reason.LIST_PRICES_WRONG: "OCO_BAD_PRICES",
}
"""Any other is NONE."""

LIST_STATUS_TYPE: dict[ListStatus, str] = {
    ListStatus.EXECUTING: "EXEC_STARTED",
    ListStatus.ALL_DONE: "ALL_DONE",
}

# Looking up a member of an enumeration costs more than all else that is done here with one.
_EXPIRED, _PREVENTED = OrderStatus.EXPIRED, Reason.SELF_TRADE_PREVENTION
_MARKET, _LIMIT = OrderType.MARKET, OrderType.LIMIT
_REJECTED = ExecutionType.REJECTED

moment = Moment
"""A time for an answer or event, from nanoseconds: the encoder writes it in the client's unit."""


def status(order: Order) -> str:
    """Return the state; what self-trade prevention ended has a word of its own."""
    if order.order_status is _EXPIRED and order.reason is _PREVENTED:
        return EXPIRED_IN_MATCH
    return _STATUS[order.order_status]


def order_type(order: Order) -> str:
    """Return the type, made of what the order waits for and what it then is."""
    if order.trigger is not None:
        limit = "_LIMIT" if order.order_type is _LIMIT else ""
        return f"{order.trigger.kind}{limit}"
    return "LIMIT_MAKER" if order.post_only else str(order.order_type)


def time_in_force(order: Order) -> str:
    """Return the time in force; for a market order it means nothing and is written GTC."""
    return "GTC" if order.order_type is _MARKET else str(order.time_in_force)


def list_id(order: Order) -> int:
    """Return the number of the list that an order is in."""
    return NO_LIST if order.order_list_id is None else order.order_list_id


def working_time(order: Order) -> int:
    """Return when an order came to the book."""
    return NOT_YET if order.working_time_ns is None else moment(order.working_time_ns)


def contingency(kind: ContingencyType) -> str:
    """Return the venue's word for how orders hang together: all that begin with one are OTO."""
    return "OCO" if kind is ContingencyType.OCO else "OTO"


def expiry_reason(reason: Reason) -> str:
    """Return why an order expired."""
    return _EXPIRY_REASON.get(reason, "REJECTED")


def reject_reason(report: ExecutionReport) -> str:
    """Return why an order was rejected, or NONE."""
    if report.execution_type is not _REJECTED:
        return "NONE"
    return _REJECT_REASON.get(report.reason, "NONE")
