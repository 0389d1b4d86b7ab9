"""The streams that need a clock: when each is to speak, as long as somebody listens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public.intervals import HOUR, INTERVALS
from fillproof.simulator.dialects.binance.public.live import Event
from fillproof.simulator.dialects.binance.public.sources import (
    AllTickers,
    AveragePrice,
    DayTicker,
    Diffs,
    Kline,
    Source,
    Ticker,
    TopOfBook,
)
from fillproof.simulator.dialects.binance.public.tape import Change

_MILLISECOND_NS = 1_000_000
_SECOND_NS = 1_000 * _MILLISECOND_NS
_FAST_NS = 100 * _MILLISECOND_NS
_ZONES = {None: 0, "@+08:00": 8 * HOUR}


@dataclass(slots=True)
class _Timed:
    """One stream: it speaks at whole multiples of its period, and only when there is something."""

    source: Source
    period_ns: int
    market: str | None
    due_ns: int | None = None
    heard_ns: int = -1

    def hear(self, change: Change, now_ns: int) -> None:
        """Take in what happened; it is to be told at the next tick."""
        if self.source.hear(change):
            self.heard_ns = now_ns
            self.speak_next(now_ns)

    def speak_next(self, now_ns: int) -> None:
        """Speak at the next tick, if not before."""
        tick_ns = (now_ns // self.period_ns + 1) * self.period_ns
        self.due_ns = tick_ns if self.due_ns is None else min(self.due_ns, tick_ns)

    def tick(self, name: str, now_ns: int) -> Iterator[Event]:
        """Yield what is due by now, tick by tick."""
        while self.due_ns is not None and self.due_ns <= now_ns:
            due_ns, self.due_ns = self.due_ns, None
            event = self.source.event(due_ns, now_ns)
            if event is not None:
                yield name, event
            again_ns = self.source.speaks_again_ns(due_ns)
            if again_ns is not None:
                self.due_ns = again_ns
            if self.heard_ns >= due_ns:
                # It came at the tick itself, or the tick came late: it is of the next period.
                self.speak_next(self.heard_ns)


class TimedStreams:
    """The timed streams that somebody listens to; without any there is nothing to wake up for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._markets = {market.symbol.lower(): market for market in desk.markets}
        self._streams: dict[str, _Timed] = {}
        self._by_market: dict[str | None, dict[str, _Timed]] = {}
        self.next_wake_ns: int | None = None
        """When `wake` will next have something to do."""

    def listen(self, name: str, now_ns: int) -> None:
        """Somebody listens from now on. What has a state tells it at the next tick."""
        timed = self._streams.get(name)
        if timed is None:
            timed = self._make(name)
            if timed is None:
                return
            self._streams[name] = timed
            self._by_market.setdefault(timed.market, {})[name] = timed
        if timed.source.has_state:
            timed.speak_next(now_ns)
            self._note_due(timed.due_ns)

    def forget(self, name: str) -> None:
        """Nobody listens any more."""
        timed = self._streams.pop(name, None)
        if timed is not None:
            del self._by_market[timed.market][name]
            self._look_ahead()

    def hear(self, change: Change, now_ns: int) -> None:
        """Take in what happened in one market."""
        for market in (change.symbol, None):
            for timed in self._by_market.get(market, {}).values():
                timed.hear(change, now_ns)
                self._note_due(timed.due_ns)

    def wake(self, now_ns: int) -> list[Event]:
        """Return what is due by now, by the age of the streams."""
        events = [
            event for name, timed in self._streams.items() for event in timed.tick(name, now_ns)
        ]
        self._look_ahead()
        return events

    def _note_due(self, due_ns: int | None) -> None:
        if due_ns is not None and (self.next_wake_ns is None or due_ns < self.next_wake_ns):
            self.next_wake_ns = due_ns

    def _look_ahead(self) -> None:
        due = [timed.due_ns for timed in self._streams.values() if timed.due_ns is not None]
        self.next_wake_ns = min(due, default=None)

    def _make(self, name: str) -> _Timed | None:
        """Return the stream of that name, None when it needs no clock or does not exist."""
        of_all = _ALL.fullmatch(name)
        if of_all:
            return _Timed(AllTickers(self._desk, of_all["window"]), _SECOND_NS, None)
        symbol, _, kind = name.partition("@")
        market = self._markets.get(symbol)
        if market is None:
            return None
        for pattern, make in _KINDS:
            match = pattern.fullmatch(kind)
            if match:
                return make(self._desk, market, match)
        return None


_Make = Callable[[Desk, Market, re.Match[str]], _Timed | None]


def _day_ticker(desk: Desk, market: Market, _: re.Match[str]) -> _Timed:
    return _Timed(DayTicker(desk, market), _SECOND_NS, market.engine_symbol)


def _ticker(desk: Desk, market: Market, match: re.Match[str]) -> _Timed:
    return _Timed(Ticker(desk, market, match["window"]), _SECOND_NS, market.engine_symbol)


def _kline(desk: Desk, market: Market, match: re.Match[str]) -> _Timed | None:
    interval = INTERVALS.get(match["interval"])
    if interval is None:
        return None
    period_ns = _SECOND_NS if interval.name == "1s" else 2 * _SECOND_NS
    source = Kline(desk, market, interval, _ZONES[match["zone"]])
    return _Timed(source, period_ns, market.engine_symbol)


def _average_price(desk: Desk, market: Market, _: re.Match[str]) -> _Timed:
    return _Timed(AveragePrice(desk, market), _SECOND_NS, market.engine_symbol)


def _top_of_book(desk: Desk, market: Market, match: re.Match[str]) -> _Timed:
    source = TopOfBook(desk, market, int(match["levels"]))
    return _Timed(source, _speed(match), market.engine_symbol)


def _diffs(desk: Desk, market: Market, match: re.Match[str]) -> _Timed | None:
    if not desk.quirks.depth_interval:
        return None
    return _Timed(Diffs(desk, market), _speed(match), market.engine_symbol)


def _speed(match: re.Match[str]) -> int:
    return _FAST_NS if match["fast"] else _SECOND_NS


_ALL = re.compile(r"!(?:miniTicker|ticker_(?P<window>1h|4h|1d))@arr")
_KINDS: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (re.compile(r"ticker"), _day_ticker),
    (re.compile(r"miniTicker|ticker_(?P<window>1h|4h|1d)"), _ticker),
    (re.compile(r"kline_(?P<interval>\w+)(?P<zone>@\+08:00)?"), _kline),
    (re.compile(r"avgPrice"), _average_price),
    (re.compile(r"depth(?P<levels>5|10|20)(?P<fast>@100ms)?"), _top_of_book),
    (re.compile(r"depth(?P<fast>@100ms)?"), _diffs),
)
