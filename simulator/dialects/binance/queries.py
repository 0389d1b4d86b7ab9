"""Endpoints that show an account's orders, trades, balances and commission rates."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, words
from fillproof.simulator.dialects.binance.cancels import named_order
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.rules import PERMISSIONS
from fillproof.simulator.dialects.binance.window import Window
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView

_BASIS_POINTS = 10_000


def query_order(desk: Desk, call: Call) -> Outcome:
    """Show one order; raises Refusal (-2013)."""
    market = desk.markets.get(call.parameters.required_symbol())
    order = named_order(desk, call, market)
    if order is None:
        raise errors.NO_SUCH_ORDER.refusal()
    return Outcome(_shown(desk, order))


def open_orders(desk: Desk, call: Call) -> Outcome:
    """Show the open orders of one market or all; what was told canceled is open no more."""
    symbol = call.parameters.symbol()
    engine_symbol = None if symbol is None else desk.markets.get(symbol).engine_symbol
    orders = desk.exchange.orders(call.account, engine_symbol, open_only=True)
    return Outcome(
        [_shown(desk, order) for order in orders if not desk.was_announced(order.venue_order_id)]
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
    return Outcome([words.own_trade(market, fill) for fill in chosen])


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
    maker, taker = desk.exchange.fees.maker, desk.exchange.fees.taker
    return Outcome(
        {
            "makerCommission": int(maker * _BASIS_POINTS),
            "takerCommission": int(taker * _BASIS_POINTS),
            "buyerCommission": 0,
            "sellerCommission": 0,
            "commissionRates": _rates(maker, taker),
            "canTrade": True,
            "canWithdraw": True,
            "canDeposit": True,
            "brokered": False,
            "requireSelfTradePrevention": False,
            "preventSor": False,
            "updateTime": words.moment(call.now_ns),
            "accountType": "SPOT",
            "balances": balances,
            "permissions": list(PERMISSIONS),
            "uid": 1,
        }
    )


def account_commission(desk: Desk, call: Call) -> Outcome:
    """Show the rates of a market."""
    market = desk.markets.get(call.parameters.required_symbol())
    none = _rates(Decimal(0), Decimal(0))
    return Outcome(
        {
            "symbol": market.symbol,
            "standardCommission": _rates(desk.exchange.fees.maker, desk.exchange.fees.taker),
            "specialCommission": none,
            "taxCommission": none,
            "discount": {
                "enabledForAccount": False,
                "enabledForSymbol": False,
                "discountAsset": "BNB",
                "discount": "0.00000000",
            },
        }
    )


def trade_fee(desk: Desk, call: Call) -> Outcome:
    """Show the rates of one market or all, as the wallet's endpoint does."""
    symbol = call.parameters.symbol()
    markets: list[Market] = [desk.markets.get(symbol)] if symbol else list(desk.markets)
    return Outcome(
        [
            {
                "symbol": market.symbol,
                "makerCommission": f"{desk.exchange.fees.maker:f}",
                "takerCommission": f"{desk.exchange.fees.taker:f}",
            }
            for market in markets
        ]
    )


def _shown(desk: Desk, order: OrderView) -> Json:
    return words.queried(desk.markets.traded(order.symbol), order, desk.status(order))


def _rates(maker: Decimal, taker: Decimal) -> dict[str, str]:
    return {
        "maker": f"{maker:.8f}",
        "taker": f"{taker:.8f}",
        "buyer": "0.00000000",
        "seller": "0.00000000",
    }
