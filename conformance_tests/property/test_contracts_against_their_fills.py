"""Positions and money of contracts, counted again from nothing but the reports of their fills."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import (
    CancelOrder,
    Command,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    SetLeverage,
    Trigger,
)
from fillproof.simulator.vocabulary.instruments import Instrument, Margin
from fillproof.simulator.vocabulary.orders import (
    ContingencyType,
    ExecutionType,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

ACCOUNTS = ("ann", "bob", "cat")
MONEY = 300 * UNITS_PER_ASSET
PERPETUAL = Instrument(
    symbol="BTC",
    base="BTC",
    quote="USDC",
    tick_size=Decimal(1),
    lot_size=Decimal("0.01"),
    min_quantity=Decimal("0.01"),
    max_quantity=Decimal(1000),
    min_notional=Decimal(0),
    margin=Margin(leverage=7),
)
_PRICED = (TimeInForce.GTC, TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK)


def drawn_order(dice: Random) -> PlaceOrder:
    """Return an order near 100, which may wait for a price or only reduce."""
    waits = dice.random() < 0.15
    kind = dice.choice(list(TriggerKind))
    return PlaceOrder(
        account=dice.choice(ACCOUNTS),
        client_order_id=f"o{dice.randrange(40)}",
        symbol="BTC",
        side=dice.choice(list(Side)),
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce.GTC if waits else dice.choice(_PRICED),
        quantity_lots=dice.randint(1, 900),
        price_ticks=dice.randint(97, 103),
        post_only=not waits and dice.random() < 0.1,
        self_trade_prevention=dice.choice(list(SelfTradePrevention)),
        trigger=Trigger(kind, dice.randint(97, 103)) if waits else None,
        reduce_only=dice.random() < 0.25,
    )


def drawn_group(dice: Random) -> PlaceOrderList:
    """Return an order that brings a take-profit and a stop-loss once it is full."""
    first = replace(
        drawn_order(dice),
        time_in_force=TimeInForce.GTC,
        trigger=None,
        post_only=False,
        reduce_only=False,
    )
    buys, number = first.side is Side.BUY, dice.randrange(40)
    stop, better = (dice.randint(94, 98), dice.randint(102, 106))
    legs = [
        replace(
            first,
            client_order_id=f"{name}{number}",
            side=first.side.opposite,
            price_ticks=1 if buys else 200,
            trigger=Trigger(kind, price),
            reduce_only=True,
        )
        for name, kind, price in (
            ("above", TriggerKind.TAKE_PROFIT if buys else TriggerKind.STOP_LOSS, better),
            ("below", TriggerKind.STOP_LOSS if buys else TriggerKind.TAKE_PROFIT, stop),
        )
    ]
    orders = (first, *legs)
    return PlaceOrderList(first.account, "BTC", f"l{number}", ContingencyType.OTOCO, orders)


def drawn(dice: Random) -> Command:
    """Return a command, mostly an order."""
    account = dice.choice(ACCOUNTS)
    match dice.randrange(11):
        case 0:
            return CancelOrder(account, "BTC", client_order_id=f"o{dice.randrange(40)}")
        case 1:
            return SetLeverage(account, "BTC", dice.randint(1, 50))
        case 2:
            return FillOrder(dice.randrange(1, 60), dice.randint(1, 100))
        case 3:
            return EndOrder(dice.randrange(1, 60), "Canceled")
        case 4:
            return drawn_group(dice)
        case _:
            return drawn_order(dice)


class Counted:
    """What the fills of each account come to."""

    def __init__(self) -> None:
        self.lots: Counter[str] = Counter()
        self.paid: Counter[str] = Counter()
        self.gained: Counter[str] = Counter()
        self.fees: Counter[str] = Counter()

    def take(self, report: ExecutionReport) -> None:
        """Count one fill; where the position stood before is where it was counted to."""
        account, sign = report.account, 1 if report.side is Side.BUY else -1
        assert report.start_position_lots == self.lots[account]
        self.lots[account] += sign * (report.last_quantity_lots or 0)
        self.paid[account] += sign * (report.last_quote_units or 0)
        self.gained[account] += report.realized_units or 0
        self.fees[account] += report.fee_units or 0


@pytest.mark.parametrize("seed", range(6))
def test_positions_and_money_are_what_the_fills_come_to(seed: int) -> None:
    """Lots are summed, what was paid is in the cost or was gained, and nothing else moves money."""
    dice, counted = Random(seed), Counted()
    fees = Fees(Decimal("0.0002"), Decimal("0.0005"))
    exchange = Exchange([PERPETUAL], fees, debug=True)
    for account in ACCOUNTS:
        exchange.apply(Deposit(account, "USDC", MONEY), 0)
    met: set[Any] = set()
    for now in range(400):
        for report in exchange.apply(drawn(dice), now):
            if isinstance(report, ExecutionReport):
                met |= {report.execution_type, report.reason, report.reduce_only}
                if report.execution_type is ExecutionType.TRADE:
                    counted.take(report)
    assert {ExecutionType.TRIGGERED, Reason.REDUCE_ONLY, Reason.INSUFFICIENT_MARGIN} <= met
    assert Reason.OTHER_OF_LIST in met
    positions = exchange.positions("BTC")
    for account in ACCOUNTS:
        position = positions[account]
        assert position.lots == counted.lots[account]
        assert position.cost_units == counted.paid[account] + counted.gained[account]
        assert position.lots or position.cost_units == 0
        total = MONEY + counted.gained[account] - counted.fees[account]
        assert sum(exchange.balances(account)["USDC"]) == total
