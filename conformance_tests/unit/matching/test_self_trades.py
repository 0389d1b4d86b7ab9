"""Self-trade prevention: who loses what when an account would trade with itself."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue


def _venue() -> Venue:
    """Return a venue where ann offers 3 at 100, bob 2 at 100, ann 1 and bob 9 at 101."""
    venue = Venue()
    for line in (
        "ann sell m 3 @ 100",
        "bob sell s 2 @ 100",
        "ann sell n 1 @ 101",
        "bob sell r 9 @ 101",
    ):
        venue.do(line)
    return venue


MODES = [
    (
        "none",
        """
        ann buy t 4 @ 101 stp none  | t New 0/4
                                    | m Trade 3 @ 100 Filled 3/0
                                    | t Trade 3 @ 100 PartiallyFilled 3/1
                                    | s Trade 1 @ 100 PartiallyFilled 1/1
                                    | t Trade 1 @ 100 Filled 4/0
        """,
        "bids asks 100x1 101x10",
    ),
    (
        "expire_taker",
        """
        ann buy t 4 @ 101 stp expire_taker  | t New 0/4
                                            | t -4 Expired 0/0 prevented 4 self_trade_prevention
        """,
        "bids asks 100x5 101x10",
    ),
    (
        "expire_maker",
        """
        ann buy t 4 @ 101 stp expire_maker  | t New 0/4
                                            | m -3 Expired 0/0 prevented 3 self_trade_prevention
                                            | s Trade 2 @ 100 Filled 2/0
                                            | t Trade 2 @ 100 PartiallyFilled 2/2
                                            | n -1 Expired 0/0 prevented 1 self_trade_prevention
                                            | r Trade 2 @ 101 PartiallyFilled 2/7
                                            | t Trade 2 @ 101 Filled 4/0
        """,
        "bids asks 101x7",
    ),
    (
        "expire_both",
        """
        ann buy t 4 @ 101 stp expire_both  | t New 0/4
                                           | m -3 Expired 0/0 prevented 3 self_trade_prevention
                                           | t -4 Expired 0/0 prevented 4 self_trade_prevention
        """,
        "bids asks 100x2 101x10",
    ),
    (
        "decrement",
        """
        ann buy t 4 @ 101 stp decrement  | t New 0/4
                                         | m -3 Expired 0/0 prevented 3 self_trade_prevention
                                         | t -3 New 0/1 prevented 3 self_trade_prevention
                                         | s Trade 1 @ 100 PartiallyFilled 1/1
                                         | t Trade 1 @ 100 Filled 1/0 prevented 3
        """,
        "bids asks 100x1 101x10",
    ),
]


@pytest.mark.parametrize(("mode", "table", "book"), MODES)
def test_mode_of_the_taker_says_who_loses(mode: str, table: str, book: str) -> None:
    """The taker's mode decides who expires; strangers are traded with as ever."""
    venue = _venue()
    venue.play(table)
    assert venue.book() == book, mode


def test_larger_maker_is_restated_and_keeps_its_place() -> None:
    """Decrement takes the taker's quantity from a larger maker, which lives on where it stood."""
    venue = Venue()
    venue.play("""
        ann sell m 5 @ 100              | m New 0/5
        bob sell later 1 @ 100          | later New 0/1
        bob buy b 1 @ 100               | b New 0/1
                                        | m Trade 1 @ 100 PartiallyFilled 1/4
                                        | b Trade 1 @ 100 Filled 1/0
        ann buy t 3 @ 100 stp decrement | t New 0/3
                                        | m -3 PartiallyFilled 1/1 prevented 3 self_trade_prevention
                                        | t -3 Expired 0/0 prevented 3 self_trade_prevention
        bob buy c 1 @ 100               | c New 0/1
                                        | m Trade 1 @ 100 Filled 2/0 prevented 3
                                        | c Trade 1 @ 100 Filled 1/0
    """)
    assert venue.money("ann") == "BTC 998+0, USDT 100200+0"


def test_decremented_taker_rests_with_what_is_left() -> None:
    """Quantity is cumulative plus leaves plus prevented, and only leaves is locked."""
    venue = Venue(purse="ann 10 BTC, ann 1000 USDT, bob 10 BTC")
    venue.play("""
        ann sell m 2 @ 100               | m New 0/2
        bob sell s 1 @ 100               | s New 0/1
        ann buy t 5 @ 100 stp decrement  | t New 0/5
                                         | m -2 Expired 0/0 prevented 2 self_trade_prevention
                                         | t -2 New 0/3 prevented 2 self_trade_prevention
                                         | s Trade 1 @ 100 Filled 1/0
                                         | t Trade 1 @ 100 PartiallyFilled 1/2 prevented 2
    """)
    assert venue.book() == "bids 100x2 asks"
    assert venue.money("ann") == "BTC 11+0, USDT 700+200"


def test_mode_of_the_maker_does_not_matter() -> None:
    """A resting order's own mode is silent; a taker without one trades with itself."""
    Venue().play("""
        ann sell m 1 @ 100 stp expire_both  | m New 0/1
        ann buy t 1 @ 100                   | t New 0/1
                                            | m Trade 1 @ 100 Filled 1/0
                                            | t Trade 1 @ 100 Filled 1/0
    """)


@pytest.mark.parametrize(
    ("mode", "end"),
    [
        ("expire_taker", "t Expired 0/0 fok_not_fillable"),
        ("decrement", "t Expired 0/0 fok_not_fillable"),
        (
            "expire_maker",
            """m -2 Expired 0/0 prevented 2 self_trade_prevention
                                             | s Trade 3 @ 100 Filled 3/0
                                             | t Trade 3 @ 100 Filled 3/0""",
        ),
    ],
)
def test_fill_or_kill_counts_only_what_it_may_trade_with(mode: str, end: str) -> None:
    """Own orders do not make a fill-or-kill order fillable; a killed one leaves them alone."""
    Venue().play(f"""
        ann sell m 2 @ 100                   | m New 0/2
        bob sell s 3 @ 100                   | s New 0/3
        ann buy t 3 @ 100 fok stp {mode}     | t New 0/3; {end}
    """)


def test_market_buy_needs_money_only_for_strangers() -> None:
    """A market buy locks what it will pay: past its own expiring orders, or without them."""
    venue = Venue(purse="ann 9 BTC, ann 200 USDT, bob 9 BTC")
    venue.play("""
        ann sell m 2 @ 100            | m New 0/2
        bob sell s 2 @ 101            | s New 0/2
        ann buy x 2 stp expire_maker  | x refused: insufficient_balance
        ann buy t 3 stp decrement     | t New 0/3
                                      | m -2 Expired 0/0 prevented 2 self_trade_prevention
                                      | t -2 New 0/1 prevented 2 self_trade_prevention
                                      | s Trade 1 @ 101 PartiallyFilled 1/1
                                      | t Trade 1 @ 101 Filled 1/0 prevented 2
    """)
    assert venue.money("ann") == "BTC 10+0, USDT 99+0"


GROUPS = {"ann": "one", "bob": "one"}


def test_accounts_of_one_trade_group_count_as_one() -> None:
    """What would trade between two of a group is prevented as with oneself."""
    venue = Venue(trade_groups=GROUPS)
    venue.play(
        """
        bob sell s 2 @ 100                  | s New 0/2
        ann buy t 3 @ 100 stp expire_maker  | t New 0/3
                                            | s -2 Expired 0/0 prevented 2 self_trade_prevention
        """
    )
    assert venue.book() == "bids 100x3 asks"


TRANSFERS = [
    ("bob", "transfer", "transfer", "BTC 1002+0, USDT 99800+0", "BTC 998+0, USDT 100200+0"),
    ("bob", "decrement", "transfer", "BTC 1000+0, USDT 100000+0", "BTC 1000+0, USDT 100000+0"),
    ("bob", "transfer", "decrement", "BTC 1000+0, USDT 100000+0", "BTC 1000+0, USDT 100000+0"),
    ("ann", "transfer", "transfer", "BTC 1000+0, USDT 100000+0", "BTC 1000+0, USDT 100000+0"),
]


@pytest.mark.parametrize(("who", "maker", "taker", "ann", "bob"), TRANSFERS)
@pytest.mark.parametrize("price", ["@ 103", ""])
def test_a_transfer_moves_the_money_without_a_trade_when_both_say_so(
    who: str, maker: str, taker: str, ann: str, bob: str, price: str
) -> None:
    """Two of a group exchange at the maker's price; otherwise both only lose the quantity."""
    venue = Venue(trade_groups=GROUPS)
    venue.do(f"{who} sell s 2 @ 100 stp {maker}")
    venue.play(
        f"""
        ann buy t 2 {price} stp {taker} | t New 0/2
                                        | s -2 Expired 0/0 prevented 2 self_trade_prevention
                                        | t -2 Expired 0/0 prevented 2 self_trade_prevention
        """
    )
    assert (venue.money("ann"), venue.money("bob")) == (ann, bob)
    assert venue.exchange.last_trade("BTCUSDT") is None


def test_a_prevented_match_is_reported_with_what_it_would_have_been() -> None:
    """Both sides name one match, each other, the maker's price and the quantity; it can be read."""
    venue = Venue(trade_groups=GROUPS)
    venue.do("bob sell s 2 @ 100")
    venue.do("ann buy t 3 @ 105 stp expire_both")
    told = {}
    for account in ("ann", "bob"):
        (report,) = venue.exchange.prevented_matches(account, "BTCUSDT")
        told[account] = (
            report.prevented_match_id,
            report.counter_order_id,
            report.is_maker,
            report.last_price_ticks,
            report.last_quantity_lots,
            report.last_prevented_quantity_lots,
        )
    assert told == {"ann": (1, 1, False, 100, 2, 3), "bob": (1, 2, True, 100, 2, 2)}
    view = venue.exchange.find("ann", "t")
    assert view is not None
    assert view.prevented_match_id == 1
