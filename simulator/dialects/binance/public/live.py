"""Events of the market streams that speak at once: trades, and the changes of a book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public.books import best_prices
from fillproof.simulator.dialects.binance.public.tape import Aggregate, Change
from fillproof.simulator.dialects.binance.public.trades import aggregate_fields
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import Side
from fillproof.simulator.vocabulary.reports import LevelChanged, TradePrinted

Event = tuple[str, Json]
"""The name of a stream, and what it says."""

DIFF_STREAMS = ("depth", "depth@100ms")
"""Changes of a book. Both speak at once, unless a quirk makes them wait as their names say."""


def live_events(
    desk: Desk, change: Change, now_ns: int, wanted: Callable[[str], bool]
) -> Iterator[Event]:
    """Yield what a batch is told as, by the streams that are wanted: trades, then the book."""
    market = desk.markets.traded(change.symbol)
    prefix = f"{market.symbol.lower()}@"
    if change.trades and wanted(prefix + "trade"):
        for trade in change.trades:
            yield prefix + "trade", _trade(market, trade, now_ns)
    if change.aggregates and wanted(prefix + "aggTrade"):
        for aggregate in change.aggregates:
            yield prefix + "aggTrade", _aggregate(market, aggregate, now_ns)
    if not change.levels:
        return
    diffs = [prefix + name for name in DIFF_STREAMS if wanted(prefix + name)]
    if diffs and not desk.quirks.depth_interval:
        update_id = desk.tape.of(change.symbol).update_id
        event = diff(market, change.levels, (change.first_update_id, update_id), now_ns)
        for name in diffs:
            yield name, event
    if wanted(prefix + "bookTicker") and _reach_the_best(desk, change):
        yield prefix + "bookTicker", _book_ticker(desk, market)


def diff(
    market: Market, levels: Sequence[LevelChanged], update_ids: tuple[int, int], now_ns: int
) -> Json:
    """Write the changed levels, each once and as it is now; their first and last update."""
    first, last = update_ids
    return {
        "e": "depthUpdate",
        "E": moment(now_ns),
        "s": market.symbol,
        "U": first,
        "u": last,
        "b": _changed(market, levels, Side.BUY),
        "a": _changed(market, levels, Side.SELL),
    }


def _changed(market: Market, levels: Sequence[LevelChanged], side: Side) -> list[list[str]]:
    latest = {level.price_ticks: level.quantity_lots for level in levels if level.side is side}
    return [[market.price(ticks), market.quantity(lots)] for ticks, lots in latest.items()]


def _trade(market: Market, trade: TradePrinted, now_ns: int) -> Json:
    return {
        "e": "trade",
        "E": moment(now_ns),
        "s": market.symbol,
        "t": trade.trade_id,
        "p": market.price(trade.price_ticks),
        "q": market.quantity(trade.quantity_lots),
        "T": moment(trade.transact_time_ns),
        "m": trade.buyer_is_maker,
        "M": True,
    }


def _aggregate(market: Market, aggregate: Aggregate, now_ns: int) -> Json:
    head = {"e": "aggTrade", "E": moment(now_ns), "s": market.symbol}
    return head | aggregate_fields(market, aggregate) | {"M": True}


def _reach_the_best(desk: Desk, change: Change) -> bool:
    """Return whether a level changed that is the best of its side, or that was better."""
    bids, asks = desk.exchange.depth(change.symbol, 1)
    for level in change.levels:
        best = bids if level.side is Side.BUY else asks
        if not best:
            return True
        ahead = level.price_ticks - best[0][0]
        if (ahead if level.side is Side.BUY else -ahead) >= 0:
            return True
    return False


def _book_ticker(desk: Desk, market: Market) -> Json:
    best = best_prices(desk, market)
    return {
        "u": desk.tape.of(market.engine_symbol).update_id,
        "s": market.symbol,
        "b": best["bidPrice"],
        "B": best["bidQty"],
        "a": best["askPrice"],
        "A": best["askQty"],
    }
