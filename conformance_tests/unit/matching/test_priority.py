"""Who trades first, and at which price."""

from __future__ import annotations

from conformance_tests.unit.matching.table import SYMBOL, Venue


def test_better_price_trades_first() -> None:
    """A taker meets the best price first, whatever the order of arrival, at the maker's price."""
    venue = Venue()
    venue.play("""
        ann buy low 5 @ 99     | low New 0/5
        ann buy high 5 @ 101   | high New 0/5
        ann buy mid 5 @ 100    | mid New 0/5
        bob sell s 12 @ 99     | s New 0/12
                               | high Trade 5 @ 101 Filled 5/0; s Trade 5 @ 101 PartiallyFilled 5/7
                               | mid Trade 5 @ 100 Filled 5/0;  s Trade 5 @ 100 PartiallyFilled 10/2
                               | low Trade 2 @ 99 PartiallyFilled 2/3; s Trade 2 @ 99 Filled 12/0
    """)
    assert venue.book() == "bids 99x3 asks"


def test_older_order_trades_first_at_one_price() -> None:
    """At one price the older order trades first, and keeps its place when partly filled."""
    venue = Venue()
    venue.play("""
        ann sell first 5 @ 100   | first New 0/5
        ann sell second 5 @ 100  | second New 0/5
        bob buy b1 3 @ 100       | b1 New 0/3
                                 | first Trade 3 @ 100 PartiallyFilled 3/2
                                 | b1 Trade 3 @ 100 Filled 3/0
        bob buy b2 3 @ 100       | b2 New 0/3
                                 | first Trade 2 @ 100 Filled 5/0
                                 | b2 Trade 2 @ 100 PartiallyFilled 2/1
                                 | second Trade 1 @ 100 PartiallyFilled 1/4
                                 | b2 Trade 1 @ 100 Filled 3/0
    """)
    assert venue.book() == "bids asks 100x4"


def test_canceled_order_leaves_its_place_to_the_next() -> None:
    """A cancel in the middle of a level changes nobody else's place."""
    venue = Venue()
    venue.play("""
        ann sell first 1 @ 100   | first New 0/1
        ann sell second 1 @ 100  | second New 0/1
        ann sell third 1 @ 100   | third New 0/1
        ann cancel second        | second Canceled 0/0 by_client
        bob buy b 2 @ 100        | b New 0/2
                                 | first Trade 1 @ 100 Filled 1/0
                                 | b Trade 1 @ 100 PartiallyFilled 1/1
                                 | third Trade 1 @ 100 Filled 1/0
                                 | b Trade 1 @ 100 Filled 2/0
    """)


def test_who_has_left_a_level_takes_no_room_in_it() -> None:
    """However many orders leave a level, and from wherever, it remembers about who is there."""
    venue = Venue()
    for number in range(60):
        venue.do(f"ann sell s{number} 1 @ 100")
    asks = venue.exchange._engine.markets[SYMBOL].asks
    level = asks.best
    assert level is not None
    for number in [*range(1, 60, 2), *range(58, 2, -2)]:
        venue.do(f"ann cancel s{number}")
        venue.exchange.check()
        assert len(level.queue) <= 2 * sum(1 for _ in level.in_order())
    assert [order.terms.client_order_id for order in level.in_order()] == ["s0", "s2"]
    venue.do("ann cancel s0")
    assert level.first().terms.client_order_id == "s2"
    venue.do("ann cancel s2")
    assert asks.best is None


def test_rest_of_a_limit_order_rests_at_its_own_price() -> None:
    """What a limit order cannot trade waits in the book at its limit."""
    venue = Venue()
    venue.play("""
        ann sell s 2 @ 100   | s New 0/2
        bob buy b 5 @ 103    | b New 0/5
                             | s Trade 2 @ 100 Filled 2/0
                             | b Trade 2 @ 100 PartiallyFilled 2/3
    """)
    assert venue.book() == "bids 103x3 asks"


def test_an_account_may_trade_with_itself() -> None:
    """Without self-trade prevention both sides may be of one account; it loses nothing by it."""
    venue = Venue()
    before = venue.money("ann")
    venue.play("""
        ann sell s 2 @ 100   | s New 0/2
        ann buy b 2 @ 101    | b New 0/2
                             | s Trade 2 @ 100 Filled 2/0
                             | b Trade 2 @ 100 Filled 2/0
    """)
    assert venue.money("ann") == before
