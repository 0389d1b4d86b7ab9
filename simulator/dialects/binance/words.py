"""The venue's words for an order: sides, types, states, reasons, and its objects in answers."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.moments import Moment
from fillproof.simulator.dialects.binance.rules import STP_MODES
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import OrderStatus, OrderType, Reason, Side
from fillproof.simulator.vocabulary.reports import ExecutionReport

NO_LIST = -1
"""orderListId of an order that is in no list."""

STATUS: dict[OrderStatus, str] = {
    OrderStatus.NEW: "NEW",
    OrderStatus.PARTIALLY_FILLED: "PARTIALLY_FILLED",
    OrderStatus.FILLED: "FILLED",
    OrderStatus.CANCELED: "CANCELED",
    OrderStatus.EXPIRED: "EXPIRED",
    OrderStatus.REJECTED: "REJECTED",
    OrderStatus.PENDING_CANCEL: "PENDING_CANCEL",
}

EXPIRY_REASON: dict[Reason, str] = {
    Reason.IOC_REST: "UNFILLED_IOC_QUANTITY_EXPIRED",
    Reason.FOK_NOT_FILLABLE: "UNFILLED_FOK_ORDER_EXPIRED",
    Reason.NO_LIQUIDITY: "INSUFFICIENT_LIQUIDITY",
}
"""Any other expiry is EXCHANGE_CANCELED."""

REJECT_REASON: dict[Reason, str] = {
    Reason.INSUFFICIENT_BALANCE: "INSUFFICIENT_BALANCES",
    Reason.WOULD_MATCH_IMMEDIATELY: "WOULD_MATCH_IMMEDIATELY",
}
"""Any other is NONE."""


moment = Moment
"""A time for an answer or event, from nanoseconds: the encoder writes it in the client's unit."""


def order_type(order: OrderView | ExecutionReport) -> str:
    """Return the type; a post-only order has one of its own."""
    return "LIMIT_MAKER" if order.post_only else str(order.order_type)


def time_in_force(order: OrderView | ExecutionReport) -> str:
    """Return the time in force; for a market order it means nothing and is written GTC."""
    return "GTC" if order.order_type is OrderType.MARKET else str(order.time_in_force)


def expiry_reason(reason: Reason) -> str:
    """Return why an order expired."""
    return EXPIRY_REASON.get(reason, "EXCHANGE_CANCELED")


def amounts(market: Market, order: OrderView | ExecutionReport, status: str) -> dict[str, Json]:
    """Return what every full answer about an order says of its amounts and kind."""
    return {
        "price": market.price(order.price_ticks),
        "origQty": market.quantity(order.quantity_lots),
        "executedQty": market.quantity(order.cumulative_quantity_lots),
        "origQuoteOrderQty": "0.00000000",
        "cummulativeQuoteQty": money(order.cumulative_quote_units),
        "status": status,
        "timeInForce": time_in_force(order),
        "type": order_type(order),
        "side": str(order.side),
    }


def placed(market: Market, order: ExecutionReport) -> dict[str, Json]:
    """Return the ACK answer to a new order; RESULT and FULL begin with it."""
    return {
        "symbol": market.symbol,
        "orderId": order.venue_order_id,
        "orderListId": NO_LIST,
        "clientOrderId": order.client_order_id,
        "transactTime": moment(order.transact_time_ns),
    }


def placed_result(market: Market, order: ExecutionReport, status: str) -> dict[str, Json]:
    """Return what RESULT adds to ACK, from the last report of the placement."""
    result = {
        **amounts(market, order, status),
        "workingTime": moment(order.order_time_ns),
        "selfTradePreventionMode": STP_MODES[0],
    }
    if order.order_status is OrderStatus.EXPIRED:
        result["expiryReason"] = expiry_reason(order.reason)
    return result


def placed_fill(market: Market, fill: ExecutionReport) -> dict[str, Json]:
    """Return one entry of `fills`, what FULL adds to RESULT."""
    return {
        "price": market.price(fill.last_price_ticks),
        "qty": market.quantity(fill.last_quantity_lots or 0),
        "commission": money(fill.fee_units or 0),
        "commissionAsset": fill.fee_asset,
        "tradeId": fill.trade_id,
    }


def canceled(
    market: Market, order: ExecutionReport, status: str, cancel_id: str
) -> dict[str, Json]:
    """Return the answer to a cancel; `clientOrderId` is the cancel's own id."""
    return {
        "symbol": market.symbol,
        "origClientOrderId": order.client_order_id,
        "orderId": order.venue_order_id,
        "orderListId": NO_LIST,
        "clientOrderId": cancel_id,
        "transactTime": moment(order.transact_time_ns),
        **amounts(market, order, status),
        "selfTradePreventionMode": STP_MODES[0],
    }


def queried(market: Market, order: OrderView, status: str) -> dict[str, Json]:
    """Return an order as queries show it."""
    shown = {
        "symbol": market.symbol,
        "orderId": order.venue_order_id,
        "orderListId": NO_LIST,
        "clientOrderId": order.client_order_id,
        **amounts(market, order, status),
        "stopPrice": "0.00000000",
        "icebergQty": "0.00000000",
        "time": moment(order.order_time_ns),
        "updateTime": moment(order.update_time_ns),
        "isWorking": True,
        "workingTime": moment(order.order_time_ns),
        "selfTradePreventionMode": STP_MODES[0],
    }
    if order.order_status is OrderStatus.EXPIRED:
        shown["expiryReason"] = expiry_reason(order.reason)
    return shown


def own_trade(market: Market, fill: ExecutionReport) -> dict[str, Json]:
    """Return an entry of myTrades."""
    return {
        "symbol": market.symbol,
        "id": fill.trade_id,
        "orderId": fill.venue_order_id,
        "orderListId": NO_LIST,
        "price": market.price(fill.last_price_ticks),
        "qty": market.quantity(fill.last_quantity_lots or 0),
        "quoteQty": money(fill.last_quote_units or 0),
        "commission": money(fill.fee_units or 0),
        "commissionAsset": fill.fee_asset,
        "time": moment(fill.transact_time_ns),
        "isBuyer": fill.side is Side.BUY,
        "isMaker": fill.is_maker,
        "isBestMatch": True,
    }
