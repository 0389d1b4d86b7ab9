"""Orders of an action: read, checked as far as no engine is needed, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from fillproof.simulator.dialects.hyperliquid import errors, words
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import flag, text
from fillproof.simulator.dialects.hyperliquid.errors import Malformed, OrderError
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import NotAnAmount, average, read_units
from fillproof.simulator.dialects.hyperliquid.trading.refusals import (
    MINIMUM_VALUE,
    minimum_value,
    text_of,
    would_match,
)
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Step
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, asset_units, exact

_CLOID = re.compile(r"0x[0-9a-fA-F]{32}")
_TIMES = {
    "Gtc": TimeInForce.GTC,
    "Alo": TimeInForce.GTC,
    "Ioc": TimeInForce.IOC,
    "FrontendMarket": TimeInForce.IOC,
}
_POST_ONLY = "Alo"
_TRIGGERS = {"sl": TriggerKind.STOP_LOSS, "tp": TriggerKind.TAKE_PROFIT}
_FIRST_REPORTS = (ExecutionType.NEW, ExecutionType.REJECTED)
_LEAST_VALUE_UNITS = asset_units(exact(MINIMUM_VALUE))


def place(desk: Desk, account: str, order: Mapping[str, Json]) -> Step:
    """Read one order; raises OrderError for what breaks a rule, Malformed for what is none."""
    market, command = read_order(desk, account, order)
    return Step(command, partial(placed, desk, market, command))


def read_order(desk: Desk, account: str, order: Mapping[str, Json]) -> tuple[Market, PlaceOrder]:
    """Return the market of an order and the order as the engine takes it."""
    asset = order.get("a")
    if type(asset) is not int:
        raise Malformed(errors.UNREADABLE)
    terms = _terms(order.get("t"))
    price_text, size_text = text(order, "p"), text(order, "s")
    side = Side.BUY if flag(order, "b") else Side.SELL
    reduce_only, name = flag(order, "r"), read_cloid(order.get("c"))
    market = desk.markets.of_asset(asset)
    if market is None:
        raise OrderError(errors.UNKNOWN_ASSET % asset)
    price_units, lots = _price(market, price_text), _lots(market, size_text)
    trigger = _trigger(market, terms)
    if (
        not reduce_only
        and price_units * lots * market.lot_units < _LEAST_VALUE_UNITS * UNITS_PER_ASSET
    ):
        raise OrderError(minimum_value(market))
    time_in_force, post_only = _time_in_force(terms)
    command = PlaceOrder(
        account=account,
        client_order_id=name or desk.name_order(),
        symbol=market.engine_symbol,
        side=side,
        order_type=OrderType.LIMIT,
        time_in_force=time_in_force,
        quantity_lots=lots,
        price_ticks=price_units // market.tick_units,
        post_only=post_only,
        self_trade_prevention=SelfTradePrevention.EXPIRE_MAKER,
        trigger=trigger,
        reduce_only=reduce_only and market.is_perpetual,
    )
    return market, command


def read_cloid(value: Json) -> str | None:
    """Return a client's id in lower case, None for none; raises Malformed."""
    if value is None:
        return None
    if not isinstance(value, str) or _CLOID.fullmatch(value) is None:
        raise Malformed(errors.UNREADABLE)
    return value.lower()


def placed(desk: Desk, market: Market, command: PlaceOrder, reports: Sequence[Report]) -> Json:
    """Return what the answer says of a new order."""
    own = _own(command, reports)
    if not own or own[-1].venue_order_id == 0:
        reason = own[-1].reason if own else Reason.NONE
        if reason is Reason.WOULD_MATCH_IMMEDIATELY:
            return {"error": would_match(desk.exchange, market)}
        return {"error": text_of(reason, market)}
    last = own[-1]
    names: dict[str, Json] = {"oid": last.venue_order_id}
    if words.cloid(last) is not None:
        names["cloid"] = words.cloid(last)
    if not last.order_status.is_terminal:
        waits = last.order_status is OrderStatus.PENDING_NEW
        return "waitingForFill" if waits else {"resting": names}
    if last.cumulative_quantity_lots:
        return {"filled": {**_traded(market, last), **names}}
    unmatched = errors.IOC_UNMATCHED % market.asset
    return {"error": unmatched if words.is_unmatched(last) else text_of(last.reason, market)}


def _own(command: PlaceOrder, reports: Sequence[Report]) -> list[ExecutionReport]:
    """Return the reports of the order that a command has made, from its first."""
    own: list[ExecutionReport] = []
    for report in reports:
        if not isinstance(report, ExecutionReport) or report.account != command.account:
            continue
        is_first = report.execution_type in _FIRST_REPORTS
        if is_first and report.client_order_id == command.client_order_id:
            own = [report]
        elif own and report.venue_order_id == own[0].venue_order_id:
            own.append(report)
    return own


def _traded(market: Market, report: ExecutionReport) -> dict[str, Json]:
    lots = report.cumulative_quantity_lots
    return {
        "totalSz": market.size(lots),
        "avgPx": average(report.cumulative_quote_units, lots * market.lot_units),
    }


def _terms(value: Json) -> Mapping[str, Json]:
    """Return the kind of an order: {"limit": {"tif"}} or {"trigger": {...}}, and nothing else."""
    if not isinstance(value, dict) or len(value) != 1:
        raise Malformed(errors.UNREADABLE)
    (kind, terms), *_ = value.items()
    if not isinstance(terms, dict):
        raise Malformed(errors.UNREADABLE)
    if kind == "limit" and text(terms, "tif") in _TIMES:
        return value
    if kind == "trigger" and text(terms, "tpsl") in _TRIGGERS:
        flag(terms, "isMarket")
        text(terms, "triggerPx")
        return value
    raise Malformed(errors.UNREADABLE)


def _time_in_force(terms: Mapping[str, Json]) -> tuple[TimeInForce, bool]:
    """Return the time in force and whether the order is to rest first.

    A market order that a price sets off takes what its limit reaches, and nothing of it rests.
    """
    if "limit" in terms:
        word = terms["limit"]["tif"]
        return _TIMES[word], word == _POST_ONLY
    return TimeInForce.IOC if terms["trigger"]["isMarket"] else TimeInForce.GTC, False


def _trigger(market: Market, terms: Mapping[str, Json]) -> Trigger | None:
    if "trigger" not in terms:
        return None
    try:
        units = read_units(terms["trigger"]["triggerPx"])
    except NotAnAmount:
        raise Malformed(errors.UNREADABLE) from None
    if units == 0 or units % market.tick_units or not market.keeps_price_rule(units):
        raise OrderError(errors.BAD_TRIGGER % market.asset)
    return Trigger(_TRIGGERS[terms["trigger"]["tpsl"]], units // market.tick_units)


def _price(market: Market, sent: str) -> int:
    """Return a price in units of 1e-8; raises OrderError when it is between two steps."""
    try:
        units = read_units(sent)
    except NotAnAmount:
        raise OrderError(errors.BAD_PRICE) from None
    if units == 0 or not market.keeps_price_rule(units):
        raise OrderError(errors.BAD_PRICE)
    if units % market.tick_units:
        raise OrderError(errors.OFF_TICK % market.asset)
    return units


def _lots(market: Market, sent: str) -> int:
    """Return a size in lots; raises OrderError for zero, and between two steps."""
    try:
        units = read_units(sent)
    except NotAnAmount:
        raise OrderError(errors.BAD_SIZE) from None
    if units == 0:
        raise OrderError(errors.ZERO_SIZE)
    if units % market.lot_units:
        raise OrderError(errors.BAD_SIZE)
    return units // market.lot_units
