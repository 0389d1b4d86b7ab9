"""Cancels that mean many orders, or an order in one state only."""

from __future__ import annotations

from conformance_tests.unit.matching.table import Venue


def test_cancel_all_takes_every_live_order_of_the_account_oldest_first() -> None:
    """CancelAll cancels what the account has open in the market, and nobody else's orders."""
    venue = Venue()
    venue.play(
        """
        ann sell a1 3 @ 105 | a1 New 0/3
        ann buy a2 3 @ 95   | a2 New 0/3
        bob buy b1 3 @ 96   | b1 New 0/3
        ann cancel all      | a1 Canceled 0/0 by_client; a2 Canceled 0/0 by_client
        """
    )
    assert venue.book() == "bids 96x3 asks"
    assert venue.money("ann") == "BTC 1000+0, USDT 100000+0"


def test_cancel_all_of_nothing_is_refused() -> None:
    """Without a live order CancelAll is refused as a cancel of an unknown order is."""
    Venue().play("ann cancel all | cancel of all refused: unknown_order")


def test_cancel_all_of_a_halted_market_is_refused_once() -> None:
    """A halted market refuses CancelAll as a whole."""
    Venue().play(
        """
        ann buy a1 3 @ 95  | a1 New 0/3
        ann buy a2 3 @ 95  | a2 New 0/3
        venue phase halted |
        ann cancel all     | cancel of all refused: market_halted
        """
    )


def test_cancel_all_leaves_cancels_alone_that_are_on_their_way() -> None:
    """A pending cancel is not asked for again."""
    Venue(settlement_delay_ns=5).play(
        """
        ann buy a1 3 @ 95 | a1 New 0/3
        ann buy a2 3 @ 95 | a2 New 0/3
        ann cancel a1     | a1 PendingCancel 0/3 by_client
        ann cancel all    | a2 PendingCancel 0/3 by_client
        ann cancel all    | cancel of all refused: unknown_order
        at 5 wait         | a1 Canceled 0/0 by_client; a2 Canceled 0/0 by_client
        """
    )


def test_a_cancel_can_mean_an_order_without_fills_only() -> None:
    """ONLY_NEW and ONLY_PARTIALLY_FILLED refuse the cancel of an order in the other state."""
    Venue().play(
        """
        ann buy a1 3 @ 95                  | a1 New 0/3
        ann cancel a1 if partially_filled  | cancel of a1 refused: cancel_restricted
        fill a1 1                          | fill-of-1-after-0 New 0/1
                                           | a1 Trade 1 @ 95 PartiallyFilled 1/2
                                           | fill-of-1-after-0 Trade 1 @ 95 Filled 1/0
        ann cancel a1 if new               | cancel of a1 refused: cancel_restricted
        ann cancel a1 if partially_filled  | a1 Canceled 1/0 by_client
        """
    )
