"""Markets with margin: positions, what they lock, what closing them gains, and who owes whom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.matching import Exchange, Fees, PositionView
from fillproof.simulator.vocabulary.commands import (
    BustTrade,
    CancelOrder,
    Command,
    CorrectTrade,
    Deposit,
    FillOrder,
    PlaceOrder,
    SetLeverage,
    Trigger,
)
from fillproof.simulator.vocabulary.instruments import Instrument, Margin
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport, Impossible, Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, UnitsError

ONE = UNITS_PER_ASSET
PERPETUAL = Instrument(
    symbol="BTC",
    base="BTC",
    quote="USDC",
    tick_size=Decimal(1),
    lot_size=Decimal("0.01"),
    min_quantity=Decimal("0.01"),
    max_quantity=Decimal(1000),
    min_notional=Decimal(0),
    margin=Margin(leverage=10, maximum_leverage=50),
)
BUY, SELL = Side.BUY, Side.SELL


def opened(fee: str = "0") -> Exchange:
    """Return an exchange on which Ann and Bob have 10,000 USDC each."""
    rate = Decimal(fee)
    exchange = Exchange([PERPETUAL], Fees(rate, rate), debug=True)
    for account in ("ann", "bob"):
        exchange.apply(Deposit(account, "USDC", 10_000 * ONE), 0)
    return exchange


def order(
    account: str, side: Side, lots: int, price: int | None, name: str = "a", **more: Any
) -> PlaceOrder:
    """Return a limit order, or one without a price."""
    kind = OrderType.MARKET if price is None else OrderType.LIMIT
    force = TimeInForce.IOC if price is None else TimeInForce.GTC
    terms: dict[str, Any] = {"time_in_force": force, **more}
    return PlaceOrder(
        account, name, "BTC", side, kind, quantity_lots=lots, price_ticks=price, **terms
    )


def trade(exchange: Exchange, buyer: str, seller: str, lots: int, price: int) -> None:
    """Let two accounts trade with each other."""
    exchange.apply(order(buyer, BUY, lots, price, f"{buyer} buys"), 2)
    exchange.apply(order(seller, SELL, lots, price, f"{seller} sells"), 2)


def last(reports: tuple[Report, ...]) -> ExecutionReport:
    """Return the last thing that was reported of an order."""
    return [one for one in reports if isinstance(one, ExecutionReport)][-1]


@pytest.mark.parametrize(
    ("trades", "position", "free", "gained"),
    [
        # Ann's trades as (lots, price); below zero she sells.
        ([(100, 1000)], (100, 1000, 100), 9900, [0]),
        ([(100, 1000), (100, 2000)], (200, 3000, 300), 9700, [0, 0]),
        ([(100, 1000), (-100, 1500)], (0, 0, 0), 10500, [0, 500]),
        ([(100, 1000), (-50, 1500)], (50, 500, 50), 10200, [0, 250]),
        ([(100, 1000), (-150, 1500)], (-50, -750, 75), 10425, [0, 500]),
        ([(-100, 1000)], (-100, -1000, 100), 9900, [0]),
        ([(-100, 1000), (100, 800)], (0, 0, 0), 10200, [0, 200]),
        ([(-100, 1000), (100, 1200)], (0, 0, 0), 9800, [0, -200]),
        ([(-100, 1000), (300, 1200)], (200, 2400, 240), 9560, [0, -200]),
    ],
)
def test_a_position_costs_what_was_paid_and_gains_when_it_is_closed(
    trades: list[tuple[int, int]], position: tuple[int, int, int], free: int, gained: list[int]
) -> None:
    """Cost is averaged, margin is a tenth of it, and nothing is gained before something closes."""
    exchange = opened()
    for lots, price in trades:
        buyer, seller = ("ann", "bob") if lots > 0 else ("bob", "ann")
        trade(exchange, buyer, seller, abs(lots), price)
    lots, cost, margin = position
    expected = PositionView(lots, cost * ONE, margin * ONE, 10)
    assert exchange.positions("BTC")["ann"] == expected
    assert exchange.balances("ann")["USDC"] == (free * ONE, margin * ONE)
    fills = exchange.fills("ann", "BTC")
    assert [fill.realized_units for fill in fills] == [amount * ONE for amount in gained]
    assert sum(p.lots for p in exchange.positions("BTC").values()) == 0


def test_an_order_locks_its_margin_and_gives_it_back() -> None:
    """A tenth of its value, at placement; a cancel frees it."""
    exchange = opened()
    exchange.apply(order("ann", SELL, 100, 1000), 2)
    assert exchange.balances("ann")["USDC"] == (9900 * ONE, 100 * ONE)
    exchange.apply(CancelOrder("ann", "BTC", client_order_id="a"), 2)
    assert exchange.balances("ann")["USDC"] == (10000 * ONE, 0)


def test_an_order_without_its_margin_is_refused() -> None:
    """What it needs must be free."""
    exchange = opened()
    reports = exchange.apply(order("ann", BUY, 10_001, 1000), 2)
    assert last(reports).reason is Reason.INSUFFICIENT_MARGIN
    assert last(exchange.apply(order("ann", BUY, 10_000, 1000), 2)).order_status == "New"


def test_closing_needs_no_margin() -> None:
    """Of an order, only the lots that exceed the opposite position lock anything."""
    exchange = opened()
    trade(exchange, "ann", "bob", 10_000, 1000)
    assert exchange.balances("ann")["USDC"] == (0, 10_000 * ONE)
    assert last(exchange.apply(order("ann", SELL, 10_001, 1000, "more"), 2)).reason is (
        Reason.INSUFFICIENT_MARGIN
    )
    assert last(exchange.apply(order("ann", SELL, 10_000, 1000, "all"), 2)).order_status == "New"
    assert exchange.balances("ann")["USDC"] == (0, 10_000 * ONE)


def test_fees_are_of_the_value_and_paid_in_quote() -> None:
    """Both sides pay of the contracts' value, whoever buys."""
    exchange = opened(fee="0.001")
    trade(exchange, "ann", "bob", 100, 1000)
    fills = [exchange.fills(account, "BTC")[0] for account in ("ann", "bob")]
    assert [(fill.fee_units, fill.fee_asset) for fill in fills] == [(ONE, "USDC")] * 2
    assert exchange.balances("venue") == {"USDC": (2 * ONE, 0)}


def test_an_order_that_only_reduces_is_refused_when_it_would_open() -> None:
    """Nothing to close, or less than it asks for: it is refused."""
    exchange = opened()
    reports = exchange.apply(order("ann", SELL, 100, 1000, reduce_only=True), 2)
    assert last(reports).reason is Reason.REDUCE_ONLY
    trade(exchange, "ann", "bob", 50, 1000)
    reports = exchange.apply(order("ann", SELL, 51, 1000, reduce_only=True), 2)
    assert last(reports).reason is Reason.REDUCE_ONLY
    assert last(exchange.apply(order("ann", SELL, 50, 1000, reduce_only=True), 2)).reason is (
        Reason.NONE
    )


def test_an_order_that_only_reduces_ends_when_nothing_is_left_to_close() -> None:
    """Another order closes the position: what would open one is canceled."""
    exchange = opened()
    trade(exchange, "ann", "bob", 50, 1000)
    exchange.apply(order("ann", SELL, 50, 1200, "rests", reduce_only=True), 2)
    trade(exchange, "bob", "ann", 20, 1000)
    found = exchange.find("ann", "rests")
    assert found is not None
    assert (found.order_status, found.reason) == (OrderStatus.CANCELED, Reason.REDUCE_ONLY)


@pytest.mark.parametrize(
    ("closed_before", "status"), [(0, OrderStatus.FILLED), (30, OrderStatus.CANCELED)]
)
def test_a_stop_that_only_reduces_is_asked_again_when_it_is_set_off(
    closed_before: int, status: OrderStatus
) -> None:
    """It waits whatever the position does; set off, it closes, or ends when it would open."""
    exchange = opened()
    trade(exchange, "ann", "bob", 50, 1000)
    stop = Trigger(TriggerKind.STOP_LOSS, 900)
    exchange.apply(order("ann", SELL, 50, 800, "stop", reduce_only=True, trigger=stop), 2)
    if closed_before:
        trade(exchange, "bob", "ann", closed_before, 1000)
    exchange.apply(order("bob", BUY, 60, 850, "catches"), 2)
    exchange.apply(Deposit("cat", "USDC", 1000 * ONE), 2)
    exchange.apply(order("cat", SELL, 10, 850, "tips"), 2)
    found = exchange.find("ann", "stop")
    assert found is not None
    assert found.order_status is status


def test_leverage_sets_what_a_position_locks() -> None:
    """Twice the leverage, half the margin; too little of it needs money that must be there."""
    exchange = opened()
    trade(exchange, "ann", "bob", 1000, 1000)
    exchange.apply(SetLeverage("ann", "BTC", 20), 2)
    assert exchange.balances("ann")["USDC"] == (9500 * ONE, 500 * ONE)
    assert isinstance(exchange.apply(SetLeverage("ann", "BTC", 51), 2)[0], Impossible)
    trade(exchange, "ann", "bob", 1, 1000)
    assert isinstance(exchange.apply(SetLeverage("ann", "BTC", 1), 2)[0], Impossible)
    assert isinstance(exchange.apply(SetLeverage("ann", "ETH", 2), 2)[0], Impossible)


def test_a_busted_trade_takes_the_position_back() -> None:
    """As traded the other way at the same price; fees return, and the maker's order too."""
    exchange = opened(fee="0.001")
    trade(exchange, "ann", "bob", 100, 1000)
    exchange.apply(BustTrade(1), 2)
    assert exchange.positions("BTC")["ann"] == PositionView(0, 0, 0, 10)
    assert exchange.balances("venue") == {"USDC": (0, 0)}
    assert exchange.balances("bob") == {"USDC": (10_000 * ONE, 0)}
    assert exchange.balances("ann") == {"USDC": (9_900 * ONE, 100 * ONE)}


def test_a_corrected_trade_leaves_what_it_says_now() -> None:
    """Half the quantity at another price: the position is of that."""
    exchange = opened()
    trade(exchange, "ann", "bob", 100, 1000)
    exchange.apply(CorrectTrade(1, quantity_lots=50, price_ticks=1100), 2)
    assert exchange.positions("BTC")["bob"] == PositionView(-50, -550 * ONE, 55 * ONE, 10)


def test_the_market_account_fills_exactly_one_order() -> None:
    """It gets the margin for it, and takes the other side of the position."""
    exchange = opened()
    exchange.apply(order("ann", BUY, 100, 1000), 2)
    exchange.apply(FillOrder(1, 40), 2)
    assert exchange.positions("BTC")["market"].lots == -40
    assert exchange.balances("ann")["USDC"] == (9900 * ONE, 100 * ONE)


def test_a_market_without_margin_has_no_positions() -> None:
    """Leverage outside its limits is no margin."""
    spot = Exchange([PERPETUAL], Fees(Decimal(0), Decimal(0)))
    assert spot.positions("BTC") == {}
    with pytest.raises(UnitsError):
        Margin(leverage=51, maximum_leverage=50)


NAMES = st.sampled_from(["a", "b", "c", "d"])
ACCOUNTS = st.sampled_from(["ann", "bob", "cat"])
ORDERS = st.builds(
    lambda account, side, lots, price, name, reduce_only, force, stp: order(
        account,
        side,
        lots,
        price,
        name,
        reduce_only=reduce_only,
        time_in_force=force,
        self_trade_prevention=stp,
    ),
    ACCOUNTS,
    st.sampled_from(Side),
    st.integers(1, 400),
    st.integers(90, 110),
    NAMES,
    st.booleans(),
    st.sampled_from([TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK]),
    st.sampled_from(SelfTradePrevention),
)
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    ORDERS,
    ORDERS,
    st.builds(
        lambda a, s, n, name: order(a, s, n, None, name),
        ACCOUNTS,
        st.sampled_from(Side),
        st.integers(1, 100),
        NAMES,
    ),
    st.builds(lambda a, n: CancelOrder(a, "BTC", client_order_id=n), ACCOUNTS, NAMES),
    st.builds(lambda a, n: SetLeverage(a, "BTC", n), ACCOUNTS, st.integers(1, 50)),
    st.builds(BustTrade, st.integers(1, 8)),
    st.builds(
        CorrectTrade,
        st.integers(1, 8),
        st.integers(1, 50),
        st.integers(90, 110),
    ),
    st.builds(FillOrder, st.integers(1, 20), st.integers(1, 50)),
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(COMMANDS, max_size=40))
def test_money_and_contracts_are_conserved(commands: list[Command]) -> None:
    """Whatever is asked: contracts sum to nothing, and money to what was deposited and is owed."""
    exchange = opened(fee="0.0005")
    exchange.apply(Deposit("cat", "USDC", 500 * ONE), 0)
    for now, command in enumerate(commands):
        reports = exchange.apply(command, now)
        for report in reports:
            if isinstance(report, ExecutionReport) and report.execution_type is ExecutionType.TRADE:
                assert report.start_position_lots is not None
    exchange.check()
