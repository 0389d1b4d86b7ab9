"""The end of an auction: all that crosses trades at the one price that trades most."""

from __future__ import annotations

from itertools import accumulate

from fillproof.simulator.matching.book import BookSide
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market


def uncross(engine: Engine, market: Market, journal: Journal) -> None:
    """Trade all that crosses at one price: best prices first, then the older order.

    Nobody takes in an auction, so nobody's self-trade prevention has a say.
    """
    price = clearing_price(market)
    while price is not None and _meet(market, price):
        engine.cross(price, market, journal)


def _meet(market: Market, price: int) -> bool:
    return bool(market.bids.best_within(price) and market.asks.best_within(price))


def clearing_price(market: Market) -> int | None:
    """Return the price at which most trades, None when nothing crosses.

    Of several, the one that leaves the least over on one side, then the one nearest to the last
    trade, then the lower. Between two limits nothing changes, so only prices at and next to a
    limit are tried, and the last trade's.
    """
    bid, ask = market.bids.best, market.asks.best
    if bid is None or ask is None or bid.price_ticks < ask.price_ticks:
        return None
    last = None if market.last_trade is None else market.last_trade.price_ticks
    limits = [level.price_ticks for side in (market.bids, market.asks) for level in side]
    near = {limit + step for limit in limits for step in (-1, 0, 1)} | {last or 0}
    prices = sorted(price for price in near if ask.price_ticks <= price <= bid.price_ticks)
    sold = _sums(market.asks, prices)
    bought = _sums(market.bids, prices[::-1])[::-1]

    def merit(at: int) -> tuple[int, int, int, int]:
        distance = 0 if last is None else abs(prices[at] - last)
        return -min(bought[at], sold[at]), abs(bought[at] - sold[at]), distance, prices[at]

    return prices[min(range(len(prices)), key=merit)]


def _sums(side: BookSide, prices: list[int]) -> list[int]:
    """Return what a side would trade at each price; they come from the side's best price on."""
    at_price = dict.fromkeys(prices, 0)
    for level in side:
        if level.price_ticks in at_price:
            at_price[level.price_ticks] = level.quantity_lots + level.hidden_lots
    return list(accumulate(at_price.values()))
