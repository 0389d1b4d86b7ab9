"""Orders that show a part of themselves at a time."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue, rejected

from fillproof.simulator.matching import CommandError


def test_the_book_shows_only_the_display_quantity() -> None:
    """What an iceberg hides is in no level, but its money is locked."""
    venue = Venue()
    venue.play(
        """
        ann sell a 10 @ 100 show 3 | a New 0/10
        bob sell b 2 @ 100         | b New 0/2
        """
    )
    assert venue.book() == "bids asks 100x5"
    assert venue.money("ann") == "BTC 990+10, USDT 100000+0"


def test_each_part_comes_behind_the_others_at_its_price() -> None:
    """When what it shows is gone, the next part is shown and has lost its time priority."""
    venue = Venue()
    venue.do("ann sell a 10 @ 100 show 3")
    venue.do("bob sell b 2 @ 100")
    venue.play(
        """
        bob buy c 4 @ 100 | c New 0/4
                          | a Trade 3 @ 100 PartiallyFilled 3/7
                          | c Trade 3 @ 100 PartiallyFilled 3/1
                          | b Trade 1 @ 100 PartiallyFilled 1/1
                          | c Trade 1 @ 100 Filled 4/0
        """
    )
    assert venue.book() == "bids asks 100x4"
    assert venue.exchange.stands_before(venue.number("a")) == 1
    venue.play(
        """
        bob buy d 2 @ 100 | d New 0/2
                          | b Trade 1 @ 100 Filled 2/0
                          | d Trade 1 @ 100 PartiallyFilled 1/1
                          | a Trade 1 @ 100 PartiallyFilled 4/6
                          | d Trade 1 @ 100 Filled 2/0
        """
    )
    assert venue.book() == "bids asks 100x2"


def test_an_iceberg_that_stands_behind_comes_back_once() -> None:
    """A bust of its part takes it from between others of its level to the end, whole."""
    venue = Venue()
    venue.do("ann sell a 6 @ 100 show 2")
    venue.do("bob sell b 5 @ 100")
    venue.do("bob buy c 2 @ 100")
    venue.do("bob sell d 1 @ 100")
    venue.do("venue bust 1")
    venue.exchange.check()
    assert venue.book() == "bids asks 100x8"
    assert venue.exchange.stands_before(venue.number("a")) == 6


def test_one_order_takes_all_parts_one_after_the_other() -> None:
    """What is hidden trades as well: part by part, before the next price."""
    venue = Venue()
    venue.do("ann sell a 5 @ 100 show 2")
    venue.do("bob sell b 9 @ 101")
    venue.play(
        """
        bob buy c 6 @ 101 fok | c New 0/6
                              | a Trade 2 @ 100 PartiallyFilled 2/3
                              | c Trade 2 @ 100 PartiallyFilled 2/4
                              | a Trade 2 @ 100 PartiallyFilled 4/1
                              | c Trade 2 @ 100 PartiallyFilled 4/2
                              | a Trade 1 @ 100 Filled 5/0
                              | c Trade 1 @ 100 PartiallyFilled 5/1
                              | b Trade 1 @ 101 PartiallyFilled 1/8
                              | c Trade 1 @ 101 Filled 6/0
        """
    )
    assert venue.book() == "bids asks 101x8"


def test_an_amend_takes_what_is_hidden_first() -> None:
    """A smaller iceberg keeps its place, and shows less only when nothing is hidden any more."""
    venue = Venue()
    venue.do("ann sell a 10 @ 100 show 3")
    venue.play("ann amend a 4 | a Replaced a New 0/4")
    assert venue.book() == "bids asks 100x3"
    venue.play("ann amend a 2 | a Replaced a New 0/2")
    assert venue.book() == "bids asks 100x2"
    venue.play("ann cancel a | a Canceled 0/0 by_client")
    assert venue.book() == "bids asks"


def test_a_scenario_fills_what_is_shown_and_more_only_when_it_is_alone() -> None:
    """Beyond its shown part an iceberg stands behind the others of its price."""
    venue = Venue()
    venue.do("ann sell a 10 @ 100 show 3")
    venue.do("bob sell b 2 @ 100")
    venue.play(
        """
        fill a 4 | impossible: order 1 (a) shows 3 BTC, others come before the rest
        fill a 2 | fill-of-1-after-0 New 0/2
                 | a Trade 2 @ 100 PartiallyFilled 2/8
                 | fill-of-1-after-0 Trade 2 @ 100 Filled 2/0
        """
    )


def test_a_display_quantity_is_at_least_the_least_quantity_and_the_order_is_gtc() -> None:
    """An iceberg shows something, and it stays until canceled."""
    assert rejected(Venue().do("ann sell a 10 @ 100 show 0")) == "quantity_below_minimum"
    with pytest.raises(CommandError, match="an iceberg is GTC"):
        Venue().do("ann sell a 10 @ 100 ioc show 3")
