"""How a resting order ends before it is full: by its client, after a delay, or by the venue."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.vocabulary.commands import CancelOrder
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import CancelRefused


def test_cancel_ends_what_is_left() -> None:
    """A cancel takes the rest out of the book; fills before it stay."""
    venue = Venue()
    venue.play("""
        ann buy a 5 @ 100   | a New 0/5
        bob sell b 2 @ 100  | b New 0/2
                            | a Trade 2 @ 100 PartiallyFilled 2/3; b Trade 2 @ 100 Filled 2/0
        ann cancel a        | a Canceled 2/0 by_client
        ann cancel a        | cancel of a refused: unknown_order
    """)
    assert venue.book() == "bids asks"


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (CancelOrder("ann", SYMBOL, venue_order_id=9), "no such number"),
        (CancelOrder("ann", SYMBOL, client_order_id="b"), "no such name"),
        (CancelOrder("bob", SYMBOL, venue_order_id=1), "somebody else's"),
        (CancelOrder("ann", "ETHUSDT", venue_order_id=1), "another market"),
        (CancelOrder("ann", SYMBOL, venue_order_id=1, client_order_id="b"), "two names"),
        (CancelOrder("ann", SYMBOL), "no name"),
    ],
)
def test_cancel_of_what_is_not_there_is_refused(wish: CancelOrder, why: str) -> None:
    """A cancel must be true in all that it states of the order; else nothing changes."""
    venue = Venue()
    venue.do("ann buy a 5 @ 100")
    refused = CancelRefused(
        wish.account,
        wish.symbol,
        wish.venue_order_id,
        wish.client_order_id,
        Reason.UNKNOWN_ORDER,
    )
    assert venue.exchange.apply(wish, 0) == (refused,), why
    assert venue.book() == "bids 100x5 asks"


def test_venue_ends_an_order() -> None:
    """The venue may cancel, expire or reject a live order; it cannot end one that has ended."""
    venue = Venue()
    venue.play("""
        ann buy a 5 @ 100   | a New 0/5
        ann buy b 5 @ 100   | b New 0/5
        ann buy c 5 @ 100   | c New 0/5
        venue expire a      | a Expired 0/0 by_venue
        venue reject b      | b Rejected 0/0 by_venue
        venue cancel c      | c Canceled 0/0 by_venue
        venue expire a      | impossible: order 1 (a) is not live: Expired
    """)
    assert venue.book() == "bids asks"


def test_delayed_cancel_takes_its_time() -> None:
    """With a settlement delay a cancel is pending first; the order is canceled when it is over."""
    venue = Venue(settlement_delay_ns=10)
    venue.play("""
        at 0 ann buy a 5 @ 100  | a New 0/5
        at 5 ann cancel a       | a PendingCancel 0/5 by_client
        at 9 ann cancel a       | cancel of a refused: cancel_already_pending
        at 14 wait              |
        at 15 wait              | a Canceled 0/0 by_client
    """)


def test_order_trades_while_its_cancel_is_pending() -> None:
    """A fill under a pending cancel counts, and the pending state stays visible over it."""
    venue = Venue(settlement_delay_ns=10)
    venue.play("""
        at 0 ann buy a 5 @ 100   | a New 0/5
        at 5 ann cancel a        | a PendingCancel 0/5 by_client
        at 7 bob sell b 2 @ 100  | b New 0/2
                                 | a Trade 2 @ 100 PendingCancel 2/3
                                 | b Trade 2 @ 100 Filled 2/0
        at 15 wait               | a Canceled 2/0 by_client
    """)


def test_full_order_is_not_canceled_later() -> None:
    """An order that fills before its cancel is settled is Filled, and nothing follows."""
    venue = Venue(settlement_delay_ns=10)
    venue.play("""
        at 0 ann buy a 5 @ 100   | a New 0/5
        at 5 ann cancel a        | a PendingCancel 0/5 by_client
        at 7 bob sell b 5 @ 100  | b New 0/5
                                 | a Trade 5 @ 100 Filled 5/0; b Trade 5 @ 100 Filled 5/0
        at 15 wait               |
    """)
    assert venue.exchange.next_deadline_ns() is None
    order = venue.exchange.order(1)
    assert order is not None
    assert (order.order_status, order.reason) == (OrderStatus.FILLED, Reason.NONE)


@pytest.mark.parametrize(
    ("expiry", "end"),
    [
        (14, "at 14 wait | a Expired 0/0 good_till_date"),
        (15, "at 15 wait | a Expired 0/0 good_till_date"),
        (16, "at 15 wait | a Canceled 0/0 by_client"),
    ],
)
def test_expiry_and_pending_cancel_race(expiry: int, end: str) -> None:
    """Of an expiry and a pending cancel the earlier ends the order; at one instant the expiry."""
    Venue(settlement_delay_ns=10).play(f"""
        at 0 ann buy a 5 @ 100 until {expiry}  | a New 0/5
        at 5 ann cancel a                      | a PendingCancel 0/5 by_client
        {end}
        at 99 wait                             |
    """)
