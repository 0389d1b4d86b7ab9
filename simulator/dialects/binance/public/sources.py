"""What the streams say that speak at most once a period: tickers, candles, averages, books."""

from __future__ import annotations

from typing import Protocol

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public import klines
from fillproof.simulator.dialects.binance.public.books import book
from fillproof.simulator.dialects.binance.public.intervals import MINUTE, Interval, window_of
from fillproof.simulator.dialects.binance.public.live import diff
from fillproof.simulator.dialects.binance.public.tape import Change
from fillproof.simulator.dialects.binance.public.tickers import LAST_DAY, Window, day_fields
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import LevelChanged

_NANOSECONDS = 1_000_000_000

_DAY_LETTERS = {
    "p": "priceChange",
    "P": "priceChangePercent",
    "w": "weightedAvgPrice",
    "x": "prevClosePrice",
    "c": "lastPrice",
    "Q": "lastQty",
    "b": "bidPrice",
    "B": "bidQty",
    "a": "askPrice",
    "A": "askQty",
    "o": "openPrice",
    "h": "highPrice",
    "l": "lowPrice",
    "v": "volume",
    "q": "quoteVolume",
    "O": "openTime",
    "C": "closeTime",
    "F": "firstId",
    "L": "lastId",
    "n": "count",
}
_WINDOW_LETTERS = {letter: _DAY_LETTERS[letter] for letter in ("p", "P", *"ohlcwvqOCFLn")}
_MINI_LETTERS = {letter: _DAY_LETTERS[letter] for letter in "cohlvq"}
"""What the streams call the fields of REST, in their order."""


class Source(Protocol):
    """What one stream has to say, of one market or of all.

    One that `has_state` can tell it at any time; the others only tell what happened.
    """

    has_state: bool

    def hear(self, change: Change) -> bool:
        """Take in what happened in its market; return whether there is something to say of it."""
        ...

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        """Return what is to be said at a tick that was due then; None for nothing."""
        ...

    def speaks_again_ns(self, due_ns: int) -> int | None:
        """Return when it has to say something by itself after a tick, whatever happens."""
        ...


class _Quiet:
    """A source that says nothing unless something happened."""

    has_state = True

    def speaks_again_ns(self, due_ns: int) -> int | None:
        return None


class _Statistics:
    """What a window says of a market: 24 hours in short, or a window by its name."""

    def __init__(self, desk: Desk, name: str | None) -> None:
        self._desk = desk
        self.window = LAST_DAY if name is None else Window(window_of(name))
        self._kind = "24hrMiniTicker" if name is None else f"{name}Ticker"
        self._letters = _MINI_LETTERS if name is None else _WINDOW_LETTERS

    def told(self, market: Market, now_ns: int) -> Json:
        fields = self.window.statistics(self._desk, market, now_ns).fields()
        return _told(self._kind, now_ns, self._letters, fields)

    def loses_ns(self, market: Market, due_ns: int) -> int | None:
        return self.window.loses_ns(self._desk, market, due_ns)


class DayTicker:
    """The last 24 hours of one market, with its best prices."""

    has_state = True

    def __init__(self, desk: Desk, market: Market) -> None:
        self._desk = desk
        self._market = market

    def hear(self, change: Change) -> bool:
        return True

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        statistics = LAST_DAY.statistics(self._desk, self._market, now_ns)
        return _told("24hrTicker", now_ns, _DAY_LETTERS, day_fields(self._desk, statistics))

    def speaks_again_ns(self, due_ns: int) -> int | None:
        return LAST_DAY.loses_ns(self._desk, self._market, due_ns)


class Ticker:
    """Statistics of one market."""

    has_state = True

    def __init__(self, desk: Desk, market: Market, window: str | None = None) -> None:
        self._market = market
        self._statistics = _Statistics(desk, window)

    def hear(self, change: Change) -> bool:
        return bool(change.trades)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        return self._statistics.told(self._market, now_ns)

    def speaks_again_ns(self, due_ns: int) -> int | None:
        return self._statistics.loses_ns(self._market, due_ns)


class AllTickers:
    """Statistics of every market in which they changed since they were last told, as a list."""

    has_state = True

    def __init__(self, desk: Desk, window: str | None = None) -> None:
        self._markets = desk.markets
        self._statistics = _Statistics(desk, window)
        self._changed = {
            market.engine_symbol for market in desk.markets if klines.last_trade_ns(desk, market)
        }
        self._loses_ns: dict[str, int | None] = {}

    def hear(self, change: Change) -> bool:
        if change.trades:
            self._changed.add(change.symbol)
        return bool(change.trades)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        changed, self._changed = self._changed, set()
        changed.update(
            symbol for symbol, at_ns in self._loses_ns.items() if at_ns and at_ns <= due_ns
        )
        told = [market for market in self._markets if market.engine_symbol in changed]
        for market in told:
            self._loses_ns[market.engine_symbol] = self._statistics.loses_ns(market, due_ns)
        return [self._statistics.told(market, now_ns) for market in told] or None

    def speaks_again_ns(self, due_ns: int) -> int | None:
        return min((at_ns for at_ns in self._loses_ns.values() if at_ns is not None), default=None)


class Kline:
    """The candle of now; as closed when it ends, with or without a trade."""

    has_state = True

    def __init__(self, desk: Desk, market: Market, interval: Interval, zone: int) -> None:
        self._market = market
        self._interval = interval
        self._zone = zone
        self._candles = desk.tape.of(market.engine_symbol).candles

    def hear(self, change: Change) -> bool:
        return bool(change.trades)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        candle = self._candle((due_ns - 1) // _NANOSECONDS)
        if candle is None:
            return None
        return {
            "e": "kline",
            "E": moment(now_ns),
            "s": self._market.symbol,
            "k": {
                "t": moment(candle.start * _NANOSECONDS),
                "T": moment(candle.closes_ns),
                "s": self._market.symbol,
                "i": self._interval.name,
                **self._fields(candle, closed=candle.closes_ns < due_ns),
            },
        }

    def speaks_again_ns(self, due_ns: int) -> int | None:
        candle = self._candle(due_ns // _NANOSECONDS)
        return None if candle is None else candle.end * _NANOSECONDS

    def _candle(self, second: int) -> klines.Candle | None:
        return klines.candle_at(self._candles, self._interval, self._zone, second)

    def _fields(self, candle: klines.Candle, *, closed: bool) -> dict[str, Json]:
        fields = klines.candle_fields(self._market, candle) | {"x": closed}
        return {letter: fields[letter] for letter in "fLochlvnxqVQB"}


class AveragePrice:
    """The average price of one market, each time it is another."""

    has_state = True

    def __init__(self, desk: Desk, market: Market) -> None:
        self._desk = desk
        self._market = market
        self._told: tuple[str, int] | None = None

    def hear(self, change: Change) -> bool:
        return bool(change.trades)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        last_trade_ns = klines.last_trade_ns(self._desk, self._market)
        price = klines.average(self._desk, self._market, now_ns)
        if self._told == (price, last_trade_ns):
            return None
        self._told = (price, last_trade_ns)
        return {
            "e": "avgPrice",
            "E": moment(now_ns),
            "s": self._market.symbol,
            "i": f"{klines.AVERAGE_MINUTES}m",
            "w": price,
            "T": moment(last_trade_ns),
        }

    def speaks_again_ns(self, due_ns: int) -> int | None:
        """It moves by itself as long as trades leave the five minutes."""
        traded_ns = klines.last_trade_ns(self._desk, self._market)
        ends_ns = traded_ns + (klines.AVERAGE_MINUTES * MINUTE + 1) * _NANOSECONDS
        return due_ns + _NANOSECONDS if traded_ns and due_ns < ends_ns else None


class TopOfBook(_Quiet):
    """The best levels of a book."""

    def __init__(self, desk: Desk, market: Market, limit: int) -> None:
        self._desk = desk
        self._market = market
        self._limit = limit

    def hear(self, change: Change) -> bool:
        return bool(change.levels)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        return book(self._desk, self._market, self._limit)


class Diffs(_Quiet):
    """The changes of a book since they were last told."""

    has_state = False

    def __init__(self, desk: Desk, market: Market) -> None:
        self._market = market
        self._tape = desk.tape.of(market.engine_symbol)
        self._levels: list[LevelChanged] = []
        self._next_update_id = self._tape.update_id + 1

    def hear(self, change: Change) -> bool:
        self._levels += change.levels
        return bool(change.levels)

    def event(self, due_ns: int, now_ns: int) -> Json | None:
        levels, self._levels = self._levels, []
        first, last = self._next_update_id, self._tape.update_id
        self._next_update_id = last + 1
        return diff(self._market, levels, (first, last), now_ns) if levels else None


def _told(kind: str, now_ns: int, letters: dict[str, str], fields: dict[str, Json]) -> Json:
    """Write the fields of REST by the letters of a stream."""
    named = {letter: fields[name] for letter, name in letters.items()}
    return {"e": kind, "E": moment(now_ns), "s": fields["symbol"], **named}
