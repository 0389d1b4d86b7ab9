"""What subscriptions to markets are told: books, trades, candles and contexts."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.info import books, reference
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import Subscription
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import LevelChanged, Report, TradePrinted

_RECENT = 10


def changed_markets(reports: Sequence[Report]) -> frozenset[str]:
    """Return the engine's names of the markets whose book or last trade reports have changed."""
    return frozenset(one.symbol for one in reports if isinstance(one, LevelChanged | TradePrinted))


def shows(subscription: Subscription, changed: frozenset[str]) -> bool:
    """Return whether a subscription shows one of the markets that have changed."""
    market = subscription.market
    return bool(changed) if market is None else market.engine_symbol in changed


def snapshot(desk: Desk, subscription: Subscription, now_ns: int) -> Json:
    """Return what a subscription shows now, None for nothing."""
    market = subscription.market
    if market is None:
        return {"mids": reference.mids(desk)}
    if subscription.type == "l2Book":
        return books.book(desk, market, now_ns)
    if subscription.type == "bbo":
        return books.best(desk, market, now_ns)
    if subscription.type == "activeAssetCtx":
        return {"coin": market.coin, "ctx": _context(desk, market, now_ns)}
    if subscription.type == "trades":
        latest = list(desk.tape.of(market).trades)[-_RECENT:]
        return [books.trade(market, trade) for trade in latest] or None
    return _candle(desk, market, subscription.interval, now_ns)


def event(desk: Desk, subscription: Subscription, reports: Sequence[Report], now_ns: int) -> Json:
    """Return what reports mean to a subscription that is not paced, None for nothing."""
    market = subscription.market
    assert market is not None, "what is not paced is of one market"
    trades = [
        one
        for one in reports
        if isinstance(one, TradePrinted) and one.symbol == market.engine_symbol
    ]
    if subscription.type == "trades":
        return [books.trade(market, trade) for trade in trades] or None
    if subscription.type == "candle":
        return _candle(desk, market, subscription.interval, now_ns) if trades else None
    levels = (one.symbol for one in reports if isinstance(one, LevelChanged))
    return books.best(desk, market, now_ns) if market.engine_symbol in levels else None


def _context(desk: Desk, market: Market, now_ns: int) -> Json:
    if market.is_perpetual:
        return reference.perpetual_context(desk, market, now_ns)
    return reference.spot_context(desk, market, now_ns)


def _candle(desk: Desk, market: Market, interval: str, now_ns: int) -> Json:
    """Return the candle of now, None when nothing was traded in it."""
    now = milliseconds(now_ns)
    begin = now - now % books.INTERVALS_MS[interval]
    found = books.candles(market, desk.tape.of(market).trades, interval, begin, now)
    return found[-1] if found else None
