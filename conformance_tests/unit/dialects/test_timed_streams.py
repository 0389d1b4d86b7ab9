"""Streams that need a clock: when they speak, what they say, and that they are else silent."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, NOW_MS, Bench
from conformance_tests.unit.dialects.test_tickers import ETH_USDT, trade

from fillproof.simulator.dialects.binance import Quirks

MILLISECOND = 1_000_000
SECOND = 1_000 * MILLISECOND
MINUTE = 60 * SECOND
TIMED = (
    "ticker",
    "miniTicker",
    "ticker_1h",
    "ticker_4h",
    "ticker_1d",
    "kline_1m",
    "kline_1M@+08:00",
    "avgPrice",
    "depth5",
    "depth20@100ms",
)


def hear(venue: Bench, *streams: str) -> list[Any]:
    """Open a socket with these streams; return what it hears from now on."""
    venue.open("/ws/" + "/".join(streams))
    return venue.heard[1]


@pytest.fixture
def offbeat(venue: Bench) -> Bench:
    """Return a venue at a quarter past a second that begins a minute."""
    venue.pass_time(40 * SECOND + 250 * MILLISECOND)
    return venue


def test_a_venue_that_nobody_listens_to_never_wakes_up(venue: Bench) -> None:
    """Without a timed stream there is no timer, whatever is traded."""
    hear(venue, "btcusdt@trade", "btcusdt@depth", "nobody@ticker", "btcusdt@nonsense")
    trade(venue, "30000", 5)
    assert venue.dialect.next_wake_ns() is None


@pytest.mark.parametrize("stream", TIMED)
def test_the_timer_ends_with_the_last_listener(venue: Bench, stream: str) -> None:
    """Unsubscribing and closing both end it."""
    trade(venue, "30000", 5)
    hear(venue, f"btcusdt@{stream}")
    venue.open("/ws", socket=2)
    subscribe = {"method": "SUBSCRIBE", "params": [f"btcusdt@{stream}"], "id": 1}
    venue.say(subscribe, socket=2)
    assert venue.dialect.next_wake_ns() is not None
    venue.say(subscribe | {"method": "UNSUBSCRIBE"}, socket=2)
    assert venue.dialect.next_wake_ns() is not None
    venue.dialect.close_socket(1)
    assert venue.dialect.next_wake_ns() is None


@pytest.mark.parametrize(
    "stream", ["ticker", "miniTicker", "ticker_1h", "depth5", "depth10@100ms", "avgPrice"]
)
def test_a_quiet_market_is_told_once_and_then_silent(venue: Bench, stream: str) -> None:
    """Who subscribes hears the state at the next tick, and nothing more until something happens."""
    told = hear(venue, f"btcusdt@{stream}")
    venue.pass_time(SECOND)
    assert len(told) == 1
    assert venue.dialect.next_wake_ns() is None
    venue.pass_time(3_600 * SECOND)
    assert len(told) == 1


def test_events_come_at_whole_seconds(offbeat: Bench) -> None:
    """What happens in a second is told once, at its end."""
    told = hear(offbeat, "btcusdt@miniTicker")
    for price in ("30000", "30001"):
        trade(offbeat, price, 1)
        offbeat.pass_time(100 * MILLISECOND)
    assert told == []
    offbeat.pass_time(SECOND)
    assert [event["E"] for event in told] == [NOW_MS + 41_000]
    assert told[0] == {
        "e": "24hrMiniTicker",
        "E": NOW_MS + 41_000,
        "s": "BTCUSDT",
        "c": "30001.00000000",
        "o": "30000.00000000",
        "h": "30001.00000000",
        "l": "30000.00000000",
        "v": "0.00020000",
        "q": "6.00010000",
    }


def test_a_ticker_says_what_rest_says(offbeat: Bench) -> None:
    """@ticker has the fields of ticker/24hr by single letters, in the venue's order."""
    told = hear(offbeat, "btcusdt@ticker")
    trade(offbeat, "30000", 1)
    offbeat.pass_time(750 * MILLISECOND)
    rest = offbeat.ask("GET", "/api/v3/ticker/24hr", "symbol=BTCUSDT")[1]
    [event] = told
    assert list(event) == [*"eEs", *"pPwxcQbBaAohlvqOCFLn"]
    assert (event["e"], event["s"]) == ("24hrTicker", "BTCUSDT")
    assert list(event.values())[3:-9] == [
        rest[name]
        for name in (
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
        )
    ]
    assert (event["O"], event["C"], event["n"]) == (rest["openTime"], rest["closeTime"], 1)


def test_a_window_ticker_is_named_by_its_window(offbeat: Bench) -> None:
    """@ticker_4h says 4hTicker, opens with a minute, and has no book."""
    told = hear(offbeat, "btcusdt@ticker_4h")
    trade(offbeat, "30000", 1)
    offbeat.pass_time(SECOND)
    [event] = told
    assert list(event) == [*"eEs", *"pPohlcwvqOCFLn"]
    assert event["e"] == "4hTicker"
    assert event["O"] == NOW_MS + 40_000 - 4 * 3_600_000


def test_all_tickers_tell_those_that_changed() -> None:
    """!miniTicker@arr and !ticker_1h@arr list the markets that traded since the last time."""
    venue = Bench(instruments=(BTC_USDT, ETH_USDT))
    told = hear(venue, "!miniTicker@arr", "!ticker_1h@arr")
    venue.pass_time(SECOND)
    assert told == []
    for _ in range(2):
        trade(venue, "30000", 1)
        venue.pass_time(SECOND)
    assert [[one["s"] for one in event] for event in told] == [["BTCUSDT"]] * 4
    assert [event[0]["e"] for event in told[:2]] == ["24hrMiniTicker", "1hTicker"]


@pytest.mark.parametrize(
    ("stream", "leaves_ms"),
    [
        ("btcusdt@ticker", 40_000 + 1_000 + 24 * 3_600_000),
        ("btcusdt@miniTicker", 40_000 + 1_000 + 24 * 3_600_000),
        ("btcusdt@ticker_1h", 40_000 + 60_000 + 3_600_000),
        ("!ticker_4h@arr", 40_000 + 60_000 + 4 * 3_600_000),
    ],
)
def test_a_trade_that_leaves_the_window_is_told(
    offbeat: Bench, stream: str, leaves_ms: int
) -> None:
    """A day loses its trades second by second, a shorter window minute by minute; then silence."""
    told = hear(offbeat, stream)
    trade(offbeat, "30000", 1)
    offbeat.pass_time(48 * 3_600 * SECOND)
    events = [event[0] if isinstance(event, list) else event for event in told]
    assert [event["E"] - NOW_MS for event in events] == [41_000, leaves_ms]
    assert [event["v"] for event in events] == ["0.00010000", "0.00000000"]
    assert {event["c"] for event in events} == {"30000.00000000"}
    assert offbeat.dialect.next_wake_ns() is None


def test_a_candle_grows_and_is_told_as_closed(offbeat: Bench) -> None:
    """@kline_1m tells the candle every two seconds while it trades, and at the minute's end."""
    told = hear(offbeat, "btcusdt@kline_1m")
    trade(offbeat, "30000", 1)
    offbeat.pass_time(30 * SECOND)
    trade(offbeat, "30010", 2)
    offbeat.pass_time(30 * SECOND)
    assert [(event["E"] - NOW_MS, event["k"]["x"]) for event in told] == [
        (42_000, False),
        (72_000, False),
        (100_000, True),
    ]
    assert told[-1] == {
        "e": "kline",
        "E": NOW_MS + 100_000,
        "s": "BTCUSDT",
        "k": {
            "t": NOW_MS + 40_000,
            "T": NOW_MS + 99_999,
            "s": "BTCUSDT",
            "i": "1m",
            "f": 1,
            "L": 2,
            "o": "30000.00000000",
            "c": "30010.00000000",
            "h": "30010.00000000",
            "l": "30000.00000000",
            "v": "0.00030000",
            "n": 2,
            "x": True,
            "q": "9.00200000",
            "V": "0.00030000",
            "Q": "9.00200000",
            "B": "0",
        },
    }
    assert list(told[-1]["k"]) == [*"tTsifLochlvnxqVQB"]


def test_empty_candles_are_closed_too(offbeat: Bench) -> None:
    """After the first trade every minute is told, without a trade at the last price."""
    told = hear(offbeat, "btcusdt@kline_1m")
    offbeat.pass_time(5 * MINUTE)
    assert told == []
    trade(offbeat, "30000", 1)
    offbeat.pass_time(3 * MINUTE)
    closed = [event["k"] for event in told if event["k"]["x"]]
    assert [(one["t"] - NOW_MS, one["n"], one["f"]) for one in closed] == [
        (340_000, 1, 1),
        (400_000, 0, -1),
        (460_000, 0, -1),
    ]
    assert {one["c"] for one in closed} == {"30000.00000000"}


def test_candles_of_a_second_and_of_a_zone(offbeat: Bench) -> None:
    """@kline_1s closes each second; @kline_1d@+08:00 begins at four in the afternoon UTC."""
    told = hear(offbeat, "btcusdt@kline_1s", "btcusdt@kline_1d@+08:00")
    trade(offbeat, "30000", 1)
    offbeat.pass_time(4 * SECOND)
    seconds = [event["k"] for event in told if event["k"]["i"] == "1s"]
    assert [(one["t"] - NOW_MS, one["n"], one["x"]) for one in seconds] == [
        (40_000, 1, True),
        (41_000, 0, True),
        (42_000, 0, True),
        (43_000, 0, True),
    ]
    [day] = [event["k"] for event in told if event["k"]["i"] == "1d"]
    assert day["t"] % 86_400_000 == 16 * 3_600_000


def test_a_trade_at_the_tick_itself_is_of_the_next_candle(offbeat: Bench) -> None:
    """What happens in the nanosecond a candle ends is told with the one that begins."""
    told = hear(offbeat, "btcusdt@kline_1m")
    trade(offbeat, "30000", 1)
    offbeat.pass_time(MINUTE - 250 * MILLISECOND - 1)
    offbeat.now_ns += 1
    trade(offbeat, "31000", 1)
    offbeat.pass_time(2 * SECOND)
    assert [(event["k"]["n"], event["k"]["c"], event["k"]["x"]) for event in told] == [
        (1, "30000.00000000", False),
        (1, "30000.00000000", True),
        (1, "31000.00000000", False),
    ]


def test_the_average_price_is_told_when_it_is_another(offbeat: Bench) -> None:
    """@avgPrice follows the trades, also as they leave the five minutes, and then ends."""
    told = hear(offbeat, "btcusdt@avgPrice")
    trade(offbeat, "10000", 1)
    offbeat.pass_time(MINUTE)
    trade(offbeat, "30000", 1)
    offbeat.pass_time(10 * MINUTE)
    assert [(event["w"], event["T"]) for event in told] == [
        ("10000.00000000", NOW_MS + 40_250),
        ("20000.00000000", NOW_MS + 100_250),
        ("30000.00000000", NOW_MS + 100_250),
    ]
    assert list(told[0]) == ["e", "E", "s", "i", "w", "T"]
    assert offbeat.dialect.next_wake_ns() is None


def test_the_top_of_a_book_comes_at_its_speed(offbeat: Bench) -> None:
    """@depth5 tells five levels once a second, @depth5@100ms ten times, if something changed."""
    told = hear(offbeat, "btcusdt@depth5@100ms")
    for price in range(6):
        offbeat.limit("BUY", "0.1", str(20_000 + price), None)
    offbeat.pass_time(50 * MILLISECOND)
    [event] = told
    assert list(event) == ["lastUpdateId", "bids", "asks"]
    assert [level[0] for level in event["bids"]] == [
        f"{20_000 + price}.00000000" for price in (5, 4, 3, 2, 1)
    ]
    told.clear()
    offbeat.open("/ws/btcusdt@depth5", socket=2)
    offbeat.limit("BUY", "0.1", "20010", None)
    offbeat.pass_time(SECOND)
    assert (len(told), len(offbeat.heard[2])) == (1, 1)


def test_diffs_may_wait_as_their_names_say() -> None:
    """With the quirk a tenth of a second or a second is one diff, and none is left out."""
    venue = Bench(quirks=Quirks(depth_interval=True))
    venue.pass_time(MILLISECOND)
    fast = hear(venue, "btcusdt@depth@100ms")
    venue.open("/ws/btcusdt@depth", socket=2)
    slow = venue.heard[2]
    for step in range(12):
        venue.limit("BUY", "0.1", str(20_000 + step % 6), None)
        venue.pass_time(50 * MILLISECOND)
    venue.pass_time(SECOND)
    assert (len(fast), len(slow)) == (6, 1)
    assert [one["U"] for one in fast[1:]] == [one["u"] + 1 for one in fast[:-1]]
    assert (fast[0]["U"], fast[-1]["u"]) == (slow[0]["U"], slow[0]["u"])
    assert slow[0]["b"][0] == ["20000.00000000", "0.20000000"]
    assert venue.dialect.next_wake_ns() is None


def test_times_may_be_in_microseconds(offbeat: Bench) -> None:
    """A socket that asked for microseconds has them, beside one that did not."""
    offbeat.open("/stream?streams=btcusdt@kline_1m&timeUnit=MICROSECOND", socket=1)
    offbeat.open("/stream?streams=btcusdt@kline_1m", socket=2)
    trade(offbeat, "30000", 1)
    offbeat.pass_time(2 * SECOND)
    [fine], [coarse] = offbeat.heard[1], offbeat.heard[2]
    assert fine["data"]["k"]["T"] == (NOW_MS + 100_000) * 1_000 - 1
    assert coarse["data"]["k"]["T"] == NOW_MS + 99_999
    assert fine["stream"] == coarse["stream"] == "btcusdt@kline_1m"
