"""Endpoints that place orders: from parameters to one command, from its reports to the answer."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, rules, words
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report
from fillproof.simulator.vocabulary.units import from_units

NEW_ORDER_PARAMETERS = (
    "symbol",
    "side",
    "type",
    "timeInForce",
    "quantity",
    "quoteOrderQty",
    "price",
    "newClientOrderId",
    "strategyId",
    "strategyType",
    "stopPrice",
    "trailingDelta",
    "icebergQty",
    "newOrderRespType",
    "selfTradePreventionMode",
    "recvWindow",
    "timestamp",
)

_TIMES_IN_FORCE = ("GTC", "IOC", "FOK")
_ANSWER_TYPES = ("ACK", "RESULT", "FULL")
_DEFAULT_ANSWER = {"LIMIT": "FULL", "MARKET": "FULL", "LIMIT_MAKER": "ACK"}
_MISSING_FAMILY = {
    "STOP_LOSS": errors.NO_STOP_LOSS,
    "STOP_LOSS_LIMIT": errors.NO_STOP_LOSS,
    "TAKE_PROFIT": errors.NO_TAKE_PROFIT,
    "TAKE_PROFIT_LIMIT": errors.NO_TAKE_PROFIT,
}
# What each type must have, and what it must not.
_MANDATORY = {
    "LIMIT": ("timeInForce", "quantity", "price"),
    "LIMIT_MAKER": ("quantity", "price"),
    "MARKET": (),
}
_NOT_REQUIRED = {
    "LIMIT": ("stopPrice", "trailingDelta", "quoteOrderQty"),
    "LIMIT_MAKER": ("timeInForce", "stopPrice", "trailingDelta", "quoteOrderQty"),
    "MARKET": ("timeInForce", "price", "stopPrice", "trailingDelta"),
}


def place_order(desk: Desk, call: Call) -> Outcome:
    """Place an order; a refusal of the engine raises Refusal with its reports."""
    parameters = call.parameters
    market, kind, command = _read(desk, call)
    wanted = parameters.choice("newOrderRespType", _ANSWER_TYPES, errors.INVALID_RESPONSE_TYPE)
    reports = desk.exchange.apply(command, call.now_ns)
    own = _own_reports(command, reports)
    if own[-1].execution_type is ExecutionType.REJECTED:
        raise errors.refused(own[-1].reason, reports)
    return Outcome(_answer(desk, market, own, wanted or _DEFAULT_ANSWER[kind]), reports)


def try_order(desk: Desk, call: Call) -> Outcome:
    """Check an order as if it were placed, without asking the engine."""
    _read(desk, call)
    return Outcome({})


def _read(desk: Desk, call: Call) -> tuple[Market, str, PlaceOrder]:
    """Check everything that needs no engine: parameters, then precision, then filters."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    side = parameters.required("side")
    if side not in Side.__members__:
        raise errors.INVALID_SIDE.refusal()
    kind = _kind(parameters)
    time_in_force = _time_in_force(parameters, kind)
    quantity, price = _amounts(parameters, kind)
    client_order_id = parameters.client_order_id("newClientOrderId")
    parameters.choice("selfTradePreventionMode", rules.STP_MODES, errors.STP_NOT_ALLOWED)
    _hold_to_filters(desk, market, price, quantity)
    command = PlaceOrder(
        account=call.account,
        client_order_id=client_order_id or desk.make_client_order_id(),
        symbol=market.engine_symbol,
        side=Side(side),
        order_type=OrderType.MARKET if price is None else OrderType.LIMIT,
        time_in_force=time_in_force,
        quantity_lots=market.instrument.quantity_lots(quantity),
        price_ticks=None if price is None else market.instrument.price_ticks(price),
        post_only=kind == "LIMIT_MAKER",
    )
    return market, kind, command


def _kind(parameters: Parameters) -> str:
    """Return the order type, with its parameters complete and none too many."""
    kind = parameters.required("type")
    if kind in _MISSING_FAMILY:
        raise _MISSING_FAMILY[kind].refusal()
    if kind not in rules.ORDER_TYPES:
        raise errors.INVALID_ORDER_TYPE.refusal()
    for name in _MANDATORY[kind]:
        parameters.required(name)
    for name in _NOT_REQUIRED[kind]:
        if name in parameters:
            raise errors.NOT_REQUIRED.refusal(name)
    if "icebergQty" in parameters:
        raise errors.NO_ICEBERG.refusal()
    return kind


def _time_in_force(parameters: Parameters, kind: str) -> TimeInForce:
    """Return what the engine is told; what a market order cannot fill at once never rests."""
    sent = parameters.choice("timeInForce", _TIMES_IN_FORCE, errors.INVALID_TIME_IN_FORCE)
    if kind == "MARKET":
        return TimeInForce.IOC
    return TimeInForce(sent or "GTC")


def _amounts(parameters: Parameters, kind: str) -> tuple[Decimal, Decimal | None]:
    """Return quantity and price, above zero; a market order has no price."""
    quantity = parameters.decimal("quantity")
    if quantity is None:
        if "quoteOrderQty" in parameters:
            raise errors.NO_QUOTE_QUANTITY.refusal()
        raise errors.EITHER_MANDATORY.refusal("quantity", "quoteOrderQty")
    if "quoteOrderQty" in parameters:
        raise errors.OPTIONAL_COMBINATION.refusal()
    if quantity == 0:
        raise errors.INVALID_QUANTITY.refusal()
    price = parameters.decimal("price")
    if price == 0:
        raise errors.INVALID_PRICE.refusal()
    assert (price is None) == (kind == "MARKET"), "the mandatory parameters are checked before"
    return quantity, price


def _hold_to_filters(desk: Desk, market: Market, price: Decimal | None, quantity: Decimal) -> None:
    """Refuse what breaks a filter; a market order is worth what the last trade says, if any."""
    if price is not None:
        rules.require_price(market, price)
    rules.require_quantity(market, quantity)
    if price is None:
        last_trade = desk.exchange.last_trade(market.engine_symbol)
        if last_trade is None:
            return
        price = from_units(last_trade.price_ticks, market.instrument.tick_size)
    rules.require_notional(market, price, quantity)


def _own_reports(command: PlaceOrder, reports: tuple[Report, ...]) -> list[ExecutionReport]:
    """Return the reports of the order just placed; an older one of that name may have ended too."""
    named = [
        report
        for report in reports
        if isinstance(report, ExecutionReport)
        and report.account == command.account
        and report.client_order_id == command.client_order_id
    ]
    return [report for report in named if report.venue_order_id == named[-1].venue_order_id]


def _answer(desk: Desk, market: Market, own: list[ExecutionReport], answer_type: str) -> Json:
    last = own[-1]
    answer = words.placed(market, last)
    if answer_type != "ACK":
        answer |= words.placed_result(market, last, desk.status(last))
    if answer_type == "FULL":
        answer["fills"] = [
            words.placed_fill(market, report)
            for report in own
            if report.execution_type is ExecutionType.TRADE
        ]
    return answer
