"""What the public remembers of each market: its latest trades, and a price to judge by."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from fillproof.simulator.dialects.hyperliquid.markets import Market, Markets
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.reports import (
    LevelChanged,
    Report,
    TradePrinted,
)
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

KEPT_TRADES = 10_000
"""Trades that each market remembers."""


class MarketTape:
    """The trades of one market, oldest first, and the last price that was named in it."""

    __slots__ = ("reference_units", "trades")

    def __init__(self) -> None:
        self.trades: deque[TradePrinted] = deque(maxlen=KEPT_TRADES)
        self.reference_units: int | None = None


class Tape:
    """Grows with every report that is published."""

    def __init__(self, markets: Markets) -> None:
        self._markets = {market.engine_symbol: MarketTape() for market in markets}
        self._tick_units = {market.engine_symbol: market.tick_units for market in markets}

    def of(self, market: Market) -> MarketTape:
        """Return what is remembered of a market."""
        return self._markets[market.engine_symbol]

    def note(self, reports: Iterable[Report]) -> None:
        """Take in reports: trades, and the first price that anybody names."""
        for report in reports:
            if isinstance(report, TradePrinted):
                tape = self._markets[report.symbol]
                tape.trades.append(report)
                tape.reference_units = report.price_ticks * self._tick_units[report.symbol]
            elif isinstance(report, LevelChanged):
                tape = self._markets[report.symbol]
                if tape.reference_units is None:
                    tape.reference_units = report.price_ticks * self._tick_units[report.symbol]

    def mark_units(self, exchange: Exchange, market: Market) -> int:
        """Return what a market is judged by.

        It is the last trade's price; before one the book's middle or its only side, then the first
        price that anybody named, and one of the quote asset in a market that never saw a price.
        """
        last = exchange.last_trade(market.engine_symbol)
        if last is not None:
            return last.price_ticks * market.tick_units
        middle = mid_units(exchange, market)
        if middle is not None:
            return middle
        reference = self.of(market).reference_units
        return UNITS_PER_ASSET if reference is None else reference


def mid_units(exchange: Exchange, market: Market) -> int | None:
    """Return the middle of a market's book, or its only side; None when it is empty."""
    bids, asks = exchange.depth(market.engine_symbol, 1)
    best = [levels[0][0] * market.tick_units for levels in (bids, asks) if levels]
    return sum(best) // len(best) if best else None
