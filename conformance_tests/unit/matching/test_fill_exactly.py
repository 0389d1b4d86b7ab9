"""A counterparty that fills exactly one order, or says why that is impossible."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue, instrument

from fillproof.simulator.matching import MARKET_ACCOUNT
from fillproof.simulator.vocabulary.commands import EndOrder, FillOrder
from fillproof.simulator.vocabulary.reports import Impossible


def test_counterparty_fills_exactly_that_order() -> None:
    """The order trades that quantity at its own price, as maker, with the market account."""
    venue = Venue()
    venue.play("""
        ann buy a 5 @ 100   | a New 0/5
        fill a 2            | fill-of-1-after-0 New 0/2
                            | a Trade 2 @ 100 PartiallyFilled 2/3
                            | fill-of-1-after-0 Trade 2 @ 100 Filled 2/0
        fill a 3            | fill-of-1-after-2 New 0/3
                            | a Trade 3 @ 100 Filled 5/0
                            | fill-of-1-after-2 Trade 3 @ 100 Filled 3/0
    """)
    assert [fill.is_maker for fill in venue.exchange.fills("ann", "BTCUSDT")] == [True, True]
    assert venue.money(MARKET_ACCOUNT) == "BTC 0+0, USDT 500+0"


def test_counterparty_is_bound_by_no_limit() -> None:
    """A fill may be smaller than what an order of its own would be allowed to be."""
    venue = Venue(instrument(min_quantity="3", min_notional="300"))
    venue.do("ann sell a 5 @ 100")
    venue.do("fill a 1")
    assert venue.book() == "bids asks 100x4"
    assert venue.money(MARKET_ACCOUNT) == "USDT 0+0, BTC 1+0"


def test_order_is_filled_while_its_cancel_is_pending() -> None:
    """A pending cancel does not keep a counterparty away."""
    Venue(settlement_delay_ns=9).play("""
        ann buy a 5 @ 100   | a New 0/5
        ann cancel a        | a PendingCancel 0/5 by_client
        fill a 5            | fill-of-1-after-0 New 0/5
                            | a Trade 5 @ 100 Filled 5/0
                            | fill-of-1-after-0 Trade 5 @ 100 Filled 5/0
    """)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("fill a 5", "order 1 (a) leaves 4 BTC, less than 5 BTC"),
        ("fill a 0", "order 1 (a) cannot trade 0 BTC: one lot or more"),
        ("fill later 1", "4 BTC stands before order 2 (later): order 1 of ann (4 BTC at 100)"),
        ("fill gone 1", "order 3 (gone) is not live: Canceled"),
        (
            "fill last 1",
            (
                "7 BTC stands before order 6 (last): order 1 of ann (4 BTC at 100), "
                "order 2 of ann (1 BTC at 100), order 4 of bob (1 BTC at 99), and 1 more"
            ),
        ),
    ],
)
def test_impossible_fill_says_why_and_does_nothing(asked: str, why: str) -> None:
    """A fill of exactly that order is impossible behind others, beyond its rest, after its end."""
    venue = Venue()
    venue.do("ann buy a 5 @ 100")
    venue.do("ann buy later 1 @ 100")
    venue.do("ann buy gone 1 @ 100")
    venue.do("ann cancel gone")
    venue.do("bob buy x 1 @ 99")
    venue.do("bob buy y 1 @ 99")
    venue.do("ann buy last 1 @ 98")
    venue.do("fill a 1")
    before = venue.book()
    assert venue.do(asked) == (Impossible(why),)
    assert venue.book() == before


@pytest.mark.parametrize("command", [FillOrder(7, 1), EndOrder(7, "Expired")])
def test_unknown_order_is_impossible(command: FillOrder | EndOrder) -> None:
    """What the venue never accepted can be neither filled nor ended."""
    assert Venue().exchange.apply(command, 0) == (Impossible("order 7 is not known"),)
