"""The endpoints of market data, by their names on REST and on the WebSocket API."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.endpoint import Endpoint, public
from fillproof.simulator.dialects.binance.public import (
    books,
    klines,
    references,
    tickers,
    trades,
)

_SYMBOLS = ("symbol", "symbols", "symbolStatus")
_SPAN = ("startTime", "endTime", "limit")
_KLINES = ("symbol", "interval", *_SPAN, "timeZone")

DEPTH = public(books.depth, 5, "symbol", "limit", "symbolStatus", weigh=books.depth_weight)
TRADES = public(trades.trades, 25, "symbol", "limit")
HISTORICAL_TRADES = public(trades.historical_trades, 25, "symbol", "limit", "fromId")
BLOCK_TRADES = public(trades.historical_block_trades, 25, "symbol", "fromId", "limit")
AGGREGATE_TRADES = public(trades.aggregate_trades, 4, "symbol", "fromId", *_SPAN)
KLINES = public(klines.klines, 2, *_KLINES)
AVERAGE_PRICE = public(klines.average_price, 2, "symbol")
TICKER_DAY = public(tickers.ticker_day, 2, *_SYMBOLS, "type", weigh=tickers.day_weight)
TICKER_TRADING_DAY = public(
    tickers.ticker_trading_day,
    4,
    *_SYMBOLS,
    "timeZone",
    "type",
    weigh=tickers.window_weight,
)
TICKER_WINDOW = public(
    tickers.ticker_window, 4, *_SYMBOLS, "windowSize", "type", weigh=tickers.window_weight
)
TICKER_PRICE = public(tickers.ticker_price, 2, *_SYMBOLS, weigh=tickers.price_weight)
TICKER_BOOK = public(books.ticker_book, 2, *_SYMBOLS, weigh=tickers.price_weight)
EXECUTION_RULES = public(
    references.execution_rules, 40, *_SYMBOLS, weigh=references.execution_rules_weight
)
REFERENCE_PRICE = public(references.reference_price, 2, "symbol")
REFERENCE_CALCULATION = public(references.reference_price, 2, "symbol", "symbolStatus")

REST: dict[tuple[str, str], Endpoint] = {
    ("GET", "/api/v3/depth"): DEPTH,
    ("GET", "/api/v3/trades"): TRADES,
    ("GET", "/api/v3/historicalTrades"): HISTORICAL_TRADES,
    ("GET", "/api/v3/historicalBlockTrades"): BLOCK_TRADES,
    ("GET", "/api/v3/aggTrades"): AGGREGATE_TRADES,
    ("GET", "/api/v3/klines"): KLINES,
    ("GET", "/api/v3/uiKlines"): KLINES,
    ("GET", "/api/v3/avgPrice"): AVERAGE_PRICE,
    ("GET", "/api/v3/ticker/24hr"): TICKER_DAY,
    ("GET", "/api/v3/ticker/tradingDay"): TICKER_TRADING_DAY,
    ("GET", "/api/v3/ticker"): TICKER_WINDOW,
    ("GET", "/api/v3/ticker/price"): TICKER_PRICE,
    ("GET", "/api/v3/ticker/bookTicker"): TICKER_BOOK,
    ("GET", "/api/v3/executionRules"): EXECUTION_RULES,
    ("GET", "/api/v3/referencePrice"): REFERENCE_PRICE,
    ("GET", "/api/v3/referencePrice/calculation"): REFERENCE_CALCULATION,
}

METHODS: dict[str, Endpoint] = {
    "depth": DEPTH,
    "trades.recent": TRADES,
    "trades.historical": HISTORICAL_TRADES,
    "blockTrades.historical": BLOCK_TRADES,
    "trades.aggregate": AGGREGATE_TRADES,
    "klines": KLINES,
    "uiKlines": KLINES,
    "avgPrice": AVERAGE_PRICE,
    "ticker.24hr": TICKER_DAY,
    "ticker.tradingDay": TICKER_TRADING_DAY,
    "ticker": TICKER_WINDOW,
    "ticker.price": TICKER_PRICE,
    "ticker.book": TICKER_BOOK,
    "executionRules": EXECUTION_RULES,
    "referencePrice": REFERENCE_PRICE,
    "referencePrice.calculation": REFERENCE_CALCULATION,
}
