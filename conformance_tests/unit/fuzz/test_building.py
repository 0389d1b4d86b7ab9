"""Any list of moves becomes a scenario that can happen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conformance_tests.unit.fuzz.pretended import plan, words

from fillproof.harness.fuzz.building import build, fingerprint
from fillproof.harness.fuzz.moves import (
    Act,
    Amend,
    Cancel,
    Desk,
    DeskAmend,
    DeskCancel,
    End,
    Heal,
    Move,
    Place,
    Replace,
    Stranger,
    Trade,
)

BUY = Place("BUY", "GTC", "1", "29000")
LOWER_BUY = Place("BUY", "GTC", "1", "28990")
SELL = Place("SELL", "GTC", "1", "29010")
MARKET_SELL = Place("SELL", "MARKET", "0.5", "29000")
TOO_SMALL = Place("BUY", "GTC", "0.0001", "29000")
TOO_DEAR = Place("BUY", "GTC", "4", "29000")
IOC = Place("BUY", "IOC", "1", "29000")

SMALLER, LARGER = Amend(0, 2), Amend(0, 0)
STOP = Place("SELL", "STOP_LOSS", "1", "28990", "29000")
TAKE = Place("SELL", "TAKE_PROFIT_AT_MARKET", "1", "28990", "29010")
REPLACED = Replace(0, 2, "28990")
DESK, DESK_SELLS, DESK_TAKES = (
    Desk("BUY", "0.3", "29010"),
    Desk("SELL", "0.3", "29000"),
    Desk("SELL", "0.3", None),
)

ALL, HALF, LOT = Trade(0, 1), Trade(0, 2), Trade(0, 0)


def steps(*acts: Act) -> list[dict[str, Any]]:
    """Return the steps that these acts become."""
    built: list[dict[str, Any]] = build(plan(*acts), "a test")["steps"]
    return built


def trades(*acts: Act) -> list[str]:
    """Return order and amount of each trade these acts become."""
    return [f"{s['order']} {s['amount']}" for s in steps(*acts) if s["op"] == "trade"]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((BUY, ALL), ["a 1"]),
        ((BUY, HALF, HALF, ALL), ["a 0.5", "a 0.25", "a 0.25"]),
        ((BUY, LOT, ALL), ["a 0.0001", "a 0.9999"]),
        ((BUY, ALL, ALL), ["a 1"]),
        ((ALL,), []),
        ((TOO_SMALL, ALL), []),
        ((TOO_DEAR, ALL), []),
        ((IOC, ALL), []),
        ((BUY, SELL, ALL, Trade(1, 1), ALL), ["a 1", "b 1"]),
        ((LOWER_BUY, BUY, ALL, ALL), ["b 1", "a 1"]),
        ((BUY, BUY, ALL), []),
        ((BUY, BUY, End(0, "expire"), ALL), ["b 1"]),
        ((BUY, End(0, "reject"), ALL), []),
        ((BUY, Cancel(0), ALL), ["a 1"]),
        ((BUY, SMALLER, ALL, ALL), ["a 0.5"]),
        ((BUY, HALF, SMALLER, ALL), ["a 0.5"]),
        ((BUY, LARGER, ALL), ["a 1"]),
        ((BUY, SMALLER, SMALLER, HALF, ALL), ["a 0.25", "a 0.25"]),
        ((BUY, BUY, SMALLER, ALL, Trade(1, 1)), []),
        ((STOP, ALL), []),
        ((LOWER_BUY, REPLACED, ALL), []),
        ((BUY, REPLACED, ALL), []),
        ((LOWER_BUY, Replace(0, 2, "29000"), ALL, ALL), ["b 0.5"]),
        ((BUY, DESK, ALL), []),
        ((BUY, DESK_SELLS, ALL), ["a 0.7"]),
        ((BUY, DESK_TAKES, ALL), ["a 0.7"]),
        ((DESK, ALL), []),
        ((BUY, DeskCancel(0), ALL), []),
        ((BUY, DeskAmend(0, 2), ALL), ["a 0.5"]),
    ],
)
def test_a_trade_is_asked_only_where_it_is_possible(
    acts: tuple[Act, ...], expected: list[str]
) -> None:
    """Never more than is left, never an order behind another, never one that is over."""
    assert trades(*acts) == expected


@pytest.mark.parametrize(
    ("stranger", "expected"),
    [
        (Stranger("SELL", "0.3", None), ["a 0.7"]),
        (Stranger("SELL", "2", None), []),
        (Stranger("BUY", "2", None), ["a 1"]),
        (Stranger("SELL", "0.3", "29000"), ["a 0.7"]),
        (Stranger("SELL", "0.3", "29010"), ["a 1"]),
        (Stranger("BUY", "0.3", "28990"), ["a 1"]),
        (Stranger("BUY", "0.3", "29000"), []),
        (Stranger("BUY", "0.3", "29010"), []),
    ],
)
def test_strangers_take_and_stand_before(stranger: Stranger, expected: list[str]) -> None:
    """What a stranger may have taken is not there; who stands before an order keeps it waiting."""
    assert trades(BUY, stranger, ALL) == expected


def test_orders_of_the_account_may_match_each_other() -> None:
    """An order on the other side may have taken what it could."""
    assert trades(BUY, MARKET_SELL, ALL) == ["a 0.5"]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((BUY, Cancel(1)), ["buy", "cancel"]),
        ((Cancel(0),), []),
        ((Cancel(None),), ["cancel"]),
        ((BUY, ALL, End(0, "expire")), ["buy", "trade"]),
        ((BUY, End(5, "expire"), End(0, "reject")), ["buy", "expire"]),
        ((BUY, LOWER_BUY, SELL, BUY), ["buy", "buy", "sell"]),
        ((Stranger("SELL", "1", "29000"), Stranger("BUY", "1", None)), ["rest", "sweep"]),
        ((Heal(),), ["heal"]),
        ((BUY, REPLACED, REPLACED, REPLACED), ["buy", "replace", "replace"]),
        ((BUY, REPLACED, End(0, "expire"), End(0, "expire")), ["buy", "replace", "expire"]),
        ((DESK, DESK_TAKES, DESK, DESK), ["desk_buy", "desk_sell", "desk_buy"]),
        ((DESK, Cancel(0), Amend(0, 2), REPLACED, End(0, "expire")), ["desk_buy"]),
        ((DESK, DeskCancel(0), DeskCancel(0)), ["desk_buy", "desk_cancel"]),
        ((BUY, ALL, DeskAmend(0, 2), DeskCancel(0)), ["buy", "trade"]),
    ],
)
def test_a_move_that_does_not_fit_is_left_out(acts: tuple[Act, ...], expected: list[str]) -> None:
    """Orders are counted round; what has nothing to act on becomes nothing."""
    assert words(build(plan(*acts), "a test")) == expected


def test_an_order_that_waits_says_for_which_price() -> None:
    """With a limit or at the market."""
    stop, take = steps(STOP, TAKE)
    assert (stop["order_type"], stop["price"], stop["stop_loss"]) == ("LIMIT", "28990", "29000")
    assert (take["order_type"], take["price"], take["take_profit"]) == ("MARKET", None, "29010")
    assert "take_profit" not in stop
    assert "stop_loss" not in take


def test_a_replacement_is_an_order_of_its_own() -> None:
    """It has a name, the old one's side, and what it states."""
    replace_step = steps(BUY, REPLACED)[1]
    stated = {key: replace_step[key] for key in ("order", "by", "amount", "price")}
    assert stated == {"order": "a", "by": "b", "amount": "0.5", "price": "28990"}
    assert steps(BUY, REPLACED, Cancel(1))[2]["order"] == "b"


def test_a_move_is_a_pause_a_fault_and_an_act() -> None:
    """In this order, each only if there is one."""
    fault = {"op": "drop", "channel": "create_reply", "count": 1}
    moves = (Move(0, None, BUY), Move(50, fault, HALF), Move(0, fault, None))
    assert words(build(replace(plan(), moves=moves), "a test")) == [
        "buy",
        "wait",
        "drop",
        "trade",
        "drop",
    ]


def test_the_same_content_has_the_same_name() -> None:
    """The id follows from venue and steps alone, so a scenario drawn twice is run once."""
    one, other = build(plan(BUY, ALL), "fuzz seed 1"), build(plan(BUY, ALL), "fuzz seed 2")
    assert one["id"] == other["id"] == f"fuzz/{fingerprint(one)}"
    assert build(plan(BUY, ALL, jitter=1), "")["id"] != one["id"]
    assert build(plan(BUY, HALF), "")["id"] != one["id"]


def test_a_decentralised_venue_settles_within_its_grace_window() -> None:
    """Else a fill could come when none is owed any more."""
    venue = build(plan(BUY, decentralised=True), "a test")["venue"]
    assert venue["profile"] == "decentralised"
    assert 0 < venue["chain"]["inclusion"]["cancel"][1] < venue["grace_window"]
    assert venue["chain"]["chances"]["reorganise"] > 0


def test_an_amend_names_an_order_that_can_rest_and_its_amount() -> None:
    """Half of what it was, on the lot; one lot more is what the venue refuses; else nothing."""
    asked = [(step["op"], step["amount"]) for step in steps(BUY, SMALLER, LARGER)[1:]]
    assert asked == [("amend", "0.5"), ("amend", "1.0001")]
    assert words(build(plan(IOC, SMALLER), "a test")) == ["buy"]
    assert words(build(plan(BUY, SMALLER, HALF, HALF, End(0, "expire")), "a test"))[-1] == "expire"
    assert words(build(plan(BUY, SMALLER, ALL, End(0, "expire")), "a test"))[-1] == "trade"
