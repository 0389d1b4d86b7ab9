"""A scenario at Hyperliquid: its names, its rules, and what it cannot have there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("eth_keys")

from fillproof.harness.scenario import from_document
from fillproof.harness.worker.dialects import speech_of
from fillproof.harness.worker.header import PLAIN_TERMS

SPOT, PERPETUAL = speech_of("hyperliquid"), speech_of("hyperliquid_perpetual")
BUY = {
    "op": "buy",
    "line": 1,
    "column": 1,
    "order": "a",
    "market": "BTC-USDT",
    "amount": "1",
    "price": "29000",
    "order_type": "LIMIT",
    "time_in_force": "GTC",
    "post_only": False,
    "good_for": None,
}


def document(*steps: dict[str, Any], **venue: Any) -> dict[str, Any]:
    plain = from_document({"id": "made/up", "title": "made up", "steps": [BUY]}).document()
    return {**plain, "steps": list(steps or plain["steps"]), "venue": {**plain["venue"], **venue}}


def test_what_a_scenario_quotes_in_is_usdc_at_hyperliquid() -> None:
    """Markets, balances and steps have the venue's name of the money; the rest is as it was."""
    named = SPOT.named(document())
    assert list(named["venue"]["markets"]) == ["BTC-USDC"]
    assert named["venue"]["balances"] == {"USDC": "100000", "BTC": "10"}
    assert [step["market"] for step in named["steps"]] == ["BTC-USDC"]


@pytest.mark.parametrize(("speech", "tick"), [(SPOT, "0.0001"), (PERPETUAL, "0.01")])
def test_the_venue_has_its_own_steps_and_no_limits_that_it_delivers(speech: Any, tick: str) -> None:
    """The lot stays; a price has eight decimals less those of the lot, of perpetuals six."""
    (rules,) = speech.named(document())["venue"]["markets"].values()
    assert rules["lot_size"] == "0.0001"
    assert rules["tick_size"] == tick
    assert (rules["min_quantity"], rules["min_notional"]) == ("0.0001", "0")


def test_perpetuals_are_paid_from_one_balance() -> None:
    """Nothing of the base asset is ever delivered."""
    assert PERPETUAL.named(document())["venue"]["balances"] == {"USDC": "100000"}


@pytest.mark.parametrize("speech", [SPOT, PERPETUAL])
def test_a_named_scenario_has_its_names(speech: Any) -> None:
    """What a recording keeps is a scenario again, and the same one at this venue."""
    named = speech.named(document())
    assert speech.named(named) == named
    assert from_document(named).document() == named
    sold = speech.named(document({**BUY, "op": "sell"}))
    assert speech.lacking(sold) == ()


@pytest.mark.parametrize(
    ("changed", "needs"),
    [
        ({}, []),
        ({"price": "29000.5"}, []),
        ({"amount": "9001"}, ["a maximum quantity"]),
        ({"amount": "0.0002"}, ["orders worth less than 10 USDC"]),
        ({"amount": "0.0001"}, []),
        ({"price": None}, []),
        ({"price": None, "amount": None}, ["orders by an amount of the quote asset"]),
    ],
)
def test_orders_that_the_venue_would_take_otherwise_are_unsupported(
    changed: dict[str, Any], needs: list[str]
) -> None:
    """What is refused in the scenario, or taken, must be refused or taken at the venue."""
    assert list(SPOT.lacking(document({**BUY, **changed}))) == needs


@pytest.mark.parametrize(
    ("step", "needs"),
    [
        ({"op": "expire", "order": "a"}, []),
        ({"op": "reject", "order": "a"}, ["a rejection after acceptance"]),
        ({"op": "bust", "order": "a"}, ["a trade that is taken back"]),
        ({"op": "correct", "order": "a"}, ["a trade that is corrected"]),
        ({"op": "restate", "order": "a"}, ["an order that the venue makes smaller"]),
        ({"op": "fail", "status": 400}, ["HTTP status 400"]),
        ({"op": "fail", "status": 503}, []),
        ({"op": "fail", "status": 429}, []),
        ({"op": "cancel", "order": "a"}, []),
    ],
)
def test_steps_of_which_the_venue_has_no_word_are_unsupported(
    step: dict[str, Any], needs: list[str]
) -> None:
    """It says everything with HTTP 200; what it ends by itself it calls canceled."""
    assert list(SPOT.lacking(document(BUY, step))) == needs


def test_nothing_fills_after_a_cancel_was_told() -> None:
    """The answer to a cancel is a block's word; only who takes the block back can fill it."""
    cancelled = {"op": "await", "order": "a", "told": "Cancelled", "truth": None}
    trade = {"op": "trade", "order": "a", "amount": "1"}
    assert list(SPOT.lacking(document(BUY, cancelled, trade))) == ["a fill after a cancel was told"]
    assert list(SPOT.lacking(document(BUY, trade, cancelled))) == []
    assert list(SPOT.lacking(document(BUY, cancelled, {"op": "reorg"}, trade))) == []


def test_what_waits_for_a_block_is_answered_with_it() -> None:
    """No order of this venue is ever pending."""
    pending = {"op": "await", "order": "a", "told": None, "truth": "PendingCancel"}
    assert list(SPOT.lacking(document(BUY, pending))) == ["an answer before a block has decided"]


@pytest.mark.parametrize(
    ("venue", "needs"),
    [
        ({"quirks": {"announce_cancel_on_request": True}}, "the quirk announce_cancel_on_request"),
        ({"life": {"traders": 3}}, "strangers that live in the market"),
    ],
)
def test_switches_of_another_venue_are_unsupported(venue: dict[str, Any], needs: str) -> None:
    """A quirk belongs to one dialect."""
    assert list(SPOT.lacking(document(**venue))) == [needs]


@pytest.mark.parametrize(
    ("lot", "fine"), [("1", True), ("0.001", True), ("0.005", False), ("10", False)]
)
def test_a_lot_is_a_power_of_ten(lot: str, fine: bool) -> None:
    """The venue states how many decimals a size has."""
    rules = document()["venue"]["markets"]["BTC-USDT"] | {"lot_size": lot, "min_quantity": lot}
    lacking = SPOT.lacking(document({**BUY, "amount": "100"}, markets={"BTC-USDT": rules}))
    assert ("a lot that is no power of ten" not in lacking) is fine


def test_markets_quoted_in_each_other_have_no_names_there() -> None:
    """There is one money: what is quoted in two assets cannot be called by it."""
    rules = document()["venue"]["markets"]["BTC-USDT"]
    lacking = SPOT.lacking(document(markets={"BTC-USDT": rules, "ETH-BTC": rules}))
    assert list(lacking) == ["markets that are quoted in different assets"]


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        ({"op": "sell", "price": "29000"}, True),
        ({"op": "sell", "price": "28999"}, True),
        ({"op": "sell", "price": "29001"}, False),
        ({"op": "sell", "price": "29000", "post_only": True}, False),
        ({"op": "sell", "price": None}, False),
        ({"op": "buy", "price": "29000"}, False),
    ],
)
def test_an_account_does_not_trade_with_itself(other: dict[str, Any], meets: bool) -> None:
    """The venue takes the resting order away instead."""
    lacking = SPOT.lacking(document(BUY, {**BUY, "order": "b", **other}))
    assert list(lacking) == (["an account that trades with itself"] if meets else [])


@pytest.mark.parametrize(
    ("changed", "needs"),
    [
        ({"amount": "3"}, []),
        ({"amount": "4"}, ["orders that are refused for want of money"]),
        ({"op": "sell", "amount": "10"}, []),
        ({"op": "sell", "amount": "11"}, ["orders that are refused for want of money"]),
        ({"amount": "70"}, []),
    ],
)
def test_contracts_need_no_money_in_full(changed: dict[str, Any], needs: list[str]) -> None:
    """What is refused in the scenario for its cost is taken where money is lent, up to a point."""
    told = document({**BUY, **changed})
    assert list(PERPETUAL.lacking(told)) == needs
    assert list(SPOT.lacking(told)) == []


SELL = {**BUY, "op": "sell", "price": "31000"}
CANCEL = {"op": "cancel", "line": 2, "column": 1, "order": "a", "client_order_id": None}


@pytest.mark.parametrize(
    ("steps", "needs"),
    [
        ([{**SELL, "amount": "5"}, {**SELL, "order": "b", "amount": "5"}], []),
        (
            [{**SELL, "amount": "7"}, {**SELL, "order": "b", "amount": "7"}],
            ["orders that are refused for want of money"],
        ),
        ([{**SELL, "amount": "7"}, CANCEL, {**SELL, "order": "b", "amount": "7"}], []),
    ],
)
def test_what_earlier_orders_lock_is_counted(steps: list[dict[str, Any]], needs: list[str]) -> None:
    """A cancel gives it back."""
    assert list(PERPETUAL.lacking(document(*steps))) == needs


@pytest.mark.parametrize(
    ("held", "needs"), [("16000", []), ("15000", ["orders that the base asset pays for"])]
)
def test_contracts_are_not_paid_with_what_is_sold(held: str, needs: list[str]) -> None:
    """All is carried by the collateral, twenty times its amount."""
    told = document({**SELL, "amount": "10"}, balances={"USDT": held, "BTC": "10"})
    assert list(PERPETUAL.lacking(told)) == needs
    assert list(SPOT.lacking(told)) == []


def test_a_market_order_is_a_limit_of_few_figures_there() -> None:
    """The header says which orders the venue takes."""
    assert SPOT.terms == {"market_orders": False, "price_figures": 5}
    assert speech_of("binance").terms == PLAIN_TERMS
    assert Decimal(SPOT.named(document())["venue"]["markets"]["BTC-USDC"]["max_quantity"]) > 9000
