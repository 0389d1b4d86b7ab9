"""Recorded trades happen again at their times, prices and amounts."""

from __future__ import annotations

from decimal import Decimal

from conformance_tests.unit.life.strangers import MARKET, PRICE, SECOND, Town

from fillproof.simulator.life.protocol import Gap
from fillproof.simulator.life.replay import RecordedTrade, Replay, ReplayPlan
from fillproof.simulator.vocabulary.orders import Side
from fillproof.simulator.vocabulary.units import asset_units

BEGIN = 7 * SECOND
TRADES = (
    RecordedTrade(0, PRICE, 1_000, Side.SELL),
    RecordedTrade(2 * SECOND, PRICE + 30, 1, Side.BUY),
    RecordedTrade(2 * SECOND, PRICE + 30, 2_500, Side.BUY),
    RecordedTrade(5 * SECOND, PRICE - 700, 800, Side.SELL),
)


def replay(town: Town, apart: bool = True, gap: Gap | None = None) -> Replay:
    """Return the replay of those trades in a town."""
    return Replay(ReplayPlan(MARKET, TRADES, apart, gap, 3), town.exchange, BEGIN)


def test_each_trade_is_traded_again() -> None:
    """Same time, price, amount and taker; also one smaller than an order may be."""
    for apart in (True, False):
        town = Town()
        town.live(replay(town, apart), BEGIN + 9 * SECOND)
        seen = [
            (one.transact_time_ns - BEGIN, one.price_ticks, one.quantity_lots, one.buyer_is_maker)
            for one in town.trades()
        ]
        least = 1 if apart else 2  # five dollars are two lots: a taker's order cannot be smaller
        assert seen == [
            (0, PRICE, 1_000, True),
            (2 * SECOND, PRICE + 30, least, False),
            (2 * SECOND, PRICE + 30, 2_500, False),
            (5 * SECOND, PRICE - 700, 800, True),
        ]
        town.exchange.check()


def test_the_book_goes_along() -> None:
    """A few levels a side around the last price; nothing is left of the makers of the trades."""
    town = Town()
    life = replay(town)
    town.live(life, BEGIN + 2 * SECOND)
    bids, asks = town.exchange.depth("BTCUSDT")
    assert len(bids) == len(asks) == 5
    assert bids[0][0] < PRICE + 30 < asks[0][0]
    town.live(life, BEGIN + 9 * SECOND)
    assert life.next_ns is None
    bids, asks = town.exchange.depth("BTCUSDT")
    assert bids[0][0] < PRICE - 700 < asks[0][0]


def test_apart_a_trade_that_would_meet_another_order_is_left_out() -> None:
    """What stands in the book first trades first, and it is not the strangers'."""
    town = Town()
    life = replay(town)
    number = town.place(Side.BUY, PRICE - 700, 5_000, BEGIN)
    town.live(life, BEGIN + 9 * SECOND)
    order = town.exchange.order(number)
    assert order is not None
    assert order.leaves_quantity_lots == 5_000
    assert [trade.price_ticks for trade in town.trades()] == [PRICE, PRICE + 30, PRICE + 30]
    assert not town.exchange.orders("replay-BTCUSDT-maker", open_only=True)


def test_together_the_recorded_taker_takes_from_whoever_is_first() -> None:
    """By price, then by time."""
    town = Town()
    life = replay(town, apart=False)
    number = town.place(Side.BUY, PRICE - 700, 300, BEGIN)
    town.live(life, BEGIN + 9 * SECOND)
    order = town.exchange.order(number)
    assert order is not None
    assert order.leaves_quantity_lots == 0
    last, rest = town.trades()[-2:]
    assert (last.quantity_lots, rest.quantity_lots) == (300, 500)
    assert town.exchange.balances("client")["BTC"][0] < asset_units(Decimal("0.03"))


def test_with_a_gap_the_book_keeps_away() -> None:
    """The trades are where they were; only the levels around them are moved."""
    town = Town()
    gap = Gap(PRICE - 5_000, PRICE + 5_000)
    town.live(replay(town, gap=gap), BEGIN + 9 * SECOND)
    bids, asks = town.exchange.depth("BTCUSDT")
    assert bids[0][0] <= gap.low_ticks
    assert asks[0][0] >= gap.high_ticks
    assert len(town.trades()) == len(TRADES)
