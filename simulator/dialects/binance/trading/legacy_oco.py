"""The older way to place an OCO: a limit order and a stop, whose types and places go unsaid."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.trading.new_orders import read_order
from fillproof.simulator.dialects.binance.trading.order_lists import COMMON, place_members
from fillproof.simulator.dialects.binance.trading.order_types import KINDS, Names
from fillproof.simulator.vocabulary.orders import ContingencyType, Side

_LIMIT: Names = {
    "side": "side",
    "quantity": "quantity",
    "price": "price",
    "clientOrderId": "limitClientOrderId",
    "strategyId": "limitStrategyId",
    "strategyType": "limitStrategyType",
    "icebergQty": "limitIcebergQty",
}
_STOP: Names = {
    "side": "side",
    "quantity": "quantity",
    "price": "stopLimitPrice",
    "timeInForce": "stopLimitTimeInForce",
    "stopPrice": "stopPrice",
    "trailingDelta": "trailingDelta",
    "clientOrderId": "stopClientOrderId",
    "strategyId": "stopStrategyId",
    "strategyType": "stopStrategyType",
    "icebergQty": "stopIcebergQty",
}

LEGACY_PARAMETERS = tuple(dict.fromkeys((*COMMON, *_LIMIT.values(), *_STOP.values())))


def place_oco(desk: Desk, call: Call) -> Outcome:
    """Place an OCO; a limit order sells above the market and buys below it."""
    market = desk.markets.get(call.parameters.required_symbol())
    stop_kind = "STOP_LOSS_LIMIT" if _STOP["price"] in call.parameters else "STOP_LOSS"
    limit = read_order(desk, call, market, _LIMIT, KINDS["LIMIT_MAKER"])
    stop = read_order(desk, call, market, _STOP, KINDS[stop_kind])
    members = (limit, stop) if limit.command.side is Side.SELL else (stop, limit)
    return place_members(desk, call, market, ContingencyType.OCO, members)
