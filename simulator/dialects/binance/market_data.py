"""Public endpoints: time, rules, books, trades and tickers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, rules
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import TradePrinted

_DAY_NS = 86_400_000_000_000
_ZERO = "0.00000000"


def ping(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001 - one signature for all endpoints
    """Say nothing."""
    return Outcome({})


def server_time(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Tell the venue's clock."""
    return Outcome({"serverTime": moment(call.now_ns)})


def exchange_info(desk: Desk, call: Call) -> Outcome:
    """Publish limits and the rules of the markets asked for, or of all."""
    markets = _markets(desk, call)
    wanted = call.parameters.text("permissions")
    if wanted is not None and "SPOT" not in wanted:
        markets = []
    if call.parameters.text("symbolStatus") not in (None, "TRADING"):
        markets = []
    return Outcome(
        {
            "timezone": "UTC",
            "serverTime": moment(call.now_ns),
            "rateLimits": desk.limits.published(),
            "exchangeFilters": [],
            "symbols": [rules.exchange_symbol(market) for market in markets],
        }
    )


def derivatives_info(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Publish that the futures hosts have no market."""
    return Outcome(
        {
            "timezone": "UTC",
            "serverTime": moment(call.now_ns),
            "rateLimits": [],
            "exchangeFilters": [],
            "assets": [],
            "symbols": [],
        }
    )


def nothing(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Answer with an empty list: wallet and margin endpoints that have nothing to say here."""
    return Outcome([])


def depth(desk: Desk, call: Call) -> Outcome:
    """Show a book with the number of its last update."""
    market = desk.markets.get(call.parameters.required_symbol())
    limit = call.parameters.limit("limit", 100, 5000)
    bids, asks = desk.exchange.depth(market.engine_symbol, limit)
    return Outcome(
        {
            "lastUpdateId": desk.tape.update_id(market.engine_symbol),
            "bids": levels(market, bids),
            "asks": levels(market, asks),
        }
    )


def trades(desk: Desk, call: Call) -> Outcome:
    """Show the latest trades, oldest first."""
    market = desk.markets.get(call.parameters.required_symbol())
    limit = call.parameters.limit("limit", 500, 1000)
    printed = desk.tape.trades(market.engine_symbol)[-limit:]
    return Outcome([_trade(market, trade) for trade in printed])


def ticker_day(desk: Desk, call: Call) -> Outcome:
    """Show the last 24 hours."""
    return _tickers(desk, call, lambda market: _day(desk, market, call.now_ns))


def ticker_price(desk: Desk, call: Call) -> Outcome:
    """Show last prices."""
    return _tickers(
        desk, call, lambda market: {"symbol": market.symbol, "price": _last_price(desk, market)}
    )


def ticker_book(desk: Desk, call: Call) -> Outcome:
    """Show best prices."""
    return _tickers(
        desk, call, lambda market: {"symbol": market.symbol, **best_prices(desk, market)}
    )


def levels(market: Market, book: list[tuple[int, int]]) -> list[list[str]]:
    """Write the levels of one side."""
    return [[market.price(ticks), market.quantity(lots)] for ticks, lots in book]


def best_prices(desk: Desk, market: Market) -> dict[str, str]:
    """Write the best level of each side; zeros where there is none."""
    bids, asks = desk.exchange.depth(market.engine_symbol, 1)
    bid, ask = ((bids or [(0, 0)])[0], (asks or [(0, 0)])[0])
    return {
        "bidPrice": market.price(bid[0]),
        "bidQty": market.quantity(bid[1]),
        "askPrice": market.price(ask[0]),
        "askQty": market.quantity(ask[1]),
    }


def _markets(desk: Desk, call: Call) -> list[Market]:
    """Return the markets that `symbol` or `symbols` name, or all."""
    symbol, symbols = call.parameters.symbol(), call.parameters.symbols()
    if symbol is not None and symbols is not None:
        raise errors.OPTIONAL_COMBINATION.refusal()
    if symbol is not None:
        return [desk.markets.get(symbol)]
    if symbols is not None:
        return [desk.markets.get(name) for name in symbols]
    return list(desk.markets)


def _tickers(desk: Desk, call: Call, show: Callable[[Market], Json]) -> Outcome:
    shown = [show(market) for market in _markets(desk, call)]
    return Outcome(shown[0] if "symbol" in call.parameters else shown)


def _trade(market: Market, trade: TradePrinted) -> Json:
    return {
        "id": trade.trade_id,
        "price": market.price(trade.price_ticks),
        "qty": market.quantity(trade.quantity_lots),
        "quoteQty": money(quote_units(market, trade)),
        "time": moment(trade.transact_time_ns),
        "isBuyerMaker": trade.buyer_is_maker,
        "isBestMatch": True,
    }


def quote_units(market: Market, trade: TradePrinted) -> int:
    """Return what a trade moved, in units of 1e-8 quote."""
    return trade.price_ticks * trade.quantity_lots * market.instrument.quote_units_per_tick_lot


def _last_price(desk: Desk, market: Market) -> str:
    last_trade = desk.exchange.last_trade(market.engine_symbol)
    return _ZERO if last_trade is None else market.price(last_trade.price_ticks)


def _day(desk: Desk, market: Market, now_ns: int) -> Json:
    day = [
        trade
        for trade in desk.tape.trades(market.engine_symbol)
        if trade.transact_time_ns > now_ns - _DAY_NS
    ]
    return {
        "symbol": market.symbol,
        **_prices(market, day),
        "lastPrice": _last_price(desk, market),
        "lastQty": market.quantity(day[-1].quantity_lots if day else 0),
        **best_prices(desk, market),
        "volume": market.quantity(sum(trade.quantity_lots for trade in day)),
        "quoteVolume": money(sum(quote_units(market, trade) for trade in day)),
        "openTime": moment(now_ns - _DAY_NS),
        "closeTime": moment(now_ns),
        "firstId": day[0].trade_id if day else -1,
        "lastId": day[-1].trade_id if day else -1,
        "count": len(day),
    }


def _prices(market: Market, day: list[TradePrinted]) -> dict[str, str]:
    """Write open, high, low, average and change of a day's trades."""
    ticks = [trade.price_ticks for trade in day] or [0]
    lots = sum(trade.quantity_lots for trade in day)
    moved = Decimal(sum(trade.price_ticks * trade.quantity_lots for trade in day))
    average = moved / lots * market.instrument.tick_size if lots else Decimal(0)
    change = ticks[-1] - ticks[0]
    percent = Decimal(100 * change) / ticks[0] if ticks[0] else Decimal(0)
    sign = "-" if change < 0 else ""
    return {
        "priceChange": sign + market.price(abs(change)),
        "priceChangePercent": f"{percent:.3f}",
        "weightedAvgPrice": f"{average:.8f}",
        "prevClosePrice": market.price(ticks[0]),
        "openPrice": market.price(ticks[0]),
        "highPrice": market.price(max(ticks)),
        "lowPrice": market.price(min(ticks)),
    }
