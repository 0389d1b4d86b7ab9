"""Auctions: orders collect, and all that crosses trades at one price when it ends."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue, rejected


def _auction(*orders: str, last: int | None = None, **how: object) -> Venue:
    """Return a venue in an auction with these orders; `last` traded before it."""
    venue = Venue(**how)  # type: ignore[arg-type]
    if last is not None:
        venue.do(f"bob sell l1 1 @ {last}")
        venue.do(f"bob buy l2 1 @ {last}")
    venue.do("venue phase auction")
    for order in orders:
        assert rejected(venue.do(order)) is None
    return venue


def test_orders_collect_and_nothing_trades() -> None:
    """In an auction the book may be crossed; orders are canceled and amended as ever."""
    venue = _auction("ann buy a 3 @ 105", "bob sell b 2 @ 95")
    assert venue.book() == "bids 105x3 asks 95x2"
    venue.play(
        """
        ann amend a 2 | a Replaced a New 0/2
        fill a 1      | impossible: BTCUSDT does not trade: AUCTION
        bob cancel b  | b Canceled 0/0 by_client
        """
    )
    assert venue.book() == "bids 105x2 asks"


def test_its_end_trades_all_that_crosses_at_one_price() -> None:
    """Best prices first, at one price the older; both may pay less or get more than their limit."""
    orders = ("ann buy a 3 @ 105", "ann buy c 2 @ 100", "bob sell b 4 @ 95", "bob sell d 5 @ 103")
    venue = _auction(*orders, last=100)
    venue.play(
        """
        venue phase trading | a Trade 3 @ 100 Filled 3/0
                            | b Trade 3 @ 100 PartiallyFilled 3/1
                            | c Trade 1 @ 100 PartiallyFilled 1/1
                            | b Trade 1 @ 100 Filled 4/0
        """
    )
    assert venue.book() == "bids 100x1 asks 103x5"
    assert venue.money("ann") == "BTC 1004+0, USDT 99500+100"
    assert venue.money("bob") == "BTC 991+5, USDT 100400+0"


PRICES = [
    # The most volume: at 100 five lots trade, at any other price fewer.
    (["ann buy a 3 @ 105", "ann buy c 2 @ 100", "bob sell b 5 @ 100"], None, 100),
    # Ties: the least imbalance. From 96 to 104 five meet five, at 95 and 105 someone is left over.
    (["ann buy a 5 @ 105", "ann buy c 5 @ 95", "bob sell b 5 @ 95", "bob sell d 5 @ 105"], 90, 96),
    # Then the nearest to the last trade, inside and outside of what crosses.
    (["ann buy a 5 @ 105", "bob sell b 5 @ 95"], 101, 101),
    (["ann buy a 5 @ 105", "bob sell b 5 @ 95"], 200, 105),
    # Then the lower.
    (["ann buy a 5 @ 105", "bob sell b 5 @ 95"], None, 95),
]


@pytest.mark.parametrize(("orders", "last", "price"), PRICES)
def test_the_price_is_where_most_trades(orders: list[str], last: int | None, price: int) -> None:
    """Most volume, then least imbalance, then nearest to the last trade, then the lower price."""
    venue = _auction(*orders, last=last)
    venue.do("venue phase trading")
    trade = venue.exchange.last_trade(SYMBOL)
    assert trade is not None
    assert trade.price_ticks == price


REFUSED = [
    "ann buy a 1",
    "ann buy a 1 @ 100 ioc",
    "ann buy a 1 @ 100 fok",
    "ann buy a 1 @ 100 post",
    "ann buy a 1 @ 100 stop 120",
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_wait_is_refused(asked: str) -> None:
    """An order that wants to trade at once, never, or later has no place in an auction."""
    assert rejected(_auction(last=100).do(asked)) == "market_in_auction"


def test_an_iceberg_trades_part_by_part() -> None:
    """Hidden parts count for the volume and come behind the others of their price."""
    venue = _auction("bob sell i 4 @ 95 show 2", "bob sell s 2 @ 95", "ann buy a 5 @ 95")
    venue.play(
        """
        venue phase trading | i Trade 2 @ 95 PartiallyFilled 2/2
                            | a Trade 2 @ 95 PartiallyFilled 2/3
                            | s Trade 2 @ 95 Filled 2/0
                            | a Trade 2 @ 95 PartiallyFilled 4/1
                            | i Trade 1 @ 95 PartiallyFilled 3/1
                            | a Trade 1 @ 95 Filled 5/0
        """
    )


def test_who_was_there_before_is_the_maker() -> None:
    """The older order of a trade is its maker; self-trade prevention has no say."""
    venue = _auction("ann buy a 1 @ 100 stp expire_taker", "ann sell b 1 @ 100 stp expire_taker")
    venue.do("venue phase post_only")
    trade = venue.exchange.last_trade(SYMBOL)
    assert trade is not None
    assert trade.buyer_is_maker
    assert venue.exchange.phase(SYMBOL) == "POST_ONLY"


def test_what_its_trades_set_off_happens_before_the_phase_changes() -> None:
    """A stop that the auction's price reaches trades still, even into a halt."""
    venue = Venue()
    venue.do("bob sell l1 1 @ 100")
    venue.do("bob buy l2 1 @ 100")
    venue.do("ann sell a 1 stop 95")
    venue.do("venue phase auction")
    venue.do("bob buy b 2 @ 95")
    venue.do("bob sell c 1 @ 95")
    venue.play(
        """
        venue phase halted | b Trade 1 @ 95 PartiallyFilled 1/1
                           | c Trade 1 @ 95 Filled 1/0
                           | a Triggered New 0/1
                           | b Trade 1 @ 95 Filled 2/0
                           | a Trade 1 @ 95 Filled 1/0
        """
    )
    assert venue.exchange.phase(SYMBOL) == "HALTED"
