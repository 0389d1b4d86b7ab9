"""Reports that are the chain's own: of orders in the mempool, and of what was taken back."""

from __future__ import annotations

from msgspec.structs import replace

from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import ExecutionReport

_LIVE = (OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED)


def not_at_work(
    terms: PlaceOrder,
    venue_order_id: int,
    execution_id: int,
    execution_type: ExecutionType,
    now_ns: int,
    reason: Reason = Reason.NONE,
) -> ExecutionReport:
    """Return a report of an order that no block has: the mempool has it, or nobody has."""
    is_over = execution_type is ExecutionType.REJECTED
    return ExecutionReport(
        execution_id=execution_id,
        execution_type=execution_type,
        order_status=OrderStatus.REJECTED if is_over else OrderStatus.NEW,
        terms=terms,
        venue_order_id=venue_order_id,
        cumulative_quantity_lots=0,
        leaves_quantity_lots=0 if is_over else terms.quantity_lots,
        cumulative_quote_units=0,
        transact_time_ns=now_ns,
        order_time_ns=now_ns,
        reason=reason,
        is_working=False,
    )


def view_not_at_work(terms: PlaceOrder, venue_order_id: int, since_ns: int) -> OrderView:
    """Return the view of an order that the mempool has."""
    return OrderView(
        account=terms.account,
        client_order_id=terms.client_order_id,
        venue_order_id=venue_order_id,
        symbol=terms.symbol,
        side=terms.side,
        order_type=terms.order_type,
        time_in_force=terms.time_in_force,
        post_only=terms.post_only,
        quantity_lots=terms.quantity_lots,
        price_ticks=terms.price_ticks,
        expire_at_ns=terms.expire_at_ns,
        cumulative_quantity_lots=0,
        leaves_quantity_lots=terms.quantity_lots,
        cumulative_quote_units=0,
        order_status=OrderStatus.NEW,
        reason=Reason.NONE,
        order_time_ns=since_ns,
        update_time_ns=since_ns,
        self_trade_prevention=terms.self_trade_prevention,
        display_quantity_lots=terms.display_quantity_lots,
        trigger=terms.trigger,
        is_working=False,
    )


def canceling_report(report: ExecutionReport) -> ExecutionReport:
    """Return a report of an order whose cancel waits: that stays visible over all but its end."""
    if report.order_status not in _LIVE:
        return report
    return replace(report, order_status=OrderStatus.PENDING_CANCEL)


def canceling_view(view: OrderView) -> OrderView:
    """Return the view of an order whose cancel waits."""
    if view.order_status not in _LIVE:
        return view
    return replace(view, order_status=OrderStatus.PENDING_CANCEL, reason=Reason.BY_CLIENT)
