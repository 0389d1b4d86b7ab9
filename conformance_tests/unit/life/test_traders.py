"""Background traders make a market that moves, and keep away where they are told to."""

from __future__ import annotations

import pytest
from conformance_tests.unit.life.strangers import MARKET, PRICE, SECOND, Town

from fillproof.simulator.life.protocol import Gap
from fillproof.simulator.life.traders import Traders, TradersPlan
from fillproof.simulator.vocabulary.commands import FillOrder
from fillproof.simulator.vocabulary.orders import Side

GAP = Gap(PRICE - 20_000, PRICE + 20_000)
BEGIN = 7 * SECOND


def traders(town: Town, gap: Gap | None = None, seed: int = 3, count: int = 20) -> Traders:
    """Return traders of a town."""
    plan = TradersPlan(MARKET, count, SECOND // 2, PRICE, gap is not None, gap, seed)
    return Traders(plan, town.exchange, BEGIN)


def lived(seconds: int, gap: Gap | None = None, seed: int = 3, count: int = 20) -> Town:
    """Return a town after so many seconds of life."""
    town = Town()
    town.live(traders(town, gap, seed, count), BEGIN + seconds * SECOND)
    return town


def test_there_is_a_book_from_the_first_moment() -> None:
    """Each maker has a bid and an ask, and they do not cross."""
    town = lived(0)
    bids, asks = town.exchange.depth("BTCUSDT")
    assert len(bids) == len(asks) == 15
    assert bids[0][0] < PRICE < asks[0][0]


def test_the_book_moves_and_trades() -> None:
    """In a minute of half-second wakings there are dozens of trades, at more than one price."""
    town = lived(60)
    trades = town.trades()
    assert len(trades) > 50
    assert len({trade.price_ticks for trade in trades}) > 10
    assert {trade.buyer_is_maker for trade in trades} == {True, False}
    town.exchange.check()


def test_the_price_stays_near_where_it_began() -> None:
    """One percent away it turns back, on either side."""
    life = traders(Town())
    prices = []
    for _ in range(30_000):
        life._walk()
        prices.append(life._price_ticks)
    percent = PRICE // 100
    assert PRICE - percent <= min(prices)
    assert max(prices) == PRICE + percent


def test_the_same_seed_does_the_same() -> None:
    """Another seed does something else."""
    assert lived(30).commands == lived(30).commands
    assert lived(30).commands != lived(30, seed=4).commands


def test_nothing_happens_before_they_wake() -> None:
    """Asked too early, they do nothing and draw nothing."""
    town = Town()
    life = traders(town)
    assert list(life.act(BEGIN - 1)) == []
    assert life.next_ns == BEGIN
    town.live(life, BEGIN + 30 * SECOND)
    assert town.commands == lived(30).commands


def test_with_a_gap_its_prices_are_left_free() -> None:
    """Strangers bid below it and ask above it, however the price moves, and trade there."""
    town = lived(120, GAP)
    bids, asks = town.exchange.depth("BTCUSDT")
    assert bids[0][0] <= GAP.low_ticks
    assert asks[0][0] >= GAP.high_ticks
    prices = [trade.price_ticks for trade in town.trades()]
    assert prices
    assert not any(GAP.low_ticks < price < GAP.high_ticks for price in prices)


@pytest.mark.parametrize("side", list(Side))
def test_with_a_gap_an_order_in_it_trades_only_by_its_own_step(side: Side) -> None:
    """Nobody stands before it and nobody takes from it, for as long as it rests."""
    town = Town()
    life = traders(town, GAP)
    town.live(life, BEGIN + 5 * SECOND)
    number = town.place(side, PRICE, 10_000, BEGIN + 5 * SECOND)
    town.live(life, BEGIN + 60 * SECOND)
    order = town.exchange.order(number)
    assert order is not None
    assert order.leaves_quantity_lots == 10_000
    assert town.exchange.stands_before(number) == 0
    town.apply(FillOrder(number, 4_000), BEGIN + 60 * SECOND)
    order = town.exchange.order(number)
    assert order is not None
    assert order.leaves_quantity_lots == 6_000


def test_without_a_gap_everybody_trades_with_everybody() -> None:
    """An order at the price is taken by strangers sooner or later."""
    town = Town()
    life = traders(town)
    town.live(life, BEGIN)
    number = town.place(Side.BUY, PRICE, 100, BEGIN)
    town.live(life, BEGIN + 60 * SECOND)
    order = town.exchange.order(number)
    assert order is not None
    assert not order.is_open


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_few_traders_are_a_market_too(count: int) -> None:
    """One alone only makes; with four there is one who takes."""
    town = lived(120, count=count)
    assert bool(town.trades()) == (count == 4)
    assert all(town.exchange.depth("BTCUSDT"))
