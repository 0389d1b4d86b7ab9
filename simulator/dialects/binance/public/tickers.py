"""Tickers: last prices, and what a span of time did to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.books import best_prices
from fillproof.simulator.dialects.binance.public.candles import Bar
from fillproof.simulator.dialects.binance.public.intervals import DAY, MINUTE, window_of, zone_of
from fillproof.simulator.dialects.binance.public.symbols import some_markets, symbols_asked
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json

_NANOSECONDS = 1_000_000_000
_FULL, _MINI = "FULL", "MINI"
_DAY_WEIGHTS = ((20, 2), (100, 40))
_ALL_DAYS_WEIGHT = 80
_WINDOW_WEIGHT = 4
_MOST_WINDOWS_WEIGHT = 200

_MINI_FIELDS = (
    "symbol",
    "openPrice",
    "highPrice",
    "lowPrice",
    "lastPrice",
    "volume",
    "quoteVolume",
    "openTime",
    "closeTime",
    "firstId",
    "lastId",
    "count",
)

_DAY_FIELDS = (
    "symbol",
    "priceChange",
    "priceChangePercent",
    "weightedAvgPrice",
    "prevClosePrice",
    "lastPrice",
    "lastQty",
    "bidPrice",
    "bidQty",
    "askPrice",
    "askQty",
    "openPrice",
    "highPrice",
    "lowPrice",
    "volume",
    "quoteVolume",
    "openTime",
    "closeTime",
    "firstId",
    "lastId",
    "count",
)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What one market did from `open_ns` until `close_ns`.

    `bar` stands where the price was left when nothing was traded; `before_ticks` is where the
    trades before the span left it, None when there were none.
    """

    market: Market
    bar: Bar
    before_ticks: int | None
    open_ns: int
    close_ns: int

    @classmethod
    def since(cls, desk: Desk, market: Market, open_ns: int, close_ns: int) -> Statistics:
        """Return the statistics of all trades since the second that `open_ns` lies in."""
        candles = desk.tape.of(market.engine_symbol).candles
        start, end = open_ns // _NANOSECONDS, close_ns // _NANOSECONDS + 1
        before = candles.close_before(start)
        bar = candles.between(start, end) or Bar.empty(start, before or 0)
        return cls(market, bar, before, open_ns, close_ns)

    def fields(self) -> dict[str, Json]:
        """Write them, by the names and in the order of REST."""
        market, bar = self.market, self.bar
        change = bar.close - bar.open
        percent = Decimal(100 * change) / bar.open if bar.open else Decimal(0)
        return {
            "symbol": market.symbol,
            "priceChange": ("-" if change < 0 else "") + market.price(abs(change)),
            "priceChangePercent": f"{percent:.3f}",
            "weightedAvgPrice": market.average_price(bar.tick_lots, bar.lots),
            "openPrice": market.price(bar.open),
            "highPrice": market.price(bar.high),
            "lowPrice": market.price(bar.low),
            "lastPrice": market.price(bar.close),
            "volume": market.quantity(bar.lots),
            "quoteVolume": market.quote_amount(bar.tick_lots),
            "openTime": moment(self.open_ns),
            "closeTime": moment(self.close_ns),
            "firstId": bar.first_id,
            "lastId": bar.last_id,
            "count": bar.count,
        }


@dataclass(frozen=True, slots=True)
class Window:
    """The last so many seconds, by default from the minute on in which they began."""

    seconds: int
    whole_minutes: bool = True

    def statistics(self, desk: Desk, market: Market, now_ns: int) -> Statistics:
        """Return what a market did in it."""
        return Statistics.since(desk, market, self._open_ns(now_ns), now_ns)

    def loses_ns(self, desk: Desk, market: Market, now_ns: int) -> int | None:
        """Return when it will lose the first trade that is in it now; None when none is."""
        candles = desk.tape.of(market.engine_symbol).candles
        first = candles.first_since(self._open_ns(now_ns) // _NANOSECONDS)
        if first is None:
            return None
        step = MINUTE if self.whole_minutes else 1
        return (first - first % step + step + self.seconds) * _NANOSECONDS

    def _open_ns(self, now_ns: int) -> int:
        open_ns = now_ns - self.seconds * _NANOSECONDS
        return open_ns - open_ns % (MINUTE * _NANOSECONDS) if self.whole_minutes else open_ns


LAST_DAY = Window(DAY, whole_minutes=False)
"""24 hours; the trades of their first second are all in."""


def day_fields(desk: Desk, statistics: Statistics) -> dict[str, Json]:
    """Write a 24 hour ticker: its statistics, and the best prices of now."""
    market = statistics.market
    fields = {
        **statistics.fields(),
        "prevClosePrice": market.price(statistics.before_ticks),
        "lastQty": market.quantity(statistics.bar.last_lots),
        **best_prices(desk, market),
    }
    return _chosen(fields, _DAY_FIELDS)


def ticker_price(desk: Desk, call: Call) -> Outcome:
    """Show last prices."""
    return _answer(desk, call, lambda market: _last_price(desk, market), named=False)


def ticker_day(desk: Desk, call: Call) -> Outcome:
    """Show the last 24 hours."""
    full = _is_full(call.parameters)

    def show(market: Market) -> Json:
        statistics = LAST_DAY.statistics(desk, market, call.now_ns)
        return day_fields(desk, statistics) if full else _mini(statistics)

    return _answer(desk, call, show, named=False)


def ticker_window(desk: Desk, call: Call) -> Outcome:
    """Show a window that ends now; it begins with a minute."""
    window = Window(window_of(call.parameters.text("windowSize") or "1d"))
    full = _is_full(call.parameters)

    def show(market: Market) -> Json:
        statistics = window.statistics(desk, market, call.now_ns)
        return statistics.fields() if full else _mini(statistics)

    return _answer(desk, call, show, named=True)


def ticker_trading_day(desk: Desk, call: Call) -> Outcome:
    """Show the calendar day of a time zone."""
    zone = zone_of(call.parameters.text("timeZone"))
    full = _is_full(call.parameters)
    now = call.now_ns // _NANOSECONDS
    start = now - (now + zone) % DAY
    open_ns, close_ns = start * _NANOSECONDS, (start + DAY) * _NANOSECONDS - 1

    def show(market: Market) -> Json:
        statistics = Statistics.since(desk, market, open_ns, close_ns)
        return statistics.fields() if full else _mini(statistics)

    return _answer(desk, call, show, named=True)


def day_weight(parameters: Parameters) -> int:
    """Return what a 24 hour ticker weighs, by the symbols asked for."""
    asked = symbols_asked(parameters)
    if asked is None:
        return _ALL_DAYS_WEIGHT
    return next((weight for most, weight in _DAY_WEIGHTS if asked <= most), _ALL_DAYS_WEIGHT)


def window_weight(parameters: Parameters) -> int:
    """Return what a ticker of a window or of a trading day weighs."""
    asked = symbols_asked(parameters) or 1
    return min(asked * _WINDOW_WEIGHT, _MOST_WINDOWS_WEIGHT)


def price_weight(parameters: Parameters) -> int:
    """Return what last or best prices weigh."""
    return 2 if "symbol" in parameters else 4


def _answer(desk: Desk, call: Call, show: Callable[[Market], Json], *, named: bool) -> Outcome:
    """Show one market when `symbol` asked for it, else a list."""
    shown = [show(market) for market in some_markets(desk, call, named=named)]
    return Outcome(shown[0] if "symbol" in call.parameters else shown)


def _is_full(parameters: Parameters) -> bool:
    kind = parameters.choice("type", (_FULL, _MINI), errors.INVALID_TICKER_TYPE)
    return kind != _MINI


def _mini(statistics: Statistics) -> Json:
    return _chosen(statistics.fields(), _MINI_FIELDS)


def _last_price(desk: Desk, market: Market) -> Json:
    last_trade = desk.exchange.last_trade(market.engine_symbol)
    ticks = 0 if last_trade is None else last_trade.price_ticks
    return {"symbol": market.symbol, "price": market.price(ticks)}


def _chosen(fields: dict[str, Json], names: Sequence[str]) -> dict[str, Json]:
    return {name: fields[name] for name in names}
