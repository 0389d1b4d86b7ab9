"""Trades as anybody may look them up, one by one and by taker."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import NOW_MS, Bench

from fillproof.simulator.vocabulary.commands import FillOrder

SECOND = 1_000_000_000


@pytest.fixture
def busy(venue: Bench) -> Bench:
    """Return a market where bob bought thrice, a second apart: from two orders and three levels."""
    for name, quantity, price in (
        ("a", "0.1", "30000"),
        ("b", "0.2", "30000"),
        ("c", "0.3", "30001"),
        ("d", "0.4", "30002"),
    ):
        venue.limit("SELL", quantity, price, name)
    for quantity in ("0.6", "0.1", "0.1"):
        venue.place("bob", type="MARKET", timeInForce=None, price=None, quantity=quantity)
        venue.pass_time(SECOND)
    return venue


def ids(busy: Bench, path: str, query: str = "", key: str = "id") -> list[int]:
    """Return the ids of the trades that an endpoint shows."""
    status, body = busy.ask("GET", f"/api/v3/{path}", f"symbol=BTCUSDT{query}")
    assert status == 200
    return [trade[key] for trade in body]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("&limit=2", [4, 5]),
        ("&fromId=2&limit=2", [2, 3]),
        ("&fromId=5", [5]),
        ("&fromId=6", []),
    ],
)
def test_trades_are_looked_up_by_id(busy: Bench, query: str, shown: list[int]) -> None:
    """HistoricalTrades shows the latest, or those from an id on; nobody needs a key for it."""
    assert ids(busy, "historicalTrades", query) == shown


def test_the_fills_of_a_taker_at_one_price_are_one_aggregate(busy: Bench) -> None:
    """Two orders met at 30000 by one taker are one aggregate; another taker's is another."""
    shown = busy.ask("GET", "/api/v3/aggTrades", "symbol=BTCUSDT")[1]
    assert [(one["a"], one["p"], one["q"], one["f"], one["l"]) for one in shown] == [
        (1, "30000.00000000", "0.30000000", 1, 2),
        (2, "30001.00000000", "0.30000000", 3, 3),
        (3, "30002.00000000", "0.10000000", 4, 4),
        (4, "30002.00000000", "0.10000000", 5, 5),
    ]
    assert shown[0]["T"] == NOW_MS
    assert (shown[0]["m"], shown[0]["M"]) == (False, True)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1, 2, 3, 4]),
        ("&limit=3", [2, 3, 4]),
        ("&fromId=2&limit=2", [2, 3]),
        (f"&startTime={NOW_MS + 1000}", [3, 4]),
        (f"&startTime={NOW_MS}&limit=1", [1]),
        (f"&endTime={NOW_MS + 1000}&limit=2", [2, 3]),
        (f"&startTime={NOW_MS + 1}&endTime={NOW_MS + 1000}", [3]),
        (f"&startTime={(NOW_MS + 2000) * 1000}", [4]),
        (f"&startTime={NOW_MS + 9000}", []),
    ],
)
def test_aggregates_are_looked_up_by_number_or_time(
    busy: Bench, query: str, shown: list[int]
) -> None:
    """From a number or a start on the first are shown, else the latest; both ends are included."""
    assert ids(busy, "aggTrades", query, key="a") == shown


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("aggTrades", "&fromId=1&startTime=5", -1128),
        ("aggTrades", "&limit=0", -1130),
        ("aggTrades", "&startTime=x", -1100),
        ("historicalTrades", "&fromId=-1", -1100),
        ("trades", "&limit=many", -1100),
        ("trades", "&fromId=1", -1104),
        ("historicalBlockTrades", "", -1102),
        ("klines", "&interval=1m&fromId=3", -1104),
        ("depth", "&symbolStatus=OPEN", -1122),
        ("depth", "&symbolStatus=HALT", -1220),
        ("referencePrice", "", -2043),
        ("referencePrice/calculation", "", -2043),
        ("executionRules", "&symbolStatus=HALT", -1128),
    ],
)
def test_wrong_questions_are_refused(venue: Bench, path: str, query: str, code: int) -> None:
    """Each parameter is checked, and those that contradict each other."""
    status, body = venue.ask("GET", f"/api/v3/{path}", f"symbol=BTCUSDT{query}")
    assert (status, body["code"]) == (400, code)


def test_there_are_no_block_trades_and_no_execution_rules(venue: Bench) -> None:
    """What no market has is told as an empty list."""
    asked = "symbol=BTCUSDT&fromId=1"
    assert venue.ask("GET", "/api/v3/historicalBlockTrades", asked)[1] == []
    assert venue.ask("GET", "/api/v3/executionRules")[1] == {"symbolRules": []}


@pytest.mark.parametrize(
    ("limit", "weight"), [("", 5), ("&limit=101", 25), ("&limit=1000", 50), ("&limit=9999", 250)]
)
def test_a_look_at_more_of_the_book_weighs_more(venue: Bench, limit: str, weight: int) -> None:
    """Depth costs by the levels asked for, and more than 5000 are 5000."""
    venue.open("/ws-api/v3")
    before = venue.call("ping", sign_it=False)["rateLimits"][0]["count"]
    venue.ask("GET", "/api/v3/depth", f"symbol=BTCUSDT{limit}")
    after = venue.call("ping", sign_it=False)["rateLimits"][0]["count"]
    assert after - before == weight + 1


def test_one_taker_is_one_event_of_the_stream(venue: Bench) -> None:
    """@aggTrade tells an aggregate once and whole, @trade each of its trades."""
    for name in ("a", "b"):
        venue.limit("SELL", "0.1", "30000", name)
    venue.open("/stream?streams=btcusdt@aggTrade/btcusdt@trade")
    venue.place("bob", type="MARKET", timeInForce=None, price=None, quantity="0.2")
    told: list[Any] = [(event["stream"], event["data"]) for event in venue.heard[1]]
    assert [(name, data.get("t"), data["q"]) for name, data in told] == [
        ("btcusdt@trade", 1, "0.10000000"),
        ("btcusdt@trade", 2, "0.10000000"),
        ("btcusdt@aggTrade", None, "0.20000000"),
    ]
    aggregate = told[-1][1]
    assert list(aggregate) == ["e", "E", "s", "a", "p", "q", "f", "l", "T", "m", "M"]
    assert (aggregate["a"], aggregate["f"], aggregate["l"]) == (1, 1, 2)


def test_strangers_are_takers_of_their_own(venue: Bench) -> None:
    """Fills by two counterparties at one price and moment are two aggregates."""
    venue.limit("SELL", "1", "30000", "a")
    venue.apply(FillOrder(1, 1000))
    venue.apply(FillOrder(1, 1000))
    assert ids(venue, "aggTrades", key="a") == [1, 2]
