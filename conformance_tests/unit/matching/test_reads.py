"""What can be read of the exchange without changing it."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.orders import (
    OrderStatus,
    OrderType,
    Reason,
    Side,
    TimeInForce,
)


def test_order_view_says_all_of_an_order() -> None:
    """A view has the terms of the order, what was filled, and when it was last changed."""
    venue = Venue()
    venue.do("at 1 ann buy a 5 @ 100 until 50")
    venue.do("at 2 fill a 2")
    venue.do("at 3 ann cancel a")
    assert venue.exchange.order(1) == OrderView(
        account="ann",
        client_order_id="a",
        venue_order_id=1,
        symbol=SYMBOL,
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce.GTD,
        post_only=False,
        quantity_lots=5,
        price_ticks=100,
        expire_at_ns=50,
        cumulative_quantity_lots=2,
        leaves_quantity_lots=0,
        cumulative_quote_units=200 * 10**8,
        order_status=OrderStatus.CANCELED,
        reason=Reason.BY_CLIENT,
        order_time_ns=1,
        update_time_ns=3,
        working_time_ns=1,
    )
    assert venue.exchange.order(99) is None


def test_find_means_the_open_order_else_the_latest() -> None:
    """A client order id names the open order of the account, else the last that had it."""
    venue = Venue()
    numbers = []
    for line in ["ann buy a 5 @ 100", "ann cancel a", "ann buy a 4 @ 99", "ann cancel a"]:
        venue.do(line)
        found = venue.exchange.find("ann", "a")
        assert found is not None
        numbers.append((found.venue_order_id, found.is_open))
    assert numbers == [(1, True), (1, False), (2, True), (2, False)]
    assert venue.exchange.find("bob", "a") is None
    assert venue.exchange.find("ann", "a", "ETHUSDT") is None


def test_orders_are_listed_oldest_first() -> None:
    """An account's orders come in order of acceptance, all or only the open ones."""
    venue = Venue()
    for line in ["ann buy a 5 @ 100", "bob buy x 1 @ 99", "ann buy b 5 @ 101", "ann cancel a"]:
        venue.do(line)
    exchange = venue.exchange
    assert [o.client_order_id for o in exchange.orders("ann")] == ["a", "b"]
    assert [o.client_order_id for o in exchange.orders("ann", SYMBOL, open_only=True)] == ["b"]
    assert exchange.orders("ann", "ETHUSDT") == ()
    assert exchange.orders("cyd") == ()


def test_depth_is_best_first_and_may_be_limited() -> None:
    """Depth sums each price, best first on both sides."""
    venue = Venue()
    for name, price in enumerate([98, 100, 99, 100]):
        venue.do(f"ann buy b{name} 2 @ {price}")
        venue.do(f"bob sell s{name} 3 @ {price + 10}")
    asks = [(108, 3), (109, 3), (110, 6)]
    assert venue.exchange.depth(SYMBOL) == ([(100, 4), (99, 2), (98, 2)], asks)
    assert venue.exchange.depth(SYMBOL, limit=1) == ([(100, 4)], [(108, 3)])


def test_stands_before_counts_price_then_time() -> None:
    """What has priority is all at better prices, and what came earlier at the same."""
    venue = Venue()
    for line in ["ann sell a 1 @ 100", "ann sell b 2 @ 101", "bob sell c 4 @ 101"]:
        venue.do(line)
    assert [venue.exchange.stands_before(number) for number in (1, 2, 3)] == [0, 1, 3]
    with pytest.raises(LookupError, match="order 4 does not rest"):
        venue.exchange.stands_before(4)


def test_last_trade_and_fills_are_kept() -> None:
    """The market keeps its last trade, an account its Trade reports."""
    venue = Venue()
    assert venue.exchange.last_trade(SYMBOL) is None
    venue.do("ann buy a 5 @ 100")
    venue.do("at 4 fill a 2")
    venue.do("at 5 fill a 1")
    printed = venue.exchange.last_trade(SYMBOL)
    assert printed is not None
    assert (printed.trade_id, printed.quantity_lots, printed.transact_time_ns) == (2, 1, 5)
    assert [fill.last_quantity_lots for fill in venue.exchange.fills("ann", SYMBOL)] == [2, 1]
    assert venue.exchange.fills("bob", SYMBOL) == ()


def test_reading_creates_nothing() -> None:
    """An account that nobody used stays unknown however often it is read."""
    venue = Venue(purse="ann 1 BTC")
    assert venue.exchange.balances("bob") == {}
    venue.play("bob buy b 1 @ 100 | b refused: insufficient_balance")
    assert venue.exchange.balances("bob") == {}
