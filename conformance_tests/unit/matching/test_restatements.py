"""The venue makes a live order smaller by itself."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue

from fillproof.simulator.vocabulary.commands import RestateOrder
from fillproof.simulator.vocabulary.reports import Impossible


def test_restated_order_completes_at_less() -> None:
    """FIX E.1.d: an order cut from 10 to 9 keeps its place, and is full at 9."""
    venue = Venue()
    venue.play("""
        ann buy a 10 @ 100    | a New 0/10
        ann buy later 1 @ 100 | later New 0/1
        venue restate a 9     | a Restated New 0/9 by_venue
        bob sell b 9 @ 100    | b New 0/9
                              | a Trade 9 @ 100 Filled 9/0; b Trade 9 @ 100 Filled 9/0
    """)
    assert venue.money("ann") == "BTC 1009+0, USDT 99000+100"


def test_order_is_restated_while_its_cancel_is_pending() -> None:
    """The venue may cut an order whose cancel is on its way; the pending state stays."""
    Venue(settlement_delay_ns=9).play("""
        ann buy a 5 @ 100   | a New 0/5
        ann cancel a        | a PendingCancel 0/5 by_client
        venue restate a 3   | a Restated PendingCancel 0/3 by_venue
        at 9 wait           | a Canceled 0/0 by_client
    """)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (RestateOrder(1, 10), "order 1 (a) cannot be restated to 10 BTC: changes_nothing"),
        (RestateOrder(1, 11), "order 1 (a) cannot be restated to 11 BTC: quantity_not_lower"),
        (
            RestateOrder(1, 2),
            "order 1 (a) cannot be restated to 2 BTC: quantity_not_above_cumulative",
        ),
        (RestateOrder(9, 1), "order 9 is not known"),
        (RestateOrder(2, 1), "order 2 (fill-of-1-after-0) is not live: Filled"),
    ],
)
def test_impossible_restatement_says_why(command: RestateOrder, why: str) -> None:
    """Only a live order can be cut, to less than it is and more than is filled."""
    venue = Venue()
    venue.do("ann buy a 10 @ 100")
    venue.do("fill a 2")
    assert venue.exchange.apply(command, 0) == (Impossible(why),)
