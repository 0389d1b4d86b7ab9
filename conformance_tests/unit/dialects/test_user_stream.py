"""What the user data stream tells, event by event."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.vocabulary.commands import EndOrder, FillOrder


def _told(events: list[Any]) -> list[tuple[str, ...]]:
    """Return (x, X, z) of each execution report, and the assets of each account position."""
    return [
        (event["x"], event["X"], event["z"])
        if event["e"] == "executionReport"
        else tuple(one["a"] for one in event["B"])
        for event in events
    ]


def test_an_accepted_order_is_told_with_every_field(venue: Bench) -> None:
    """The execution report of a new order has all of the venue's fields, in its order."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    report, position = venue.events()
    assert report == {
        "e": "executionReport",
        "E": 1_700_000_000_000,
        "s": "BTCUSDT",
        "c": "a",
        "S": "BUY",
        "o": "LIMIT",
        "f": "GTC",
        "q": "1.00000000",
        "p": "29000.00000000",
        "P": "0.00000000",
        "F": "0.00000000",
        "g": -1,
        "C": "",
        "x": "NEW",
        "X": "NEW",
        "r": "NONE",
        "i": 1,
        "l": "0.00000000",
        "z": "0.00000000",
        "L": "0.00000000",
        "n": "0",
        "N": None,
        "T": 1_700_000_000_000,
        "t": -1,
        "I": 1,
        "w": True,
        "m": False,
        "M": False,
        "O": 1_700_000_000_000,
        "Z": "0.00000000",
        "Y": "0.00000000",
        "Q": "0.00000000",
        "W": 1_700_000_000_000,
        "V": "NONE",
    }
    assert position == {
        "e": "outboundAccountPosition",
        "E": 1_700_000_000_000,
        "u": 1_700_000_000_000,
        "B": [{"a": "USDT", "f": "71000.00000000", "l": "29000.00000000"}],
    }


def test_a_fill_is_told_with_price_amount_fee_and_trade(venue: Bench) -> None:
    """A TRADE report states the last fill and the sums; the fee is in the asset received."""
    venue.listen()
    venue.limit("SELL", "1", "30000", "a")
    venue.events()
    venue.apply(FillOrder(1, 2500))
    report = venue.events()[0]
    stated = {
        key: report[key] for key in ("x", "X", "l", "L", "z", "n", "N", "t", "m", "M", "Y", "Z")
    }
    assert stated == {
        "x": "TRADE",
        "X": "PARTIALLY_FILLED",
        "l": "0.25000000",
        "L": "30000.00000000",
        "z": "0.25000000",
        "n": "7.50000000",
        "N": "USDT",
        "t": 1,
        "m": True,
        "M": True,
        "Y": "7500.00000000",
        "Z": "7500.00000000",
    }


def test_one_command_ends_with_one_account_position(venue: Bench) -> None:
    """All execution reports of a command come first, then one event with the changed assets."""
    venue.limit("SELL", "0.1", "29000", "x", who="bob")
    venue.limit("SELL", "0.2", "29000", "y", who="bob")
    venue.listen()
    venue.place(quantity="1", timeInForce="IOC")
    assert _told(venue.events()) == [
        ("NEW", "NEW", "0.00000000"),
        ("TRADE", "PARTIALLY_FILLED", "0.10000000"),
        ("TRADE", "PARTIALLY_FILLED", "0.30000000"),
        ("EXPIRED", "EXPIRED", "0.30000000"),
        ("USDT", "BTC"),
    ]


def test_a_cancel_is_told_under_its_own_id(venue: Bench) -> None:
    """A CANCELED report has the cancel's id in c and the order's in C; the answer says the same."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    answer = venue.cancel("a")[1]
    report = venue.events()[2]
    assert (report["x"], report["X"], report["C"]) == ("CANCELED", "CANCELED", "a")
    assert report["c"] == answer["clientOrderId"] != "a"
    assert report["w"] is False


@pytest.mark.parametrize(
    ("ending", "told", "reason"),
    [
        ("Canceled", ("CANCELED", "CANCELED", "0.00000000"), None),
        ("Expired", ("EXPIRED", "EXPIRED", "0.00000000"), "EXCHANGE_CANCELED"),
        ("Rejected", ("REJECTED", "REJECTED", "0.00000000"), None),
    ],
)
def test_the_venue_may_end_an_order(
    venue: Bench, ending: str, told: tuple[str, ...], reason: str | None
) -> None:
    """An order that the venue ends is told like any other end; an expiry states why."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    venue.events()
    venue.apply(EndOrder(1, ending))
    events = venue.events()
    assert _told(events) == [told, ("USDT",)]
    assert events[0].get("eR") == reason


def test_a_refusal_is_only_answered(venue: Bench) -> None:
    """A refused order and a refused cancel tell the stream nothing."""
    venue.listen()
    venue.place(quantity="4")
    venue.cancel("nobody")
    assert venue.events() == []


def test_each_account_hears_only_itself(venue: Bench) -> None:
    """The stream of an account is silent about all others."""
    venue.listen()
    venue.limit("BUY", "1", "29000", "a", who="bob")
    assert venue.events() == []


def test_a_gateway_tells_the_cancel_when_it_is_asked(gateway: Bench) -> None:
    """Announced cancels: CANCELED in answer and stream at once, fills afterwards still told.

    The order stays CANCELED with its true amount in queries, and the settled cancel is not told
    again; only the freed balance is (FIX J.1.b).
    """
    gateway.listen()
    gateway.limit("BUY", "1", "29000", "a")
    gateway.events()

    status, answer = gateway.cancel("a", newClientOrderId="c")
    assert (status, answer["status"], answer["executedQty"]) == (200, "CANCELED", "0.00000000")
    [report] = gateway.events()
    assert (report["x"], report["X"], report["c"], report["C"]) == (
        "CANCELED",
        "CANCELED",
        "c",
        "a",
    )
    assert gateway.signed("GET", "/api/v3/openOrders") == (200, [])
    assert gateway.cancel("a") == (400, {"code": -2011, "msg": "Unknown order sent."})

    gateway.apply(FillOrder(1, 4000))
    assert _told(gateway.events()) == [("TRADE", "CANCELED", "0.40000000"), ("USDT", "BTC")]
    shown = gateway.query("a")[1]
    assert (shown["status"], shown["executedQty"]) == ("CANCELED", "0.40000000")
    [trade] = gateway.signed("GET", "/api/v3/myTrades", symbol="BTCUSDT")[1]
    assert (trade["qty"], trade["orderId"]) == ("0.40000000", 1)

    gateway.pass_time(2_000_000_000)
    assert _told(gateway.events()) == [("USDT",)]
    assert gateway.query("a")[1]["status"] == "CANCELED"


def test_without_announcing_a_cancel_is_pending() -> None:
    """With a settlement delay alone the answer says PENDING_CANCEL; CANCELED is told later."""
    venue = Bench(settlement_delay_ns=1_000_000_000)
    venue.listen()
    venue.limit("BUY", "1", "29000", "a")
    venue.events()
    answer = venue.cancel("a", newClientOrderId="c")[1]
    assert (answer["status"], venue.events()) == ("PENDING_CANCEL", [])
    venue.pass_time(1_000_000_000)
    report = venue.events()[0]
    assert (report["X"], report["c"], report["C"]) == ("CANCELED", "c", "a")
