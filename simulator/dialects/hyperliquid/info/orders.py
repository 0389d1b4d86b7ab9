"""Orders and fills as queries and streams show them."""

from __future__ import annotations

from fillproof.simulator.dialects.hyperliquid import words
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds, written
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import Side, TriggerKind
from fillproof.simulator.vocabulary.reports import ExecutionReport

_NO_TRIGGER = "N/A"
_NO_POSITION = "0.0"


def basic(market: Market, order: words.Order) -> dict[str, Json]:
    """Return an order as openOrders and orderUpdates show it: `sz` is what is not filled."""
    unfilled = order.quantity_lots - order.cumulative_quantity_lots
    shown: dict[str, Json] = {
        "coin": market.coin,
        "side": words.side(order.side),
        "limitPx": market.price(order.price_ticks or 0),
        "sz": market.size(unfilled),
        "oid": order.venue_order_id,
        "timestamp": milliseconds(order.order_time_ns),
        "origSz": market.size(order.quantity_lots),
    }
    name = words.cloid(order)
    return shown if name is None else {**shown, "cloid": name}


def full(market: Market, order: words.Order) -> dict[str, Json]:
    """Return an order as frontendOpenOrders, orderStatus and historicalOrders show it."""
    trigger = order.trigger
    price = None if trigger is None else trigger.price_ticks
    return {
        **basic(market, order),
        "triggerCondition": _NO_TRIGGER if price is None else _condition(market, order, price),
        "isTrigger": trigger is not None,
        "triggerPx": market.price(price or 0),
        "children": [],
        "isPositionTpsl": False,
        "reduceOnly": order.reduce_only,
        "orderType": words.order_type(order),
        "tif": None if trigger is not None else words.time_in_force(order),
        "cloid": words.cloid(order),
    }


def with_status(market: Market, order: words.Order) -> dict[str, Json]:
    """Return an order with its state, and since when it is in it."""
    return {
        "order": full(market, order),
        "status": words.status(order),
        "statusTimestamp": milliseconds(_since_ns(order)),
    }


def _since_ns(order: words.Order) -> int:
    """Return since when an order is what it is."""
    return order.update_time_ns if isinstance(order, OrderView) else order.transact_time_ns


def fill(market: Market, report: ExecutionReport) -> dict[str, Json]:
    """Return a fill as userFills shows it."""
    trade_id = report.trade_id or 0
    closed = report.realized_units or 0
    shown: dict[str, Json] = {
        "coin": market.coin,
        "px": market.price(report.last_price_ticks or 0),
        "sz": market.size(report.last_quantity_lots or 0),
        "side": words.side(report.side),
        "time": milliseconds(report.transact_time_ns),
        "startPosition": _start(market, report),
        "dir": _direction(market, report),
        "closedPnl": written(closed),
        "hash": trade_hash(trade_id),
        "oid": report.venue_order_id,
        "crossed": report.is_maker is False,
        "fee": written(report.fee_units or 0),
        "tid": trade_id,
        "feeToken": report.fee_asset,
        "twapId": None,
    }
    name = words.cloid(report)
    return shown if name is None else {**shown, "cloid": name}


def trade_hash(trade_id: int) -> str:
    """Return the hash of a trade's transaction."""
    return f"0x{trade_id:064x}"


def _condition(market: Market, order: words.Order, price_ticks: int) -> str:
    assert order.trigger is not None, "an order without a trigger waits for nothing"
    rises = (order.side is Side.BUY) is (order.trigger.kind is TriggerKind.STOP_LOSS)
    return f"Price {'above' if rises else 'below'} {market.price(price_ticks).removesuffix('.0')}"


def _start(market: Market, report: ExecutionReport) -> str:
    if report.start_position_lots is None:
        return _NO_POSITION
    return written(report.start_position_lots * market.lot_units)


def _direction(market: Market, report: ExecutionReport) -> str:
    """Return what the fill did to the position: opened, closed or turned it round."""
    buys = report.side is Side.BUY
    if not market.is_perpetual:
        return "Buy" if buys else "Sell"
    start, lots = report.start_position_lots or 0, report.last_quantity_lots or 0
    own, other = ("Long", "Short") if buys else ("Short", "Long")
    against = -start if buys else start
    if against <= 0:
        return f"Open {own}"
    return f"Close {other}" if lots <= against else f"{other} > {own}"
