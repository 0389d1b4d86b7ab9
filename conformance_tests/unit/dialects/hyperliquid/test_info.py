"""What POST /info answers, type by type."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALO,
    BOB,
    CLOID,
    IOC,
    NOW_MS,
    OTHER_CLOID,
    PERPETUAL,
    SPOT,
    USER,
    Bench,
    order,
)

from fillproof.simulator.dialects.hyperliquid.info.table import QUERIES

NOBODY = "0x" + "00" * 20
MORE: dict[str, dict[str, Any]] = {
    "l2Book": {"coin": "BTC"},
    "recentTrades": {"coin": "BTC"},
    "fundingHistory": {"coin": "BTC", "startTime": 0},
    "activeAssetData": {"coin": "BTC"},
    "candleSnapshot": {"req": {"coin": "BTC", "interval": "1m", "startTime": 0}},
    "orderStatus": {"oid": 1},
    "userFillsByTime": {"startTime": 0},
    "maxBuilderFee": {"builder": NOBODY},
    "tokenDetails": {"tokenId": "0x" + "0" * 32},
}


def lively() -> Bench:
    """Return a venue in which Alice has a position, a resting order and an ended one."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID), order(SPOT, "sell", "1", "30000"))
    bench.fill(1, 2_500)
    bench.fill(2, 5_000)
    bench.place(order(PERPETUAL, "buy", "1", "20000", t=IOC))
    return bench


@pytest.mark.parametrize("type_", QUERIES)
@pytest.mark.parametrize("user", [USER, NOBODY])
def test_every_query_is_answered(type_: str, user: str) -> None:
    """For who trades, and for an address that nobody knows."""
    bench = lively()
    before = bench.balances()
    bench.info(type_, **{"user": user, **MORE.get(type_, {})})
    assert bench.balances() == before


def test_the_markets_have_their_numbers_in_actions() -> None:
    """A contract's is its place, a spot market's 10000 more; the first is called by its tokens."""
    bench = Bench()
    (contract,) = bench.info("meta")["universe"]
    assert (contract["name"], contract["szDecimals"], contract["maxLeverage"]) == ("BTC", 4, 40)
    meta = bench.info("spotMeta")
    assert [(one["name"], one["tokens"], one["index"]) for one in meta["universe"]] == [
        ("BTC/USDC", [1, 0], 0)
    ]
    assert [(one["name"], one["szDecimals"], one["index"]) for one in meta["tokens"]] == [
        ("USDC", 8, 0),
        ("BTC", 4, 1),
    ]


def test_a_mark_price_follows_the_last_trade() -> None:
    """Before one it is the book's middle, and has the places of the tick."""
    bench = Bench()
    assert bench.info("metaAndAssetCtxs")[1][0]["markPx"] == "1.00"
    bench.place(order(PERPETUAL, "buy", "1", "29000"), order(PERPETUAL, "sell", "1", "29002"))
    context = bench.info("metaAndAssetCtxs")[1][0]
    assert (context["markPx"], context["midPx"]) == ("29001.00", "29001.0")
    bench.fill(1, 1)
    context = bench.info("metaAndAssetCtxs")[1][0]
    assert (context["markPx"], context["dayBaseVlm"]) == ("29000.00", "0.0001")
    assert bench.info("allMids") == {"BTC": "29001.0", "BTC/USDC": "1.0000"}


def test_a_book_shows_both_sides_best_first() -> None:
    """Prices, sizes and numbers of orders, with a point in each number."""
    bench = Bench()
    for price in ("28000", "29000"):
        bench.place(order(PERPETUAL, "buy", "1", price))
    bench.place(order(PERPETUAL, "sell", "0.5", "30000"))
    book = bench.info("l2Book", coin="BTC")
    assert book["levels"] == [
        [{"px": "29000.0", "sz": "1.0", "n": 1}, {"px": "28000.0", "sz": "1.0", "n": 1}],
        [{"px": "30000.0", "sz": "0.5", "n": 1}],
    ]
    assert (book["coin"], book["time"]) == ("BTC", bench.now_ms)
    assert bench.info("l2Book", coin="ETH") is None


def test_an_order_is_found_by_either_id() -> None:
    """By the account that has it alone; another's, and one that never was, is unknownOid."""
    bench = lively()
    by_oid = bench.info("orderStatus", user=USER, oid=1)
    assert by_oid == bench.info("orderStatus", user=USER, oid=CLOID)
    assert by_oid["status"] == "order"
    assert by_oid["order"]["status"] == "open"
    shown = by_oid["order"]["order"]
    assert {key: shown[key] for key in ("coin", "side", "limitPx", "sz", "origSz", "oid")} == {
        "coin": "BTC",
        "side": "B",
        "limitPx": "29000.0",
        "sz": "0.75",
        "origSz": "1.0",
        "oid": 1,
    }
    assert bench.info("orderStatus", user=BOB.address, oid=1) == {"status": "unknownOid"}
    assert bench.info("orderStatus", user=USER, oid=99) == {"status": "unknownOid"}


def test_lists_of_orders_begin_with_the_latest() -> None:
    """Open ones, and all with how they stand."""
    bench = lively()
    assert [one["oid"] for one in bench.info("openOrders", user=USER)] == [2, 1]
    assert [one["oid"] for one in bench.info("frontendOpenOrders", user=USER)] == [2, 1]
    history = bench.info("historicalOrders", user=USER)
    assert history[0]["status"] == "iocCancelRejected"
    assert [one["status"] for one in history[1:]] == ["open", "open"]


def test_fills_say_what_they_did() -> None:
    """Contracts open and close, spot buys and sells; the fee is of the asset received."""
    bench = lively()
    (made,) = bench.place(order(PERPETUAL, "sell", "0.5", "31000"))
    bench.fill(made["resting"]["oid"], 5_000)
    keys = ("coin", "side", "px", "sz", "dir", "closedPnl", "startPosition", "fee", "feeToken")
    told = [[one[key] for key in keys] for one in bench.info("userFills", user=USER)]
    assert told == [
        ["BTC", "A", "31000.0", "0.5", "Long > Short", "500.0", "0.25", "15.5", "USDC"],
        ["BTC/USDC", "A", "30000.0", "0.5", "Sell", "0.0", "0.0", "15.0", "USDC"],
        ["BTC", "B", "29000.0", "0.25", "Open Long", "0.0", "0.0", "7.25", "USDC"],
    ]
    by_time = bench.info("userFillsByTime", user=USER, startTime=NOW_MS)
    assert by_time == bench.info("userFills", user=USER)[::-1]
    assert bench.info("userFillsByTime", user=USER, startTime=0, endTime=NOW_MS) == []


def test_balances_are_what_is_owned_and_what_is_held() -> None:
    """Tokens by their spot state; of the margin account what is free and what is used."""
    bench = Bench()
    bench.place(order(SPOT, "sell", "1", "30000"))
    spot = bench.info("spotClearinghouseState", user=USER)["balances"]
    assert [(one["coin"], one["total"], one["hold"]) for one in spot] == [
        ("USDC", "100000.0", "0.0"),
        ("BTC", "10.0", "1.0"),
    ]
    bench.place(order(PERPETUAL, "buy", "1", "20000"))
    bench.fill(2, 5_000)
    state = bench.info("clearinghouseState", user=USER)
    assert state["withdrawable"] == "97990.0"
    assert state["marginSummary"] == {
        "accountValue": "99990.0",
        "totalNtlPos": "10000.0",
        "totalRawUsd": "89990.0",
        "totalMarginUsed": "2000.0",
    }
    (position,) = [one["position"] for one in state["assetPositions"]]
    assert (position["szi"], position["entryPx"], position["unrealizedPnl"]) == (
        "0.5",
        "20000.0",
        "0.0",
    )


def test_candles_are_of_the_trades_in_their_spans() -> None:
    """Open, high, low, close and volume; a span without a trade has none."""
    bench = Bench()
    for price in ("29000", "29100", "28900"):
        bench.place(order(PERPETUAL, "buy", "1", price))
        bench.fill(bench.info("openOrders", user=USER)[0]["oid"], 10_000)
    bench.pass_time(120_000_000_000)
    wanted = {"coin": "BTC", "interval": "1m", "startTime": 0}
    (candle,) = bench.info("candleSnapshot", req=wanted)
    assert [candle[key] for key in ("o", "h", "l", "c", "v", "n")] == [
        *("29000.0", "29100.0", "28900.0", "28900.0"),
        *("3.0", 3),
    ]
    assert (candle["T"] - candle["t"], candle["s"], candle["i"]) == (59_999, "BTC", "1m")


def test_what_nobody_has_is_empty() -> None:
    """An address that is not known has no orders, no fills and no money."""
    bench = lively()
    assert bench.info("openOrders", user=NOBODY) == []
    assert bench.info("userFills", user=NOBODY) == []
    assert bench.info("spotClearinghouseState", user=NOBODY) == {"balances": []}
    assert bench.info("userRole", user=NOBODY) == {"role": "missing"}


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        (order(PERPETUAL, "sell", "1", "29000", t=ALO, c=OTHER_CLOID), "badAloPxRejected"),
        (order(PERPETUAL, "buy", "900", "29000", c=OTHER_CLOID), "perpMarginRejected"),
        (order(SPOT, "sell", "900", "29000", c=OTHER_CLOID), "insufficientSpotBalanceRejected"),
        (order(PERPETUAL, "sell", "1", "29000", r=True, c=OTHER_CLOID), "reduceOnlyRejected"),
        (order(PERPETUAL, "buy", "1", "29000", c=CLOID), "open"),
    ],
)
def test_an_order_that_was_refused_is_known_to_queries(wanted: Any, status: str) -> None:
    """Under a number of its own, with why it was refused; a name in use is of who has it."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    assert "error" in bench.place(wanted)[0]
    told = bench.info("orderStatus", user=USER, oid=wanted["c"])["order"]
    assert told["status"] == status
    assert told["order"]["sz"] == wanted["s"] + ".0"
    assert bench.info("orderStatus", user=USER, oid=told["order"]["oid"])["order"] == told
    assert told in bench.info("historicalOrders", user=USER)
    assert len(bench.info("openOrders", user=USER)) == 1
