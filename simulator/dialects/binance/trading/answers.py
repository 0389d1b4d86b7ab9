"""An order's objects in answers: as placed, filled, canceled, amended, queried, traded."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.words import (
    NOT_YET,
    Order,
    expiry_reason,
    list_id,
    moment,
    order_type,
    time_in_force,
    working_time,
)
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import OrderStatus, Side
from fillproof.simulator.vocabulary.reports import ExecutionReport

_ZERO = "0.00000000"


def placed(market: Market, order: ExecutionReport) -> dict[str, Json]:
    """Return the ACK answer to a new order; RESULT and FULL begin with it."""
    return {
        "symbol": market.symbol,
        "orderId": order.venue_order_id,
        "orderListId": list_id(order),
        "clientOrderId": order.client_order_id,
        "transactTime": moment(order.transact_time_ns),
    }


def placed_result(desk: Desk, market: Market, order: Order) -> dict[str, Json]:
    """Return what RESULT adds to ACK, of the order as the placement left it."""
    return {
        **_amounts(desk, market, order),
        **_conditional(desk, market, order),
        "workingTime": working_time(order),
        "selfTradePreventionMode": str(order.self_trade_prevention),
    }


def placed_fill(market: Market, fill: ExecutionReport) -> dict[str, Json]:
    """Return one entry of `fills`, what FULL adds to RESULT."""
    return {
        "price": market.price(fill.last_price_ticks),
        "qty": market.quantity(fill.last_quantity_lots or 0),
        "commission": money(fill.fee_units or 0),
        "commissionAsset": fill.fee_asset,
        "tradeId": fill.trade_id,
    }


def canceled(desk: Desk, market: Market, order: ExecutionReport, cancel_id: str) -> dict[str, Json]:
    """Return the answer to a cancel; `clientOrderId` is the cancel's own id."""
    return {
        "symbol": market.symbol,
        "origClientOrderId": order.client_order_id,
        "orderId": order.venue_order_id,
        "orderListId": list_id(order),
        "clientOrderId": cancel_id,
        "transactTime": moment(order.transact_time_ns),
        **_amounts(desk, market, order),
        **_conditional(desk, market, order),
        "selfTradePreventionMode": str(order.self_trade_prevention),
    }


def amended(desk: Desk, market: Market, order: ExecutionReport) -> dict[str, Json]:
    """Return the answer to an amend; here the venue has other names, and writes cumulative."""
    return {
        "symbol": market.symbol,
        "orderId": order.venue_order_id,
        "orderListId": list_id(order),
        "origClientOrderId": order.original_client_order_id,
        "clientOrderId": order.client_order_id,
        "price": market.price(order.price_ticks),
        "qty": market.quantity(order.quantity_lots),
        "executedQty": market.quantity(order.cumulative_quantity_lots),
        "preventedQty": market.quantity(order.prevented_quantity_lots),
        "quoteOrderQty": money(order.quote_quantity_units or 0),
        "cumulativeQuoteQty": money(order.cumulative_quote_units),
        "status": desk.status(order),
        "timeInForce": time_in_force(order),
        "type": order_type(order),
        "side": str(order.side),
        **_conditional(desk, market, order),
        **({} if order.working_time_ns is None else {"workingTime": working_time(order)}),
        "selfTradePreventionMode": str(order.self_trade_prevention),
    }


def queried(desk: Desk, market: Market, order: OrderView) -> dict[str, Json]:
    """Return an order as queries show it."""
    return {
        "symbol": market.symbol,
        "orderId": order.venue_order_id,
        "orderListId": list_id(order),
        "clientOrderId": order.client_order_id,
        **_amounts(desk, market, order),
        "stopPrice": _ZERO,
        "icebergQty": _ZERO,
        **_conditional(desk, market, order),
        "time": moment(order.order_time_ns),
        "updateTime": moment(order.update_time_ns),
        "isWorking": order.is_working,
        "workingTime": working_time(order),
        "selfTradePreventionMode": str(order.self_trade_prevention),
    }


def own_trade(market: Market, fill: ExecutionReport) -> dict[str, Json]:
    """Return an entry of myTrades."""
    return {
        "symbol": market.symbol,
        "id": fill.trade_id,
        "orderId": fill.venue_order_id,
        "orderListId": list_id(fill),
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


def _amounts(desk: Desk, market: Market, order: Order) -> dict[str, Json]:
    """Return what every full answer about an order says of its amounts and kind.

    The quantity is left out while it still has to come from another order of the list.
    """
    amounts: dict[str, Json] = {"price": market.price(order.price_ticks)}
    if order.quantity_lots or order.order_status is not OrderStatus.PENDING_NEW:
        amounts["origQty"] = market.quantity(order.quantity_lots)
    return amounts | {
        "executedQty": market.quantity(order.cumulative_quantity_lots),
        "origQuoteOrderQty": money(order.quote_quantity_units or 0),
        "cummulativeQuoteQty": money(order.cumulative_quote_units),
        "status": desk.status(order),
        "timeInForce": time_in_force(order),
        "type": order_type(order),
        "side": str(order.side),
    }


def _conditional(desk: Desk, market: Market, order: Order) -> dict[str, Json]:
    """Return the fields that only some orders have."""
    fields: dict[str, Json] = {}
    trigger = order.trigger
    if trigger is not None:
        fields["stopPrice"] = market.price(trigger.price_ticks)
        if trigger.trailing_delta_bips is not None:
            began = order.trailing_time_ns
            fields["trailingDelta"] = trigger.trailing_delta_bips
            fields["trailingTime"] = NOT_YET if began is None else moment(began)
    if order.display_quantity_lots is not None:
        fields["icebergQty"] = market.quantity(order.display_quantity_lots)
    fields |= desk.memory.labels(order.venue_order_id)
    if order.prevented_quantity_lots:
        fields["preventedMatchId"] = _prevented_match(desk, order)
        fields["preventedQuantity"] = market.quantity(order.prevented_quantity_lots)
    if desk.status(order) == "EXPIRED":
        fields["expiryReason"] = expiry_reason(order.reason)
    return fields


def _prevented_match(desk: Desk, order: Order) -> int | None:
    """Return the last match of an order that was prevented; a later report does not say it."""
    if order.prevented_match_id is not None:
        return order.prevented_match_id
    view = desk.exchange.order(order.venue_order_id)
    return None if view is None else view.prevented_match_id
