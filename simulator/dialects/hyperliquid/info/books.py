"""The public's view of a market: its book, its best prices, its candles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.info.orders import trade_hash
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import TradePrinted

LEVELS = 20
"""Levels that a book shows of each side."""

INTERVALS_MS = {
    "1m": 60_000,
    "3m": 180_000,
    "5m": 300_000,
    "15m": 900_000,
    "30m": 1_800_000,
    "1h": 3_600_000,
    "2h": 7_200_000,
    "4h": 14_400_000,
    "8h": 28_800_000,
    "12h": 43_200_000,
    "1d": 86_400_000,
    "3d": 259_200_000,
    "1w": 604_800_000,
    "1M": 2_592_000_000,
}
"""How long a candle is; a month counts thirty days."""


def book(desk: Desk, market: Market, now_ns: int) -> dict[str, Json]:
    """Return a book: bids and asks, best first, with the number of orders at each price."""
    sides = desk.exchange.depth(market.engine_symbol, LEVELS)
    return {
        "coin": market.coin,
        "time": milliseconds(now_ns),
        "levels": [[_level(market, *level) for level in side] for side in sides],
    }


def best(desk: Desk, market: Market, now_ns: int) -> dict[str, Json]:
    """Return the best bid and the best ask."""
    sides = desk.exchange.depth(market.engine_symbol, 1)
    found = [_level(market, *side[0]) if side else None for side in sides]
    return {"coin": market.coin, "time": milliseconds(now_ns), "bbo": found}


def trade(market: Market, printed: TradePrinted) -> dict[str, Json]:
    """Return a trade as the public sees it; its side is the taker's."""
    return {
        "coin": market.coin,
        "side": "A" if printed.buyer_is_maker else "B",
        "px": market.price(printed.price_ticks),
        "sz": market.size(printed.quantity_lots),
        "hash": trade_hash(printed.trade_id),
        "time": milliseconds(printed.transact_time_ns),
        "tid": printed.trade_id,
    }


def candles(
    market: Market, trades: Iterable[TradePrinted], interval: str, start_ms: int, end_ms: int
) -> list[Json]:
    """Return the candles of trades that begin in a span, oldest first; empty spans have none."""
    length = INTERVALS_MS[interval]
    spans: dict[int, list[TradePrinted]] = {}
    for printed in trades:
        time = milliseconds(printed.transact_time_ns)
        begin = time - time % length
        if start_ms <= time and begin <= end_ms:
            spans.setdefault(begin, []).append(printed)
    return [candle(market, interval, begin, found) for begin, found in spans.items()]


def candle(
    market: Market, interval: str, begin: int, trades: Sequence[TradePrinted]
) -> dict[str, Json]:
    """Return the candle of a span that begins then; there is at least one trade."""
    prices = [printed.price_ticks for printed in trades]
    return {
        "t": begin,
        "T": begin + INTERVALS_MS[interval] - 1,
        "s": market.coin,
        "i": interval,
        "o": market.price(prices[0]),
        "c": market.price(prices[-1]),
        "h": market.price(max(prices)),
        "l": market.price(min(prices)),
        "v": market.size(sum(printed.quantity_lots for printed in trades)),
        "n": len(trades),
    }


def _level(market: Market, price_ticks: int, lots: int) -> dict[str, Json]:
    return {"px": market.price(price_ticks), "sz": market.size(lots), "n": 1}
