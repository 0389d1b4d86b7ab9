"""Candles as the venue writes them, the empty ones included, and the average price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public.candles import Bar, Candles
from fillproof.simulator.dialects.binance.public.intervals import (
    Interval,
    interval_of,
    zone_of,
)
from fillproof.simulator.dialects.binance.public.spans import Span
from fillproof.simulator.dialects.binance.public.symbols import one_market
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json

AVERAGE_MINUTES = 5

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Candle:
    """One candle, from `start` until before `end`, in seconds.

    Without a trade there is no bar: it stands where the last trade before it left the price.
    """

    start: int
    end: int
    bar: Bar | None
    before_ticks: int

    @property
    def closes_ns(self) -> int:
        """Its last nanosecond."""
        return self.end * _NANOSECONDS - 1


def klines(desk: Desk, call: Call) -> Outcome:
    """Show candles, oldest first; what is made for charts (uiKlines) is the same here."""
    market = one_market(desk, call)
    interval = interval_of(call.parameters.required("interval"))
    zone = zone_of(call.parameters.text("timeZone"))
    span = Span.of(call.parameters)
    candles = desk.tape.of(market.engine_symbol).candles
    now = call.now_ns // _NANOSECONDS
    starts = _starts(candles, interval, zone, span, now)
    return Outcome([_row(market, candle) for candle in _candles(candles, interval, zone, starts)])


def average_price(desk: Desk, call: Call) -> Outcome:
    """Show what the last five minutes traded at, weighted by quantity."""
    market = one_market(desk, call)
    return Outcome(
        {
            "mins": AVERAGE_MINUTES,
            "price": average(desk, market, call.now_ns),
            "closeTime": moment(last_trade_ns(desk, market)),
        }
    )


def average(desk: Desk, market: Market, now_ns: int) -> str:
    """Write the average price; the last price when five minutes had no trade."""
    average_price = desk.exchange.average_price(market.engine_symbol, AVERAGE_MINUTES, now_ns)
    return market.average_price(*(average_price or (0, 0)))


def last_trade_ns(desk: Desk, market: Market) -> int:
    """Return when a market last traded; 0 when it never did."""
    last_trade = desk.exchange.last_trade(market.engine_symbol)
    return 0 if last_trade is None else last_trade.transact_time_ns


def candle_at(candles: Candles, interval: Interval, zone: int, second: int) -> Candle | None:
    """Return the candle that holds a second; None before the market's first trade."""
    start = interval.start(second, zone)
    end = interval.end(start, zone)
    bar = candles.between(start, end)
    before = candles.close_before(start)
    if bar is None and before is None:
        return None
    return Candle(start, end, bar, before or 0)


def _starts(candles: Candles, interval: Interval, zone: int, span: Span, now: int) -> list[int]:
    """Return where the candles begin that a request wants, none before the first trade kept."""
    oldest = candles.oldest(gcd(interval.grain, zone))
    first_second = -(-(span.start_ns or 0) // _NANOSECONDS)
    if oldest is None or first_second > now:
        return []
    first = interval.start(oldest, zone)
    if first_second > first:
        first = interval.start(first_second, zone)
        if first < first_second:
            first = interval.end(first, zone)
    last_second = now if span.end_ns is None else min(now, span.end_ns // _NANOSECONDS)
    last = interval.start(last_second, zone)
    if span.start_ns is None:
        return _down(interval, zone, first, last, span.limit)
    return _up(interval, zone, first, last, span.limit)


def _up(interval: Interval, zone: int, first: int, last: int, limit: int) -> list[int]:
    starts: list[int] = []
    while first <= last and len(starts) < limit:
        starts.append(first)
        first = interval.end(first, zone)
    return starts


def _down(interval: Interval, zone: int, first: int, last: int, limit: int) -> list[int]:
    starts: list[int] = []
    while first <= last and len(starts) < limit:
        starts.append(last)
        last = interval.start(last - 1, zone)
    return starts[::-1]


def _candles(
    candles: Candles, interval: Interval, zone: int, starts: list[int]
) -> Iterator[Candle]:
    """Yield the candles that begin there; each is followed by the next."""
    before = candles.close_before(starts[0]) if starts else None
    for start in starts:
        end = interval.end(start, zone)
        bar = candles.between(start, end)
        yield Candle(start, end, bar, before or 0)
        before = before if bar is None else bar.close


def _row(market: Market, candle: Candle) -> Json:
    shown = candle_fields(market, candle)
    return [
        moment(candle.start * _NANOSECONDS),
        *(shown[name] for name in ("o", "h", "l", "c", "v")),
        moment(candle.closes_ns),
        *(shown[name] for name in ("q", "n", "V", "Q", "B")),
    ]


def candle_fields(market: Market, candle: Candle) -> dict[str, Json]:
    """Write a candle's trades by the letters of the stream."""
    bar = candle.bar or Bar.empty(candle.start, candle.before_ticks)
    return {
        "f": bar.first_id,
        "L": bar.last_id,
        "o": market.price(bar.open),
        "c": market.price(bar.close),
        "h": market.price(bar.high),
        "l": market.price(bar.low),
        "v": market.quantity(bar.lots),
        "n": bar.count,
        "q": market.quote_amount(bar.tick_lots),
        "V": market.quantity(bar.bought_lots),
        "Q": market.quote_amount(bar.bought_tick_lots),
        "B": "0",
    }
