"""The public tape of each market: its trades, and the number of its last book update."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from fillproof.simulator.dialects.binance.public.candles import Candles
from fillproof.simulator.dialects.binance.public.kept import Kept
from fillproof.simulator.vocabulary.reports import (
    ExecutionReport,
    LevelChanged,
    Report,
    TradePrinted,
)

FIRST_UPDATE_ID = 1000
"""Never 0: clients take that for "no snapshot yet"."""

KEPT_TRADES = 50_000
"""Trades, and aggregates of trades, that each market remembers at least."""


class Aggregate(Struct, gc=False):
    """The fills of one taker order at one price, of one moment: one number on the tape."""

    number: int
    price_ticks: int
    quantity_lots: int
    first_id: int
    last_id: int
    buyer_is_maker: bool
    transact_time_ns: int
    taker_order_id: int

    def add(self, trade: TradePrinted) -> None:
        """Take in the next fill of the same order at the same price."""
        self.quantity_lots += trade.quantity_lots
        self.last_id = trade.trade_id


@dataclass(slots=True)
class Change:
    """What a batch of reports changed in one market; its book updates begin at `first_update_id`.

    `levels` are the changed levels as they were told: one may be there twice.
    """

    symbol: str
    first_update_id: int
    levels: list[LevelChanged] = field(default_factory=list)
    trades: list[TradePrinted] = field(default_factory=list)
    aggregates: list[Aggregate] = field(default_factory=list)


class MarketTape:
    """What the public remembers of one market."""

    __slots__ = ("_aggregates", "_made", "_trades", "candles", "update_id")

    def __init__(self, kept: int) -> None:
        self.update_id = FIRST_UPDATE_ID
        self.candles = Candles()
        self._trades: Kept[TradePrinted] = Kept(kept)
        self._aggregates: Kept[Aggregate] = Kept(kept)
        self._made = 0

    @property
    def trades(self) -> Sequence[TradePrinted]:
        """The trades that are kept, oldest first."""
        return self._trades.entries

    @property
    def aggregates(self) -> Sequence[Aggregate]:
        """The aggregates that are kept, oldest first."""
        return self._aggregates.entries

    def add(self, trade: TradePrinted, taker_order_id: int, batch: list[Aggregate]) -> None:
        """Take in a trade that came after all others; `batch` are the aggregates it may join."""
        self._trades.append(trade)
        self.candles.add(trade)
        latest = batch[-1] if batch else None
        if (
            latest is not None
            and latest.taker_order_id == taker_order_id
            and latest.price_ticks == trade.price_ticks
        ):
            latest.add(trade)
            return
        self._made += 1
        aggregate = Aggregate(
            number=self._made,
            price_ticks=trade.price_ticks,
            quantity_lots=trade.quantity_lots,
            first_id=trade.trade_id,
            last_id=trade.trade_id,
            buyer_is_maker=trade.buyer_is_maker,
            transact_time_ns=trade.transact_time_ns,
            taker_order_id=taker_order_id,
        )
        self._aggregates.append(aggregate)
        batch.append(aggregate)


class Tape:
    """Grows with every report that is published; symbols are the engine's."""

    def __init__(self, symbols: Iterable[str], kept: int = KEPT_TRADES) -> None:
        self._markets = {symbol: MarketTape(kept) for symbol in symbols}

    def of(self, symbol: str) -> MarketTape:
        """Return one market's tape."""
        return self._markets[symbol]

    def note(self, reports: Sequence[Report]) -> dict[str, Change]:
        """Count one book update for each changed level, and keep the trades.

        Returns what changed, by market. The reports are one batch of the engine: whose fill was a
        taker's is told before the trade.
        """
        changes: dict[str, Change] = {}
        takers: dict[int | None, int] = {}
        for report in reports:
            if isinstance(report, LevelChanged):
                self._change(changes, report.symbol).levels.append(report)
                self._markets[report.symbol].update_id += 1
            elif isinstance(report, ExecutionReport):
                if report.is_maker is False:
                    takers[report.trade_id] = report.venue_order_id
            elif isinstance(report, TradePrinted):
                change = self._change(changes, report.symbol)
                change.trades.append(report)
                taker_order_id = takers.get(report.trade_id, 0)
                self._markets[report.symbol].add(report, taker_order_id, change.aggregates)
        return changes

    def _change(self, changes: dict[str, Change], symbol: str) -> Change:
        change = changes.get(symbol)
        if change is None:
            change = Change(symbol, self._markets[symbol].update_id + 1)
            changes[symbol] = change
        return change
