"""Market orders that say how much of the quote asset they spend or bring."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue, rejected

from fillproof.simulator.matching import CommandError


def _venue() -> Venue:
    venue = Venue()
    for line in (
        "bob sell s1 2 @ 100",
        "bob sell s2 2 @ 110",
        "bob buy b1 2 @ 90",
        "bob buy b2 9 @ 80",
    ):
        venue.do(line)
    return venue


def test_a_buy_gets_the_most_lots_its_money_pays_for() -> None:
    """The quantity of its reports is what it became; the rest of the money is never locked."""
    venue = _venue()
    venue.play(
        """
        ann buy a worth 315 | a New 0/3
                            | s1 Trade 2 @ 100 Filled 2/0
                            | a Trade 2 @ 100 PartiallyFilled 2/1
                            | s2 Trade 1 @ 110 PartiallyFilled 1/1
                            | a Trade 1 @ 110 Filled 3/0
        """
    )
    assert venue.money("ann") == "BTC 1003+0, USDT 99690+0"
    view = venue.exchange.find("ann", "a")
    assert view is not None
    assert (view.quantity_lots, view.quote_quantity_units) == (3, 31_500_000_000)


def test_a_sell_brings_no_more_than_it_says() -> None:
    """It sells the most lots that bring at most that much."""
    venue = _venue()
    venue.play(
        """
        ann sell a worth 340 | a New 0/4
                             | b1 Trade 2 @ 90 Filled 2/0
                             | a Trade 2 @ 90 PartiallyFilled 2/2
                             | b2 Trade 2 @ 80 PartiallyFilled 2/7
                             | a Trade 2 @ 80 Filled 4/0
        """
    )


def test_an_own_order_that_would_expire_is_not_counted() -> None:
    """With EXPIRE_MAKER the own offer goes away, and the money buys from the next ones."""
    venue = _venue()
    venue.do("ann sell own 1 @ 95")
    venue.play(
        """
        ann buy a worth 100 stp expire_maker | a New 0/1
                                             | own -1 Expired 0/0 prevented 1 self_trade_prevention
                                             | s1 Trade 1 @ 100 PartiallyFilled 1/1
                                             | a Trade 1 @ 100 Filled 1/0
        """
    )


REFUSED = [
    ("ann buy a worth 99", "quantity_below_minimum"),
    ("ann buy a worth 200000", None),
    ("cyd buy a worth 100", "insufficient_balance"),
]


@pytest.mark.parametrize(("asked", "why"), REFUSED)
def test_what_the_money_comes_to_is_checked_like_any_order(asked: str, why: str | None) -> None:
    """Less than a lot is too little; more than the book takes what there is."""
    assert rejected(_venue().do(asked)) == why


def test_without_liquidity_no_quantity_can_be_said() -> None:
    """On a side that has less than the least quantity the order is refused."""
    assert rejected(Venue().do("ann buy a worth 99")) == "liquidity_below_minimum_quantity"


def test_a_quote_quantity_goes_with_a_market_order() -> None:
    """A limit order says how much of the base it trades."""
    with pytest.raises(CommandError, match="it goes with a MARKET order"):
        Venue().do("ann buy a worth 99 @ 100")
