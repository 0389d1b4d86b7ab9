"""Tickers: what a day, a window or a calendar day did to a market."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, NOW_MS, Bench

from fillproof.simulator.vocabulary.commands import FillOrder, SetPhase
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import MarketPhase

SECOND = 1_000_000_000
HOUR = 3_600 * SECOND
ETH_USDT = Instrument(
    symbol="ETH-USDT",
    base="ETH",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.001"),
    min_quantity=Decimal("0.001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)


def trade(venue: Bench, price: str, lots: int) -> None:
    """Let a stranger buy so many lots of alice at a price."""
    placed = venue.limit("SELL", "1", price, None)
    venue.apply(FillOrder(placed["orderId"], lots))
    venue.cancel(placed["clientOrderId"])


@pytest.fixture
def traded(venue: Bench) -> Bench:
    """Return a market that traded 26, 3 and 1 hours ago, and just now."""
    for price, lots, hours in (("10000", 1, 23), ("20000", 2, 2), ("40000", 2, 1), ("30000", 4, 0)):
        trade(venue, price, lots)
        venue.pass_time(hours * HOUR)
    return venue


def ask(venue: Bench, path: str, query: str = "symbol=BTCUSDT") -> Any:
    """Return the body of a ticker request."""
    status, body = venue.ask("GET", f"/api/v3/{path}", query)
    assert status == 200, body
    return body


def test_the_last_day_is_told_with_every_field(traded: Bench) -> None:
    """Prices, average and change are of the trades of 24 hours; the one before them is told too."""
    traded.limit("BUY", "2", "100", None)
    now_ms = traded.now_ns // 1_000_000
    assert ask(traded, "ticker/24hr") == {
        "symbol": "BTCUSDT",
        "priceChange": "10000.00000000",
        "priceChangePercent": "50.000",
        "weightedAvgPrice": "30000.00000000",
        "prevClosePrice": "10000.00000000",
        "lastPrice": "30000.00000000",
        "lastQty": "0.00040000",
        "bidPrice": "100.00000000",
        "bidQty": "2.00000000",
        "askPrice": "0.00000000",
        "askQty": "0.00000000",
        "openPrice": "20000.00000000",
        "highPrice": "40000.00000000",
        "lowPrice": "20000.00000000",
        "volume": "0.00080000",
        "quoteVolume": "24.00000000",
        "openTime": now_ms - 86_400_000,
        "closeTime": now_ms,
        "firstId": 2,
        "lastId": 4,
        "count": 3,
    }


def test_in_short_a_ticker_has_no_changes_and_no_book(traded: Bench) -> None:
    """MINI leaves out change, average, book and what was before."""
    assert list(ask(traded, "ticker/24hr", "symbol=BTCUSDT&type=MINI")) == [
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
    ]


@pytest.mark.parametrize(
    ("window", "count", "first"), [("59m", 1, 4), ("1h", 2, 3), ("4h", 3, 2), ("2d", 4, 1)]
)
def test_a_window_begins_with_a_minute(traded: Bench, window: str, count: int, first: int) -> None:
    """The window reaches back to the start of the minute that its length ends in."""
    ticker = ask(traded, "ticker", f"symbol=BTCUSDT&windowSize={window}")
    assert (ticker["count"], ticker["firstId"]) == (count, first)
    assert ticker["openTime"] % 60_000 == 0
    assert ticker["closeTime"] == traded.now_ns // 1_000_000
    assert list(ticker)[:4] == ["symbol", "priceChange", "priceChangePercent", "weightedAvgPrice"]


@pytest.mark.parametrize(
    ("zone", "count", "hours"),
    [("", 1, 0), ("&timeZone=2", 2, -2), ("&timeZone=8", 3, -8), ("&timeZone=-01:00", 3, -23)],
)
def test_a_trading_day_is_a_calendar_day_of_a_zone(
    traded: Bench, zone: str, count: int, hours: int
) -> None:
    """The day runs from midnight to midnight, 24 hours less a millisecond."""
    midnight_ms = 1_700_092_800_000
    ticker = ask(traded, "ticker/tradingDay", f"symbol=BTCUSDT{zone}")
    assert ticker["count"] == count
    assert ticker["openTime"] == midnight_ms + hours * 3_600_000
    assert ticker["closeTime"] - ticker["openTime"] == 86_399_999


def test_a_day_without_trades_stands_where_the_price_was_left(venue: Bench) -> None:
    """Without a trade in 24 hours all prices are the last one, and the ids are -1."""
    never = ask(venue, "ticker/24hr")
    assert (never["lastPrice"], never["openPrice"], never["firstId"]) == (
        "0.00000000",
        "0.00000000",
        -1,
    )
    trade(venue, "20000", 1)
    venue.pass_time(25 * HOUR)
    quiet = ask(venue, "ticker/24hr")
    prices = {quiet[f"{name}Price"] for name in ("open", "high", "low", "last", "prevClose")}
    assert prices == {"20000.00000000"}
    assert (quiet["count"], quiet["volume"], quiet["lastId"]) == (0, "0.00000000", -1)
    assert quiet["priceChangePercent"] == "0.000"


def test_the_average_price_is_of_five_minutes(venue: Bench) -> None:
    """AvgPrice weighs the trades of five minutes; later it is the last price."""
    trade(venue, "10000", 1)
    venue.pass_time(60 * SECOND)
    trade(venue, "40000", 2)
    average = {"mins": 5, "price": "30000.00000000", "closeTime": NOW_MS + 60_000}
    assert ask(venue, "avgPrice") == average
    venue.pass_time(250 * SECOND)
    assert ask(venue, "avgPrice") == average | {"price": "40000.00000000"}
    venue.pass_time(HOUR)
    assert ask(venue, "avgPrice") == average | {"price": "40000.00000000"}


def test_many_markets_are_a_list() -> None:
    """`symbols` and no symbol give a list in its order, and halted markets can be left out."""
    venue = Bench(instruments=(BTC_USDT, ETH_USDT))
    both = "symbols=%5B%22ETHUSDT%22,%22BTCUSDT%22%5D"
    for path in ("ticker/24hr", "ticker/price", "ticker/bookTicker", "ticker", "ticker/tradingDay"):
        assert [one["symbol"] for one in ask(venue, path, both)] == ["ETHUSDT", "BTCUSDT"]
    venue.apply(SetPhase("ETH-USDT", MarketPhase.HALTED))
    halted = ask(venue, "ticker/price", "symbolStatus=HALT")
    assert [one["symbol"] for one in halted] == ["ETHUSDT"]
    assert [one["symbol"] for one in ask(venue, "ticker", f"{both}&symbolStatus=TRADING")] == [
        "BTCUSDT"
    ]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("ticker/24hr", "symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D", -1128),
        ("ticker/24hr", "symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D", -1151),
        ("ticker/24hr", "symbols=BTCUSDT", -1100),
        ("ticker/24hr", "symbols=%5B%22NONE%22%5D", -1121),
        ("ticker/24hr", "symbol=BTCUSDT&type=SHORT", -1139),
        ("ticker/24hr", "symbol=BTCUSDT&symbolStatus=OPEN", -1122),
        ("ticker/24hr", "symbol=BTCUSDT&symbolStatus=BREAK", -1220),
        ("ticker", "", -1102),
        ("ticker", "symbol=BTCUSDT&windowSize=1d2h", -1100),
        ("ticker", "symbol=BTCUSDT&windowSize=60m", -1130),
        ("ticker", "symbol=BTCUSDT&windowSize=8d", -1130),
        ("ticker", "symbol=BTCUSDT&windowSize=0h", -1130),
        ("ticker/tradingDay", "symbol=BTCUSDT&timeZone=15", -1130),
        ("ticker/tradingDay", "windowSize=1h", -1104),
        ("avgPrice", "", -1102),
        ("avgPrice", "symbol=btcusdt", -1100),
    ],
)
def test_what_no_ticker_can_be_made_of_is_refused(
    venue: Bench, path: str, query: str, code: int
) -> None:
    """Markets, windows, types and zones are checked, each with its own error."""
    status, body = venue.ask("GET", f"/api/v3/{path}", query)
    assert (status, body["code"]) == (400, code)


@pytest.mark.parametrize(
    ("method", "parameters", "weight"),
    [
        ("ticker.24hr", {"symbol": "BTCUSDT"}, 2),
        ("ticker.24hr", {}, 80),
        ("ticker.24hr", {"symbols": ["BTCUSDT"]}, 2),
        ("ticker.price", {"symbol": "BTCUSDT"}, 2),
        ("ticker.price", {}, 4),
        ("ticker.book", {"symbols": ["BTCUSDT"]}, 4),
        ("ticker", {"symbol": "BTCUSDT", "windowSize": "5m"}, 4),
        ("ticker.tradingDay", {"symbols": ["BTCUSDT"], "timeZone": "+05:45"}, 4),
        ("avgPrice", {"symbol": "BTCUSDT"}, 2),
        ("klines", {"symbol": "BTCUSDT", "interval": "1d"}, 2),
        ("uiKlines", {"symbol": "BTCUSDT", "interval": "1d"}, 2),
        ("trades.recent", {"symbol": "BTCUSDT"}, 25),
        ("trades.historical", {"symbol": "BTCUSDT", "fromId": 0}, 25),
        ("trades.aggregate", {"symbol": "BTCUSDT", "limit": 1}, 4),
        ("blockTrades.historical", {"symbol": "BTCUSDT", "fromId": 0}, 25),
        ("executionRules", {"symbol": "BTCUSDT"}, 2),
        ("executionRules", {}, 40),
        ("depth", {"symbol": "BTCUSDT", "limit": 500}, 25),
    ],
)
def test_all_of_it_can_be_asked_by_name(
    venue: Bench, method: str, parameters: dict[str, Any], weight: int
) -> None:
    """The WebSocket API gives the same answers, and weighs by the markets asked for."""
    venue.open("/ws-api/v3")
    before = venue.call("ping", sign_it=False)["rateLimits"][0]["count"]
    reply = venue.call(method, sign_it=False, **parameters)
    assert reply["status"] == 200, reply
    assert reply["rateLimits"][0]["count"] - before == weight
