"""Public stream events: what everybody hears of a batch of engine reports, by stream name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.market_data import best_prices
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import Side
from fillproof.simulator.vocabulary.reports import LevelChanged, Report, TradePrinted

DEPTH_STREAMS = ("depth", "depth@100ms")
"""Both tell a change at once: a quiet market is silent, and no timer runs for it."""


class Feed:
    """Turns reports into (stream, event) pairs; remembers each market's best prices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._best = {market.symbol: best_prices(desk, market) for market in desk.markets}

    def events(self, reports: Sequence[Report], now_ns: int) -> list[tuple[str, Json]]:
        """Return the events of a batch, in order: trades, then each changed book once.

        Counts the batch on the tape, so each batch must come exactly once.
        """
        before = {
            market.engine_symbol: self._desk.tape.update_id(market.engine_symbol)
            for market in self._desk.markets
        }
        self._desk.tape.note(reports)
        events = [
            event
            for report in reports
            if isinstance(report, TradePrinted)
            for event in self._trade_events(report, now_ns)
        ]
        for engine_symbol, last in before.items():
            changed = [
                report
                for report in reports
                if isinstance(report, LevelChanged) and report.symbol == engine_symbol
            ]
            if changed:
                events.extend(self._book_events(engine_symbol, changed, last, now_ns))
        return events

    def _trade_events(self, trade: TradePrinted, now_ns: int) -> Iterator[tuple[str, Json]]:
        market = self._desk.markets.traded(trade.symbol)
        event = {
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
        yield f"{market.symbol.lower()}@trade", event
        aggregate = {name: value for name, value in event.items() if name != "t"}
        number = trade.trade_id
        aggregate |= {"e": "aggTrade", "a": number, "f": number, "l": number}
        yield f"{market.symbol.lower()}@aggTrade", aggregate

    def _book_events(
        self, engine_symbol: str, changed: Sequence[LevelChanged], last: int, now_ns: int
    ) -> Iterator[tuple[str, Json]]:
        market = self._desk.markets.traded(engine_symbol)
        update_id = self._desk.tape.update_id(engine_symbol)
        event = {
            "e": "depthUpdate",
            "E": moment(now_ns),
            "s": market.symbol,
            "U": last + 1,
            "u": update_id,
            "b": _levels(market, changed, Side.BUY),
            "a": _levels(market, changed, Side.SELL),
        }
        for name in DEPTH_STREAMS:
            yield f"{market.symbol.lower()}@{name}", event
        best = best_prices(self._desk, market)
        if best != self._best[market.symbol]:
            self._best[market.symbol] = best
            yield f"{market.symbol.lower()}@bookTicker", _book_ticker(market, best, update_id)


def _levels(market: Market, changed: Sequence[LevelChanged], side: Side) -> list[list[str]]:
    """Write the changed levels of one side, each once, as it is now."""
    latest = {level.price_ticks: level.quantity_lots for level in changed if level.side is side}
    return [[market.price(ticks), market.quantity(lots)] for ticks, lots in latest.items()]


def _book_ticker(market: Market, best: dict[str, str], update_id: int) -> Json:
    return {
        "u": update_id,
        "s": market.symbol,
        "b": best["bidPrice"],
        "B": best["bidQty"],
        "a": best["askPrice"],
        "A": best["askQty"],
    }
