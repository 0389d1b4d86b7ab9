"""An amend that keeps priority: the quantity goes down, number and place stay."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue, instrument

from fillproof.simulator.vocabulary.commands import AmendOrder
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import AmendRefused


def test_amended_order_keeps_its_place_and_completes_at_less() -> None:
    """FIX C.3.a: the order stays the oldest of its level, and is full at the amended quantity."""
    venue = Venue()
    venue.play("""
        ann buy a 10 @ 100    | a New 0/10
        ann buy later 1 @ 100 | later New 0/1
        bob sell b 2 @ 100    | b New 0/2
                              | a Trade 2 @ 100 PartiallyFilled 2/8; b Trade 2 @ 100 Filled 2/0
        ann amend a 5         | a Replaced a PartiallyFilled 2/3
        bob sell c 4 @ 100    | c New 0/4
                              | a Trade 3 @ 100 Filled 5/0
                              | c Trade 3 @ 100 PartiallyFilled 3/1
                              | later Trade 1 @ 100 Filled 1/0
                              | c Trade 1 @ 100 Filled 4/0
    """)
    assert venue.money("ann") == "BTC 1006+0, USDT 99400+0"


@pytest.mark.parametrize(
    ("asked", "money", "book"),
    [
        ("ann buy a 10 @ 100", "BTC 1000+0, USDT 99600+400", "bids 100x4 asks"),
        ("ann sell a 10 @ 100", "BTC 996+4, USDT 100000+0", "bids asks 100x4"),
    ],
)
def test_amend_frees_the_difference(asked: str, money: str, book: str) -> None:
    """What the order no longer needs is free at once, and gone from its level."""
    venue = Venue()
    venue.do(asked)
    venue.play("ann amend a 4 | a Replaced a New 0/4")
    assert (venue.money("ann"), venue.book()) == (money, book)


def test_amended_order_goes_by_its_new_name_only() -> None:
    """The new client id names the order from then on; the old one may be used again."""
    Venue().play("""
        ann buy a 9 @ 100     | a New 0/9
        ann amend a 8 as b    | b Replaced a New 0/8
        ann amend a 7         | amend of a refused: unknown_order
        ann cancel a          | cancel of a refused: unknown_order
        ann buy b 1 @ 100     | b refused: duplicate_client_order_id
        ann buy a 1 @ 100     | a New 0/1
        ann amend b 7 as a    | amend of b refused: duplicate_client_order_id
        ann amend b 7 as b    | b Replaced b New 0/7
        ann cancel b          | b Canceled 0/0 by_client
    """)


def test_name_of_an_ended_order_may_be_taken() -> None:
    """The live order is found by a name that an ended, even a younger, order had before."""
    venue = Venue()
    venue.play("""
        ann buy a 9 @ 100     | a New 0/9
        ann buy b 1 @ 100     | b New 0/1
        ann cancel b          | b Canceled 0/0 by_client
        ann amend a 8 as b    | b Replaced a New 0/8
    """)
    found = venue.exchange.find("ann", "b")
    assert found is not None
    assert (found.venue_order_id, found.quantity_lots) == (1, 8)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("ann amend gone 5", "unknown_order"),
        ("bob amend a 5", "unknown_order"),
        ("ann amend a 10", "changes_nothing"),
        ("ann amend a 10 as b", "changes_nothing"),
        ("ann amend a 11", "quantity_not_lower"),
        ("ann amend a 2", "quantity_not_above_cumulative"),
        ("ann amend a 0", "quantity_not_above_cumulative"),
        ("ann amend a 3", "quantity_below_minimum"),
        ("ann amend a 4", "notional_below_minimum"),
    ],
)
def test_refused_amend_changes_nothing(asked: str, why: str) -> None:
    """Only less, more than is filled, and within the rules of the market is possible."""
    venue = Venue(instrument(min_quantity="4", min_notional="500"))
    for line in ("ann buy a 10 @ 100", "fill a 2", "ann buy gone 9 @ 99", "ann cancel gone"):
        venue.do(line)
    before = (venue.book(), venue.money("ann"), venue.exchange.order(1))
    venue.play(f"{asked} | amend of {asked.split()[2]} refused: {why}")
    assert (venue.book(), venue.money("ann"), venue.exchange.order(1)) == before


def test_order_with_a_pending_cancel_is_not_amended() -> None:
    """A cancel that is on its way comes first."""
    Venue(settlement_delay_ns=9).play("""
        ann buy a 5 @ 100   | a New 0/5
        ann cancel a        | a PendingCancel 0/5 by_client
        ann amend a 3       | amend of a refused: cancel_already_pending
    """)


def test_amend_counts_what_was_prevented() -> None:
    """Something must be left beside what is filled and what self-trade prevention took."""
    Venue().play("""
        ann buy a 10 @ 100              | a New 0/10
        ann sell t 3 @ 100 stp decrement| t New 0/3
                                        | a -3 New 0/7 prevented 3 self_trade_prevention
                                        | t -3 Expired 0/0 prevented 3 self_trade_prevention
        ann amend a 3                   | amend of a refused: quantity_not_above_cumulative
        ann amend a 4                   | a Replaced a New 0/1 prevented 3
    """)


def test_amend_of_a_number_names_what_it_said() -> None:
    """A refusal repeats the ids of the request."""
    wish = AmendOrder("ann", SYMBOL, 3, venue_order_id=7, new_client_order_id="b")
    refused = AmendRefused("ann", SYMBOL, 7, None, Reason.UNKNOWN_ORDER)
    assert Venue().exchange.apply(wish, 0) == (refused,)
