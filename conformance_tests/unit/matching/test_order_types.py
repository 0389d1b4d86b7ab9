"""What each order type and time in force does with what it cannot trade at once."""

from __future__ import annotations

from conformance_tests.unit.matching.table import Venue


def test_ioc_rest_expires() -> None:
    """An IOC order trades what it can within its limit; the rest expires and never rests."""
    venue = Venue()
    venue.play("""
        ann sell near 2 @ 100    | near New 0/2
        ann sell far 2 @ 102     | far New 0/2
        bob buy some 3 @ 101 ioc | some New 0/3
                                 | near Trade 2 @ 100 Filled 2/0
                                 | some Trade 2 @ 100 PartiallyFilled 2/1
                                 | some Expired 2/0 ioc_rest
        bob buy none 3 @ 101 ioc | none New 0/3; none Expired 0/0 ioc_rest
    """)
    assert venue.book() == "bids asks 102x2"


def test_fok_trades_whole_or_not_at_all() -> None:
    """A FOK order that the book cannot fill within its limit expires without a fill."""
    venue = Venue()
    venue.play("""
        ann sell near 2 @ 100     | near New 0/2
        ann sell far 2 @ 102      | far New 0/2
        bob buy most 3 @ 101 fok  | most New 0/3; most Expired 0/0 fok_not_fillable
        bob buy whole 3 @ 102 fok | whole New 0/3
                                  | near Trade 2 @ 100 Filled 2/0
                                  | whole Trade 2 @ 100 PartiallyFilled 2/1
                                  | far Trade 1 @ 102 PartiallyFilled 1/1
                                  | whole Trade 1 @ 102 Filled 3/0
        bob buy more 2 fok        | more New 0/2; more Expired 0/0 fok_not_fillable
    """)
    assert venue.book() == "bids asks 102x1"


def test_market_order_takes_any_price() -> None:
    """A market order takes the book at any price; what the book cannot fill expires."""
    venue = Venue()
    venue.play("""
        ann buy near 2 @ 100   | near New 0/2
        ann buy far 2 @ 1      | far New 0/2
        bob sell m 5           | m New 0/5
                               | near Trade 2 @ 100 Filled 2/0; m Trade 2 @ 100 PartiallyFilled 2/3
                               | far Trade 2 @ 1 Filled 2/0;    m Trade 2 @ 1 PartiallyFilled 4/1
                               | m Expired 4/0 no_liquidity
        bob sell none 5        | none New 0/5; none Expired 0/0 no_liquidity
        bob buy none 5         | none New 0/5; none Expired 0/0 no_liquidity
    """)
    assert venue.book() == "bids asks"


def test_post_only_never_takes() -> None:
    """A post-only order that would trade at once is refused; else it rests like any other."""
    venue = Venue()
    venue.play("""
        ann sell s 2 @ 100       | s New 0/2
        bob buy far 2 @ 99 post  | far New 0/2
        bob buy at 2 @ 100 post  | at refused: would_match_immediately
        bob sell at 2 @ 99 post  | at refused: would_match_immediately
        ann sell at 2 @ 99       | at New 0/2
                                 | far Trade 2 @ 99 Filled 2/0; at Trade 2 @ 99 Filled 2/0
    """)


def test_gtd_expires_at_its_time() -> None:
    """A GTD order lives until its time and expires at it, with what it has left."""
    venue = Venue()
    venue.play("""
        at 10 ann buy a 5 @ 100 until 20  | a New 0/5
        at 15 bob sell b 2 @ 100          | b New 0/2
                                          | a Trade 2 @ 100 PartiallyFilled 2/3
                                          | b Trade 2 @ 100 Filled 2/0
        at 19 wait                        |
        at 20 wait                        | a Expired 2/0 good_till_date
        at 20 ann buy late 5 @ 100 until 20 | late refused: expiry_in_the_past
    """)
    assert venue.exchange.next_deadline_ns() is None


def test_expired_order_cannot_be_met_by_a_later_one() -> None:
    """A command first lets happen what was due before it, and reports it first."""
    venue = Venue()
    venue.play("""
        at 0 ann buy a 5 @ 100 until 20  | a New 0/5
        at 21 bob sell b 5 @ 100         | a Expired 0/0 good_till_date; b New 0/5
    """)


def test_deadlines_come_in_their_order() -> None:
    """What is due together comes earliest first, and at one instant in order of placing."""
    venue = Venue()
    venue.play("""
        at 0 ann buy second 1 @ 100 until 20  | second New 0/1
        at 0 ann buy third 1 @ 100 until 20   | third New 0/1
        at 0 ann buy first 1 @ 100 until 19   | first New 0/1
        at 30 wait  | first Expired 0/0 good_till_date
                    | second Expired 0/0 good_till_date; third Expired 0/0 good_till_date
    """)


def test_filled_gtd_order_leaves_no_deadline() -> None:
    """An order that ended otherwise is not waited for."""
    venue = Venue()
    venue.play("""
        at 0 ann buy a 1 @ 100 until 20  | a New 0/1
        at 1 fill a 1  | fill-of-1-after-0 New 0/1; a Trade 1 @ 100 Filled 1/0
                       | fill-of-1-after-0 Trade 1 @ 100 Filled 1/0
    """)
    assert venue.exchange.next_deadline_ns() is None
