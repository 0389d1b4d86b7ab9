"""A cancel and a new order as one command: what of it happens when half of it fails."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching import CommandError
from fillproof.simulator.vocabulary.commands import CancelOrder, CancelReplace, PlaceOrder
from fillproof.simulator.vocabulary.orders import CancelReplaceMode, OrderType, Side, TimeInForce

PURSE = "ann 500 USDT, bob 9 BTC"


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        # cancel and new order succeed; the new one has the freed money, and may have the old name
        ("replace a with buy b 5 @ 90", "a Canceled 0/0 by_client; b New 0/5"),
        ("replace a with buy a 5 @ 90", "a Canceled 0/0 by_client; a New 0/5"),
        # the cancel fails: the new order is placed only if that is allowed
        ("replace x with buy b 1 @ 90", "cancel of x refused: unknown_order"),
        ("replace x or with buy b 1 @ 90", "cancel of x refused: unknown_order; b New 0/1"),
        # the new order fails after the cancel
        (
            "replace a with buy b 6 @ 90",
            "a Canceled 0/0 by_client; b refused: insufficient_balance",
        ),
        (
            "replace a or with buy b 1 @ 110 post",
            "a Canceled 0/0 by_client; b refused: would_match_immediately",
        ),
        # both fail
        (
            "replace x or with buy b 6 @ 90",
            "cancel of x refused: unknown_order; b refused: insufficient_balance",
        ),
        (
            "replace x or with buy a 1 @ 90",
            "cancel of x refused: unknown_order; a refused: duplicate_client_order_id",
        ),
        # a rule of the market is checked before the cancel
        ("replace a with buy b 0 @ 90", "b refused: quantity_below_minimum"),
        ("replace a or with buy b 1 @ 0", "b refused: price_not_positive"),
        ("replace x or with buy b 5000 @ 1", "b refused: quantity_above_maximum"),
    ],
)
def test_halves_of_a_cancel_replace(asked: str, reported: str) -> None:
    """Limits first, then the cancel, then the new order with what the cancel has freed."""
    venue = Venue(purse=PURSE)
    venue.play(f"""
        bob sell s 1 @ 110   | s New 0/1
        ann buy a 4 @ 100    | a New 0/4
        ann {asked}          | {reported}
    """)


def test_order_that_filled_is_not_replaced() -> None:
    """FIX C.2.a: the new order stays away when the old one was filled before the cancel came."""
    Venue().play("""
        ann buy a 2 @ 100                    | a New 0/2
        bob sell b 2 @ 100                   | b New 0/2
                                             | a Trade 2 @ 100 Filled 2/0
                                             | b Trade 2 @ 100 Filled 2/0
        ann replace a with buy c 2 @ 99      | cancel of a refused: unknown_order
    """)


def test_delayed_cancel_is_no_failure() -> None:
    """A cancel that takes its time is on its way: the new order is placed, with other money."""
    Venue(settlement_delay_ns=5, purse=PURSE).play("""
        ann buy a 4 @ 100                    | a New 0/4
        ann replace a with buy b 1 @ 99      | a PendingCancel 0/4 by_client; b New 0/1
        ann replace a with buy c 1 @ 1       | cancel of a refused: cancel_already_pending
        at 5 wait                            | a Canceled 0/0 by_client
    """)


def test_new_order_may_trade_at_once() -> None:
    """The new order is matched like any other."""
    Venue(purse=PURSE).play("""
        bob sell s 1 @ 110                   | s New 0/1
        ann buy a 4 @ 100                    | a New 0/4
        ann replace a with buy b 1 @ 110     | a Canceled 0/0 by_client; b New 0/1
                                             | s Trade 1 @ 110 Filled 1/0
                                             | b Trade 1 @ 110 Filled 1/0
    """)


@pytest.mark.parametrize(
    ("cancel", "price", "message"),
    [
        (CancelOrder("bob", SYMBOL, 1), 1, "account and symbol are one"),
        (CancelOrder("ann", "ETHUSDT", 1), 1, "account and symbol are one"),
        (CancelOrder("ann", SYMBOL, 1), None, "LIMIT has a price"),
    ],
)
def test_halves_that_do_not_belong_together_raise(
    cancel: CancelOrder, price: int | None, message: str
) -> None:
    """Both halves are of one account and one market, and the new order is well formed."""
    order = PlaceOrder(
        "ann", "b", SYMBOL, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 1, price_ticks=price
    )
    with pytest.raises(CommandError, match=message):
        Venue().exchange.apply(CancelReplace(cancel, order, CancelReplaceMode.ALLOW_FAILURE), 0)
