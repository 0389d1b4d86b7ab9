"""Why an order never enters: one Rejected report, and nothing changes."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import Venue, instrument

from fillproof.simulator.matching import CommandError
from fillproof.simulator.vocabulary.commands import Command, Deposit, EndOrder, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Reason, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import ExecutionReport


def _limited_venue() -> Venue:
    """Return a venue with limits, where bob offers 2 at 100 and 5 at 200."""
    limits = instrument(min_quantity="2", max_quantity="50", min_notional="300")
    venue = Venue(limits, purse="ann 10 BTC, ann 100000 USDT, bob 100 BTC")
    for line in ["bob sell s1 3 @ 100", "bob sell s2 5 @ 200", "fill s1 1"]:
        venue.do(line)
    return venue


AGAINST_A_RULE = [
    ("ann buy a 2 @ 0", "price_not_positive"),
    ("ann buy a 0 @ 500", "quantity_below_minimum"),
    ("ann buy a 1 @ 500", "quantity_below_minimum"),
    ("ann buy a 51 @ 50", "quantity_above_maximum"),
    ("ann buy a 3 @ 99", "notional_below_minimum"),
    ("ann buy a 3 @ 100 post", "would_match_immediately"),
    ("ann buy a 2", "notional_below_minimum"),  # worth 200 at the average price
    ("ann buy a 50 @ 30000", "insufficient_balance"),
    ("ann sell a 11 @ 300", "insufficient_balance"),
    ("ann sell a 11", "insufficient_balance"),
    ("bob sell s1 2 @ 300", "duplicate_client_order_id"),
    ("cyd buy a 3 @ 100", "insufficient_balance"),
]


@pytest.mark.parametrize(("asked", "why"), AGAINST_A_RULE)
def test_order_against_a_rule_is_refused(asked: str, why: str) -> None:
    """A refused order has one report, Rejected with number 0, and leaves no trace."""
    venue = _limited_venue()
    before = (venue.book(), venue.money("ann"), venue.money("bob"), venue.money("cyd"))
    reports = venue.do(asked)
    assert len(reports) == 1
    report = reports[0]
    assert isinstance(report, ExecutionReport)
    assert (report.execution_type, report.order_status) == ("Rejected", "Rejected")
    assert (report.reason, report.venue_order_id, report.leaves_quantity_lots) == (why, 0, 0)
    after = (venue.book(), venue.money("ann"), venue.money("bob"), venue.money("cyd"))
    assert after == before
    assert venue.exchange.find("ann", "a") is None


@pytest.mark.parametrize(
    "asked",
    [
        "ann buy a 2 @ 150",  # exactly the least notional and the least quantity
        "ann buy a 50 @ 150",  # exactly the most
        "ann buy a 3",  # worth 300 at the average price, though it costs more
        "ann sell a 10 @ 300",  # all she has
        "ann sell a 3",  # worth 300 at the average price, though nobody buys
    ],
)
def test_order_at_a_limit_is_accepted(asked: str) -> None:
    """Every limit is within what is allowed."""
    venue = _limited_venue()
    first = venue.do(asked)[0]
    assert isinstance(first, ExecutionReport)
    assert first.execution_type == "New"


def test_thin_book_does_not_make_a_market_order_small() -> None:
    """What the book cannot fill of a market order counts at the last price it reaches."""
    venue = Venue(instrument(min_notional="300"))
    venue.do("bob sell s 3 @ 100")
    venue.do("fill s 1")
    venue.play("""
        ann buy a 2  | a refused: notional_below_minimum
        ann buy a 3  | a New 0/3
                     | s Trade 2 @ 100 Filled 3/0; a Trade 2 @ 100 PartiallyFilled 2/1
                     | a Expired 2/0 no_liquidity
    """)


def test_client_order_id_may_be_used_again_after_the_end() -> None:
    """Only among an account's open orders must a client order id be unique."""
    venue = Venue()
    venue.play("""
        ann buy a 5 @ 100   | a New 0/5
        ann buy a 5 @ 99    | a refused: duplicate_client_order_id
        bob buy a 5 @ 99    | a New 0/5
        ann cancel a        | a Canceled 0/0 by_client
        ann buy a 5 @ 98    | a New 0/5
    """)
    assert venue.book() == "bids 99x5 98x5 asks"


def test_unknown_market_is_refused() -> None:
    """An order for a market that the venue does not have is refused like any other."""
    venue = Venue()
    order = PlaceOrder(
        "ann", "a", "DOGEUSDT", Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 1, price_ticks=1
    )
    (report,) = venue.exchange.apply(order, 0)
    assert isinstance(report, ExecutionReport)
    assert (report.reason, report.venue_order_id) == (Reason.UNKNOWN_MARKET, 0)


def _limit(time_in_force: TimeInForce, price: int | None, expire_at_ns: int | None) -> PlaceOrder:
    return PlaceOrder(
        "ann",
        "a",
        "BTCUSDT",
        Side.BUY,
        OrderType.LIMIT,
        time_in_force,
        1,
        price_ticks=price,
        expire_at_ns=expire_at_ns,
    )


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (_limit(TimeInForce.GTC, None, None), "LIMIT has a price, MARKET has None"),
        (_limit(TimeInForce.GTC, 1, 99), "GTD has a time, all others None"),
        (_limit(TimeInForce.GTD, 1, None), "GTD has a time, all others None"),
        (EndOrder(1, "Filled"), "one of Canceled, Expired, Rejected"),
        (Deposit("ann", "BTC", -1), "zero or more"),
    ],
)
def test_command_that_contradicts_itself_raises_and_does_nothing(
    command: Command, message: str
) -> None:
    """A malformed command is its maker's mistake: it raises before anything happens."""
    venue = Venue()
    venue.do("ann buy due 1 @ 100 until 5")
    with pytest.raises(CommandError, match=message):
        venue.exchange.apply(command, 9)
    assert venue.exchange.next_deadline_ns() == 5


def test_time_never_runs_backwards() -> None:
    """A time before the last one raises."""
    venue = Venue()
    venue.do("at 9 wait")
    with pytest.raises(ValueError, match="time runs backwards: 8 ns after 9 ns"):
        venue.exchange.advance(8)
