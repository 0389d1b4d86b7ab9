"""Endpoints that show an account's orders, trades, balances and filters."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors, words
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.public.exchange_info import filters
from fillproof.simulator.dialects.binance.rules import PERMISSIONS
from fillproof.simulator.dialects.binance.trading import answers, commissions
from fillproof.simulator.dialects.binance.trading.prevented_matches import trade_group_id
from fillproof.simulator.dialects.binance.trading.trading_errors import WRONG_CLIENT_ORDER_ID
from fillproof.simulator.dialects.binance.trading.window import Window
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView

_BASIS_POINTS = 10_000


def query_order(desk: Desk, call: Call) -> Outcome:
    """Show one order; raises Refusal (-2013)."""
    market = desk.markets.get(call.parameters.required_symbol())
    parameters = call.parameters
    number, name = parameters.integer("orderId"), parameters.text("origClientOrderId")
    if number is None and name is None:
        raise errors.EITHER_MANDATORY.refusal("origClientOrderId", "orderId")
    order = _named(desk, call, market, number, name)
    if order is None:
        raise errors.NO_SUCH_ORDER.refusal()
    if number is not None and name not in (None, order.client_order_id):
        raise WRONG_CLIENT_ORDER_ID.refusal()
    return Outcome(_shown(desk, order))


def _named(
    desk: Desk, call: Call, market: Market, number: int | None, name: str | None
) -> OrderView | None:
    """Return the account's order of that number, or else of that name."""
    if number is None:
        return desk.exchange.find(call.account, name or "", market.engine_symbol)
    order = desk.exchange.order(number)
    if order is None or (order.account, order.symbol) != (call.account, market.engine_symbol):
        return None
    return order


def open_orders(desk: Desk, call: Call) -> Outcome:
    """Show the open orders of one market or all; what was told canceled is open no more."""
    symbol = call.parameters.symbol()
    engine_symbol = None if symbol is None else desk.markets.get(symbol).engine_symbol
    orders = desk.exchange.orders(call.account, engine_symbol, open_only=True)
    return Outcome(
        [
            _shown(desk, order)
            for order in orders
            if not desk.memory.was_announced(order.venue_order_id)
        ]
    )


def all_orders(desk: Desk, call: Call) -> Outcome:
    """Show all orders of a market, oldest first: from an id on, of a time, or the latest."""
    market = desk.markets.get(call.parameters.required_symbol())
    orders = desk.exchange.orders(call.account, market.engine_symbol)
    chosen = Window.of(call.parameters, "orderId").choose(
        [(order.venue_order_id, order.order_time_ns, order) for order in orders]
    )
    return Outcome([_shown(desk, order) for order in chosen])


def my_trades(desk: Desk, call: Call) -> Outcome:
    """Show the account's trades of a market, oldest first, or those of one order."""
    market = desk.markets.get(call.parameters.required_symbol())
    order_id = call.parameters.integer("orderId")
    fills = [
        (fill.trade_id or 0, fill.transact_time_ns, fill)
        for fill in desk.exchange.fills(call.account, market.engine_symbol)
        if order_id in (None, fill.venue_order_id)
    ]
    chosen = Window.of(call.parameters, "fromId").choose(fills)
    return Outcome([answers.own_trade(market, fill) for fill in chosen])


def account(desk: Desk, call: Call) -> Outcome:
    """Show balances and rates; assets without a balance too, unless told otherwise."""
    held = desk.exchange.balances(call.account)
    assets = dict.fromkeys((*desk.markets.assets(), *held))
    omit_zero = call.parameters.flag("omitZeroBalances")
    balances = [
        {"asset": asset, "free": money(free), "locked": money(locked)}
        for asset in assets
        for free, locked in [held.get(asset, (0, 0))]
        if not omit_zero or free or locked
    ]
    fees = desk.exchange.fees
    group_id = trade_group_id(desk, call.account)
    return Outcome(
        {
            "makerCommission": int(fees.maker * _BASIS_POINTS),
            "takerCommission": int(fees.taker * _BASIS_POINTS),
            "buyerCommission": int(fees.buyer * _BASIS_POINTS),
            "sellerCommission": int(fees.seller * _BASIS_POINTS),
            "commissionRates": commissions.shown(fees),
            "canTrade": True,
            "canWithdraw": True,
            "canDeposit": True,
            "brokered": False,
            "requireSelfTradePrevention": False,
            "preventSor": False,
            **({} if group_id < 0 else {"tradeGroupId": group_id}),
            "updateTime": words.moment(call.now_ns),
            "accountType": "SPOT",
            "balances": balances,
            "permissions": list(PERMISSIONS),
            "uid": 1,
        }
    )


def my_filters(desk: Desk, call: Call) -> Outcome:
    """Show the filters that bind the account in a market."""
    market = desk.markets.get(call.parameters.required_symbol())
    return Outcome({"exchangeFilters": [], "symbolFilters": filters(market), "assetFilters": []})


def _shown(desk: Desk, order: OrderView) -> Json:
    return answers.queried(desk, desk.markets.traded(order.symbol), order)
