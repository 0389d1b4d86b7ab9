"""What was traded in each span of time, kept as bars of a second, a minute and an hour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import copy
from operator import attrgetter

from msgspec import Struct

from fillproof.simulator.dialects.binance.public.kept import Kept
from fillproof.simulator.vocabulary.reports import TradePrinted

KEPT_BARS = 100_000
"""Bars kept of each length, those without a trade not counted: 27 hours of seconds at least."""

NO_TRADE = -1
"""First and last id of a span without a trade."""

_NANOSECONDS = 1_000_000_000
_START = attrgetter("start")


class Bar(Struct, gc=False):
    """The trades of one span that begins at `start` (seconds); prices in ticks, amounts in lots.

    `bought_*` is what takers bought. A tick-lot is a price times a quantity.
    """

    start: int
    open: int
    high: int
    low: int
    close: int
    lots: int
    tick_lots: int
    bought_lots: int
    bought_tick_lots: int
    count: int
    first_id: int
    last_id: int
    last_lots: int

    @classmethod
    def of(cls, trade: TradePrinted) -> Bar:
        """Return a bar of one trade, which begins at its second."""
        price, lots = trade.price_ticks, trade.quantity_lots
        tick_lots = price * lots
        taken = not trade.buyer_is_maker
        return cls(
            start=trade.transact_time_ns // _NANOSECONDS,
            open=price,
            high=price,
            low=price,
            close=price,
            lots=lots,
            tick_lots=tick_lots,
            bought_lots=lots if taken else 0,
            bought_tick_lots=tick_lots if taken else 0,
            count=1,
            first_id=trade.trade_id,
            last_id=trade.trade_id,
            last_lots=lots,
        )

    @classmethod
    def empty(cls, start: int, price_ticks: int) -> Bar:
        """Return a bar without a trade: it stands where the price was left."""
        price = price_ticks
        return cls(start, price, price, price, price, 0, 0, 0, 0, 0, NO_TRADE, NO_TRADE, 0)

    def add(self, later: Bar) -> None:
        """Take in a bar that came after."""
        self.high = max(self.high, later.high)
        self.low = min(self.low, later.low)
        self.close = later.close
        self.lots += later.lots
        self.tick_lots += later.tick_lots
        self.bought_lots += later.bought_lots
        self.bought_tick_lots += later.bought_tick_lots
        self.count += later.count
        self.last_id = later.last_id
        self.last_lots = later.last_lots

    def take(self, trade: TradePrinted) -> None:
        """Take in a trade that came after, as `add` would a bar of it."""
        price, lots = trade.price_ticks, trade.quantity_lots
        self.high = max(self.high, price)
        self.low = min(self.low, price)
        self.close = price
        self.lots += lots
        self.tick_lots += price * lots
        if not trade.buyer_is_maker:
            self.bought_lots += lots
            self.bought_tick_lots += price * lots
        self.count += 1
        self.last_id = trade.trade_id
        self.last_lots = lots


class _Rung:
    """Bars of one length, oldest first; spans without a trade have none."""

    __slots__ = ("bars", "seconds")

    def __init__(self, seconds: int, kept: int) -> None:
        self.seconds = seconds
        self.bars: Kept[Bar] = Kept(kept)

    def add(self, trade: Bar) -> None:
        start = trade.start - trade.start % self.seconds
        bars = self.bars.entries
        if bars and bars[-1].start == start:
            bars[-1].add(trade)
        else:
            bar = copy(trade)
            bar.start = start
            self.bars.append(bar)

    def slice(self, start: int, end: int) -> Sequence[Bar]:
        bars = self.bars.entries
        first = bisect_left(bars, start, key=_START)
        return bars[first : bisect_left(bars, end, first, key=_START)]


class Candles:
    """The trades of one market by time. All times are whole seconds since 1970."""

    __slots__ = ("_fresh", "_rungs")

    def __init__(self, kept: int = KEPT_BARS) -> None:
        self._rungs = tuple(_Rung(seconds, kept) for seconds in (3600, 60, 1))
        # The trades of one second go into the rungs together, when the next begins or one is read.
        self._fresh: Bar | None = None

    def add(self, trade: TradePrinted) -> None:
        """Take in a trade that came after all others."""
        fresh = self._fresh
        if fresh is not None and fresh.start == trade.transact_time_ns // _NANOSECONDS:
            fresh.take(trade)
        else:
            self._settled()
            self._fresh = Bar.of(trade)

    def between(self, start: int, end: int) -> Bar | None:
        """Return all trades from `start` until before `end` as one bar; None when there are none.

        It is put together from the longest bars that fit: 24 hours are at most 142 of them.
        """
        total: Bar | None = None
        for bar in _fitting(self._settled(), start, end):
            if total is None:
                total = copy(bar)
                total.start = start
            else:
                total.add(bar)
        return total

    def close_before(self, second: int) -> int | None:
        """Return the price in ticks of the last trade before a second, or None."""
        for rung in reversed(self._settled()):
            bars = rung.bars.entries
            index = bisect_left(bars, second - rung.seconds + 1, key=_START)
            if index:
                return bars[index - 1].close
        return None

    def first_since(self, second: int) -> int | None:
        """Return the first second from this one on in which something was traded, or None."""
        bars = self._settled()[-1].bars.entries
        index = bisect_left(bars, second, key=_START)
        return bars[index].start if index < len(bars) else None

    def oldest(self, seconds: int) -> int | None:
        """Return where the kept bars begin that spans of this length are made of; None for none."""
        for rung in self._settled():
            if seconds % rung.seconds == 0 and rung.bars.entries:
                return rung.bars.entries[0].start
        return None

    def _settled(self) -> tuple[_Rung, ...]:
        """Return the rungs, the longest first, with every trade in them."""
        fresh, self._fresh = self._fresh, None
        if fresh is not None:
            for rung in self._rungs:
                rung.add(fresh)
        return self._rungs


def _fitting(rungs: Sequence[_Rung], start: int, end: int) -> Iterator[Bar]:
    """Yield bars that cover a span exactly: the longest in its middle, shorter at its edges."""
    longest, *shorter = rungs
    seconds = longest.seconds
    inner_start, inner_end = -(-start // seconds) * seconds, end // seconds * seconds
    if inner_start < inner_end:
        if start < inner_start:
            yield from _fitting(shorter, start, inner_start)
        yield from longest.slice(inner_start, inner_end)
        start = inner_end
    if start < end and shorter:
        yield from _fitting(shorter, start, end)
