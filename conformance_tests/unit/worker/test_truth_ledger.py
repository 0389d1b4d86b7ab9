"""What the venue did is written so that the judge, who counts again, finds it consistent."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT
from conformance_tests.unit.rules.build import recording
from msgspec.structs import replace

from fillproof.harness.history import read_recording
from fillproof.harness.rules.run.venue import venue_is_wrong
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.truth_writer import TruthWriter
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelOrder,
    Command,
    CorrectTrade,
    Deposit,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    RestateOrder,
    SetPhase,
    Trigger,
)
from fillproof.simulator.vocabulary.instruments import Instrument, Margin
from fillproof.simulator.vocabulary.orders import (
    ContingencyType,
    MarketPhase,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.units import asset_units


def _order(name: str, side: Side, lots: int, price: int = 2_900_000) -> PlaceOrder:
    return PlaceOrder(
        account="client",
        client_order_id=name,
        symbol="BTCUSDT",
        side=side,
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce.GTC,
        quantity_lots=lots,
        price_ticks=price,
        self_trade_prevention=SelfTradePrevention.DECREMENT,
    )


def _offer(name: str) -> PlaceOrder:
    """Return what a stranger offers, who has money of their own."""
    return replace(_order(name, Side.SELL, 1_000, 3_000_000), account="stranger")


def _list(contingency: ContingencyType, *orders: PlaceOrder) -> PlaceOrderList:
    return PlaceOrderList("client", "BTCUSDT", "list", contingency, orders)


BUY = _order("a", Side.BUY, 10_000)
LIMIT = replace(_order("limit", Side.SELL, 1_000, 3_200_000), post_only=True)
STOP = replace(
    _order("stop", Side.SELL, 1_000, 2_700_000),
    trigger=Trigger(TriggerKind.STOP_LOSS, price_ticks=2_900_000),
)
BY_QUOTE = replace(
    _order("q", Side.BUY, 0),
    order_type=OrderType.MARKET,
    price_ticks=None,
    time_in_force=TimeInForce.IOC,
    quote_quantity_units=asset_units(Decimal(1_000)),
)
TRADED = [
    _offer("theirs"),
    _order("first", Side.BUY, 1_000, 3_000_000),
]
"""The last trade was at 30000, and nothing is left on the book."""
_STORIES: dict[str, list[Command]] = {
    "an amend": [BUY, AmendOrder("client", "BTCUSDT", 6_000, 1, None, "b"), FillOrder(1, 6_000)],
    "an amend that is refused": [BUY, AmendOrder("client", "BTCUSDT", 10_000, 1)],
    "a restatement": [BUY, RestateOrder(1, 4_000), FillOrder(1, 4_000)],
    "self-trade prevention": [
        BUY,
        _order("s", Side.SELL, 4_000),
        CancelOrder("client", "BTCUSDT", 1),
    ],
    "a bust of a live order": [BUY, FillOrder(1, 4_000), BustTrade(1), FillOrder(1, 10_000)],
    "a bust of a full order": [BUY, FillOrder(1, 10_000), BustTrade(1), FillOrder(1, 10_000)],
    "a correction": [BUY, FillOrder(1, 10_000), CorrectTrade(1, 9_000, 2_800_000)],
    "a halt": [SetPhase("BTCUSDT", MarketPhase.HALTED), BUY],
    "a stop": [*TRADED, STOP, replace(BUY, quantity_lots=2_000), FillOrder(4, 1_000)],
    "an order by quote": [_offer("theirs"), BY_QUOTE],
    "an iceberg": [replace(BUY, display_quantity_lots=1_000), FillOrder(1, 1_000)],
    "one cancels the other": [
        *TRADED,
        _list(ContingencyType.OCO, LIMIT, STOP),
        AmendOrder("client", "BTCUSDT", 500, 3, None, "renamed"),
        FillOrder(3, 500),
    ],
    "one pays the others": [
        _list(
            ContingencyType.OPOCO,
            BUY,
            replace(LIMIT, quantity_lots=0),
            replace(STOP, quantity_lots=0, trigger=Trigger(TriggerKind.STOP_LOSS, 2_800_000)),
        ),
        FillOrder(1, 10_000),
        FillOrder(2, 500),
    ],
    "a list that ends early": [
        _list(ContingencyType.OTO, BUY, LIMIT),
        CancelOrder("client", "BTCUSDT", 1),
    ],
    "a list that is refused": [_list(ContingencyType.OTO, replace(BUY, quantity_lots=0), LIMIT)],
}


CONTRACTS = dataclasses.replace(BTC_USDT, margin=Margin(leverage=10))
SELL = _order("s", Side.SELL, 15_000, 3_000_000)
_OF_CONTRACTS: dict[str, list[Command]] = {
    "a position": [BUY, FillOrder(1, 4_000)],
    "a gain": [BUY, FillOrder(1, 10_000), SELL, FillOrder(3, 10_000)],
    "a turn": [BUY, FillOrder(1, 10_000), SELL, FillOrder(3, 15_000)],
    "a loss": [
        *(SELL, FillOrder(1, 15_000), _order("b", Side.BUY, 9_000, 3_300_000), FillOrder(3, 9_000)),
    ],
}


def _lines(commands: list[Command], instrument: Instrument = BTC_USDT) -> list[str]:
    """Return the lines of a world in which these commands were given."""
    lines: list[str] = []
    recorder = Recorder(cast(Any, SimpleNamespace(now=0.0)), lines.append)
    made = [
        json.loads(line) for line in recording("stop", balances={"BTC": "10", "USDT": "100000"})
    ]
    recorder.header(**{key: made[0][key] for key in list(made[0])[4:]})
    recorder.run("phase", phase="steps")
    exchange = Exchange([instrument], Fees(maker=Decimal("0.001"), taker=Decimal("0.002")))
    writer = TruthWriter(recorder, Progress(lambda: 0.0), {"BTCUSDT": instrument})
    deposits = [Deposit("client", "USDT", asset_units(Decimal(100_000)))]
    deposits.append(Deposit("client", "BTC", asset_units(Decimal(10))))
    deposits.append(Deposit("stranger", "BTC", asset_units(Decimal(10))))
    for command in [*deposits, *commands]:
        writer.write(exchange.apply(command, 0))
    for phase in ("healed", "quiet", "stopped"):
        recorder.run("phase", phase=phase)
    recorder.run("end")
    return lines


@pytest.mark.parametrize("story", _STORIES)
def test_the_judge_counts_as_the_venue_did(story: str) -> None:
    """FIX M1 and M2, terms, statuses and money hold in what is written of the rarer events too."""
    assert list(venue_is_wrong(read_recording(_lines(_STORIES[story])))) == []


@pytest.mark.parametrize("story", _OF_CONTRACTS)
def test_the_judge_counts_contracts_as_the_venue_did(story: str) -> None:
    """Nothing is delivered: what closing gained comes to the money, and fees go from it."""
    lines = _lines(_OF_CONTRACTS[story], CONTRACTS)
    assert list(venue_is_wrong(read_recording(lines))) == []


def test_a_gain_that_was_not_paid_is_a_venue_s_mistake() -> None:
    """The truth must be consistent with itself before anybody is judged by it."""
    lines = _lines(_OF_CONTRACTS["a gain"], CONTRACTS)
    told = [line.replace('"realized":"1000"', '"realized":"999"') for line in lines]
    assert told != lines
    assert list(venue_is_wrong(read_recording(told))) != []


@pytest.mark.parametrize(
    ("story", "kind", "stated"),
    [
        (
            "an amend",
            "Replaced",
            {"quantity": "0.6", "client_order_id": "b", "original_client_order_id": "a"},
        ),
        ("a restatement", "Restated", {"quantity": "0.4", "reason": "by_venue"}),
        (
            "self-trade prevention",
            "Restated",
            {
                "prevented_quantity": "0.4",
                "last_prevented_quantity": "0.4",
                "leaves_quantity": "0.6",
            },
        ),
        (
            "a bust of a live order",
            "TradeCancel",
            {"trade_id": "1", "last_quantity": "0.4", "cumulative_quantity": "0"},
        ),
        (
            "a correction",
            "TradeCorrect",
            {"trade_id": "1", "last_quantity": "0.9", "last_price": "28000"},
        ),
        (
            "a stop",
            "Triggered",
            {"trigger": {"kind": "STOP_LOSS", "price": "29000", "trailing_delta_bips": None}},
        ),
        ("an iceberg", "New", {"display_quantity": "0.1"}),
        ("an order by quote", "Trade", {"quantity": "0.0333", "quote_quantity": "1000"}),
        ("one cancels the other", "Replaced", {"quantity": "0.05", "order_list_id": "1"}),
        ("one cancels the other", "Expired", {"is_working": False, "reason": "other_of_list"}),
    ],
)
def test_rarer_reports_say_what_is_their_own(story: str, kind: str, stated: dict[str, Any]) -> None:
    """An amend has the old name, prevention what it took, a revision the trade as it was or is."""
    lines = [json.loads(line) for line in _lines(_STORIES[story])]
    report = next(line for line in lines if line.get("execution_type") == kind)
    assert {key: report[key] for key in stated} == stated


@pytest.mark.parametrize(
    ("story", "kind", "stated"),
    [
        ("an amend that is refused", "amend_refused", {"venue_order_id": "1"}),
        ("a halt", "phase", {"market": "BTC-USDT", "phase": "HALTED"}),
        (
            "one cancels the other",
            "list",
            {"market": "BTC-USDT", "contingency": "OCO", "list_status": "EXECUTING"},
        ),
        ("a list that is refused", "list_refused", {"client_order_id": "a"}),
    ],
)
def test_what_is_about_no_order_has_a_kind_of_its_own(
    story: str, kind: str, stated: dict[str, str]
) -> None:
    """Refused amends and phases of markets are in the truth ledger."""
    lines = [json.loads(line) for line in _lines(_STORIES[story])]
    truth = next(line for line in lines if line["kind"] == kind and line["ledger"] == "truth")
    assert {key: truth[key] for key in stated} == stated
