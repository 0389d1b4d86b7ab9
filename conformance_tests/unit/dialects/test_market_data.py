"""Public data: rules, books, trades, tickers and their streams."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.vocabulary.commands import FillOrder


def test_the_book_is_shown_best_first(venue: Bench) -> None:
    """Depth lists levels best first, with the number of the last update."""
    for price in ("28000", "29000"):
        venue.limit("BUY", "1", price, f"b{price}")
        venue.limit("SELL", "1", str(int(price) + 2000), f"s{price}", who="bob")
    assert venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT&limit=1")[1] == {
        "lastUpdateId": 1004,
        "bids": [["29000.00000000", "1.00000000"]],
        "asks": [["30000.00000000", "1.00000000"]],
    }


def test_a_shown_book_may_be_as_old_as_the_quirk_says() -> None:
    """The book of a cache: levels and update number of some time ago, the latest of that age."""
    venue = Bench(quirks=Quirks(snapshot_age_ns=3_000_000_000))
    shown = []
    for price in ("28000", "28001", "28002", "28003"):
        venue.limit("BUY", "1", price, f"b{price}")
        venue.pass_time(2_000_000_000)
        book = venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT&limit=2")[1]
        shown.append((book["lastUpdateId"], [bid[0][:5] for bid in book["bids"]]))
    assert shown == [
        (1000, []),
        (1001, ["28000"]),
        (1002, ["28001", "28000"]),
        (1003, ["28002", "28001"]),
    ]


def test_trades_and_tickers_follow_the_market(venue: Bench) -> None:
    """trades, ticker/24hr, ticker/price and ticker/bookTicker show what traded and what rests."""
    venue.limit("SELL", "1", "30000", "a")
    venue.apply(FillOrder(1, 1000))
    assert venue.ask("GET", "/api/v3/trades", "symbol=BTCUSDT")[1] == [
        {
            "id": 1,
            "price": "30000.00000000",
            "qty": "0.10000000",
            "quoteQty": "3000.00000000",
            "time": 1_700_000_000_000,
            "isBuyerMaker": False,
            "isBestMatch": True,
        }
    ]
    day = venue.ask("GET", "/api/v3/ticker/24hr", "symbol=BTCUSDT")[1]
    assert (day["lastPrice"], day["volume"], day["count"]) == ("30000.00000000", "0.10000000", 1)
    assert day["weightedAvgPrice"] == "30000.00000000"
    price = venue.ask("GET", "/api/v3/ticker/price", "symbol=BTCUSDT")[1]
    assert price == {"symbol": "BTCUSDT", "price": "30000.00000000"}
    assert venue.ask("GET", "/api/v3/ticker/bookTicker")[1] == [
        {
            "symbol": "BTCUSDT",
            "bidPrice": "0.00000000",
            "bidQty": "0.00000000",
            "askPrice": "30000.00000000",
            "askQty": "0.90000000",
        }
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/sapi/v1/capital/config/getall",
        "/sapi/v1/margin/allPairs",
        "/sapi/v1/margin/isolated/allPairs",
    ],
)
def test_the_wallet_has_nothing_to_say(venue: Bench, path: str) -> None:
    """Endpoints that ccxt asks before it trades answer with empty lists."""
    assert venue.signed("GET", path) == (200, [])


def test_fees_are_published_by_market(venue: Bench) -> None:
    """asset/tradeFee and account/commission tell the rates the engine charges."""
    assert venue.signed("GET", "/sapi/v1/asset/tradeFee")[1] == [
        {"symbol": "BTCUSDT", "makerCommission": "0.001", "takerCommission": "0.002"}
    ]
    commission = venue.signed("GET", "/api/v3/account/commission", symbol="BTCUSDT")[1]
    assert commission["standardCommission"]["maker"] == "0.00100000"


@pytest.mark.parametrize("path", ["/fapi/v1/exchangeInfo", "/dapi/v1/exchangeInfo"])
def test_the_futures_hosts_have_no_market(venue: Bench, path: str) -> None:
    """Ccxt asks the futures hosts for their markets too: there are none."""
    assert venue.ask("GET", path)[1]["symbols"] == []


def test_depth_diffs_continue_the_snapshot(venue: Bench) -> None:
    """Each diff begins after the last one's u, and u of the last is the snapshot's lastUpdateId."""
    venue.open("/ws/btcusdt@depth@100ms")
    snapshot = venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT")[1]
    venue.limit("BUY", "1", "29000", "a")
    venue.limit("BUY", "1", "28000", "b")
    venue.limit("SELL", "1.5", "28000", "c", who="bob")
    first, second, third = venue.heard[1]
    assert first["U"] == snapshot["lastUpdateId"] + 1
    assert (second["U"], third["U"]) == (first["u"] + 1, second["u"] + 1)
    assert third["b"] == [["29000.00000000", "0.00000000"], ["28000.00000000", "0.50000000"]]
    assert third["u"] == venue.ask("GET", "/api/v3/depth", "symbol=BTCUSDT")[1]["lastUpdateId"]


def test_trades_and_best_prices_are_streamed(venue: Bench) -> None:
    """@trade and @aggTrade tell each match, @bookTicker each change of the best prices."""
    venue.limit("SELL", "1", "30000", "a")
    venue.open("/stream?streams=btcusdt@trade/btcusdt@aggTrade/btcusdt@bookTicker")
    venue.apply(FillOrder(1, 1000))
    trade, aggregate, best = venue.heard[1]
    assert trade == {
        "stream": "btcusdt@trade",
        "data": {
            "e": "trade",
            "E": 1_700_000_000_000,
            "s": "BTCUSDT",
            "t": 1,
            "p": "30000.00000000",
            "q": "0.10000000",
            "T": 1_700_000_000_000,
            "m": False,
            "M": True,
        },
    }
    assert (aggregate["data"]["a"], aggregate["data"]["f"], aggregate["data"]["l"]) == (1, 1, 1)
    assert best["data"] == {
        "u": 1002,
        "s": "BTCUSDT",
        "b": "0.00000000",
        "B": "0.00000000",
        "a": "30000.00000000",
        "A": "0.90000000",
    }


@pytest.mark.parametrize("path", ["/ws", "/ws/0", "/stream", "/stream/17"])
def test_streams_can_be_subscribed_later(venue: Bench, path: str) -> None:
    """A socket begins with nothing, whatever number is in its path, and takes subscriptions."""
    venue.open(path)
    assert venue.say({"method": "LIST_SUBSCRIPTIONS", "id": 3}) == {"result": [], "id": 3}
    assert venue.dialect.sockets("public_stream") == ()
    subscribe: dict[str, Any] = {"method": "SUBSCRIBE", "params": ["btcusdt@depth"], "id": "x"}
    assert venue.say(subscribe) == {"result": None, "id": "x"}
    assert venue.dialect.sockets("public_stream") == (1,)
    venue.limit("BUY", "1", "29000", "a")
    [event] = venue.heard[1]
    assert ("stream" in event) == path.startswith("/stream")
    venue.say(subscribe | {"method": "UNSUBSCRIBE"})
    venue.limit("BUY", "1", "28000", "b")
    assert len(venue.heard[1]) == 1


def test_a_closed_socket_hears_nothing(venue: Bench) -> None:
    """After a socket closed nothing is made for it."""
    venue.open("/ws/btcusdt@depth")
    venue.dialect.close_socket(1)
    venue.limit("BUY", "1", "29000", "a")
    assert venue.heard[1] == []
