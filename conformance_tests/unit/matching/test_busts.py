"""Trades that the venue takes back or corrects: money, fees, and what is left again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching import CommandError, Fees
from fillproof.simulator.vocabulary.commands import BustTrade, CorrectTrade
from fillproof.simulator.vocabulary.reports import ExecutionReport, Impossible

FEES = Fees(maker=Decimal("0.1"), taker=Decimal("0.2"))
PURSE = "ann 10 BTC, ann 1000 USDT, bob 10 BTC, bob 1000 USDT"


def _fees(venue: Venue, asked: str) -> list[tuple[int | None, str | None]]:
    reports = [r for r in venue.do(asked) if isinstance(r, ExecutionReport)]
    return [(report.fee_units, report.fee_asset) for report in reports]


def test_busted_fill_is_left_again_and_can_be_filled_once_more() -> None:
    """FIX J.1.a: a full order is partially filled again, and completes with another trade."""
    Venue().play("""
        ann buy a 10 @ 100   | a New 0/10
        bob sell b 1 @ 100   | b New 0/1
                             | a Trade 1 @ 100 PartiallyFilled 1/9; b Trade 1 @ 100 Filled 1/0
        bob sell c 9 @ 90    | c New 0/9
                             | a Trade 9 @ 100 Filled 10/0; c Trade 9 @ 100 Filled 9/0
        venue bust 1         | a TradeCancel 1 @ 100 PartiallyFilled 9/1
                             | b TradeCancel 1 @ 100 Canceled 0/0
        bob sell d 1 @ 100   | d New 0/1
                             | a Trade 1 @ 100 Filled 10/0; d Trade 1 @ 100 Filled 1/0
    """)


def test_bust_gives_everything_back() -> None:
    """Both sides and the fees are as if the trade had never been; what is left is locked."""
    venue = Venue(fees=FEES, purse=PURSE)
    venue.do("ann buy a 5 @ 100")
    before = [venue.money(account) for account in ("ann", "bob")]
    venue.do("bob sell b 2 @ 99 ioc")
    assert venue.money("venue") == "BTC 0.2+0, USDT 40+0"
    assert _fees(venue, "venue bust 1") == [(20_000_000, "BTC"), (40 * 10**8, "USDT")]
    assert [venue.money(account) for account in ("ann", "bob")] == before
    assert venue.money("venue") == "BTC 0+0, USDT 0+0"
    assert venue.book() == "bids 100x5 asks"
    assert venue.exchange.fills("ann", SYMBOL) == ()


def test_what_is_left_again_stands_last() -> None:
    """A live order whose fill is taken back goes behind the others of its level."""
    Venue().play("""
        ann buy a 5 @ 100    | a New 0/5
        ann buy later 1 @ 100| later New 0/1
        fill a 2             | fill-of-1-after-0 New 0/2
                             | a Trade 2 @ 100 PartiallyFilled 2/3
                             | fill-of-1-after-0 Trade 2 @ 100 Filled 2/0
        venue bust 1         | a TradeCancel 2 @ 100 New 0/5
                             | fill-of-1-after-0 TradeCancel 2 @ 100 Canceled 0/0
        bob sell b 2 @ 100   | b New 0/2
                             | later Trade 1 @ 100 Filled 1/0
                             | b Trade 1 @ 100 PartiallyFilled 1/1
                             | a Trade 1 @ 100 PartiallyFilled 1/4
                             | b Trade 1 @ 100 Filled 2/0
    """)


@pytest.mark.parametrize(
    ("ending", "status"),
    [("ann cancel a", "Canceled"), ("venue expire a", "Expired"), ("venue reject a", "Rejected")],
)
def test_order_that_had_ended_stays_ended(ending: str, status: str) -> None:
    """FIX J.1.b: a bust after the end lowers what was filled, and nothing is left."""
    venue = Venue(purse=PURSE)
    for line in ("ann buy a 5 @ 100", "fill a 2", ending):
        venue.do(line)
    venue.play(f"""
        venue bust 1         | a TradeCancel 2 @ 100 {status} 0/0
                             | fill-of-1-after-0 TradeCancel 2 @ 100 Canceled 0/0
    """)
    assert venue.money("ann") == "BTC 10+0, USDT 1000+0"


@pytest.mark.parametrize(
    ("order", "between", "why"),
    [
        ("a 2 @ 100 ioc", "wait", "it would never have rested"),
        ("a 2 @ 100", "wait", "the maker rests again, and they would cross"),
        ("a 2 @ 100 until 9", "at 9 bob cancel s", "its date has passed"),
        ("a 2 @ 100", "ann buy a 1 @ 50", "its name is in use"),
        ("a 2", "wait", "a market order never rests"),
    ],
)
def test_full_order_that_cannot_rest_any_more_is_canceled(
    order: str, between: str, why: str
) -> None:
    """A taker mostly does not come back; its money does."""
    venue = Venue(purse=PURSE)
    for line in ("bob sell s 3 @ 100", f"ann buy {order}", between):
        venue.do(line)
    reports = [r for r in venue.do("venue bust 1") if isinstance(r, ExecutionReport)]
    taker = reports[1]
    done = (taker.order_status, taker.cumulative_quantity_lots, taker.leaves_quantity_lots)
    assert done == ("Canceled", 0, 0), why
    assert venue.money("ann").startswith("BTC 10+0")


def test_taker_comes_back_when_its_maker_is_gone() -> None:
    """With no one left to cross, the taker rests at its limit, good till its date again."""
    venue = Venue(purse=PURSE)
    venue.play("""
        bob sell s 3 @ 90              | s New 0/3
        ann buy a 2 @ 100 until 9      | a New 0/2
                                       | s Trade 2 @ 90 PartiallyFilled 2/1
                                       | a Trade 2 @ 90 Filled 2/0
        bob cancel s                   | s Canceled 2/0 by_client
        venue bust 1                   | s TradeCancel 2 @ 90 Canceled 0/0
                                       | a TradeCancel 2 @ 90 New 0/2
    """)
    assert venue.money("ann") == "BTC 10+0, USDT 800+200"
    venue.play("at 9 wait | a Expired 0/0 good_till_date")


def test_corrected_trade_has_new_money_and_new_fees() -> None:
    """Quantity and price become what they should have been; the rest of the maker is left again."""
    venue = Venue(fees=FEES, purse=PURSE)
    venue.do("ann buy a 5 @ 100")
    venue.do("bob sell b 4 @ 100 ioc")
    venue.play("""
        venue correct 1 3 @ 90   | a TradeCorrect 3 @ 90 PartiallyFilled 3/2
                                 | b TradeCorrect 3 @ 90 Canceled 3/0
    """)
    assert venue.money("ann") == "BTC 12.7+0, USDT 530+200"
    assert venue.money("bob") == "BTC 7+0, USDT 1216+0"
    assert venue.money("venue") == "BTC 0.3+0, USDT 54+0"
    (fill,) = venue.exchange.fills("ann", SYMBOL)
    assert (fill.last_quantity_lots, fill.last_price_ticks, fill.fee_units) == (3, 90, 3 * 10**7)


def test_corrected_price_changes_no_quantity() -> None:
    """A full order stays full when only the price of its trade changes."""
    venue = Venue(purse=PURSE)
    venue.do("ann buy a 2 @ 100")
    venue.do("bob sell b 2 @ 100")
    (report, *_) = venue.exchange.apply(CorrectTrade(1, price_ticks=120), 0)
    assert isinstance(report, ExecutionReport)
    assert (report.order_status, report.cumulative_quote_units) == ("Filled", 240 * 10**8)
    assert venue.money("ann") == "BTC 12+0, USDT 760+0"
    venue.play("venue bust 1 | a TradeCancel 2 @ 120 New 0/2; b TradeCancel 2 @ 120 Canceled 0/0")
    assert venue.money("ann") == "BTC 10+0, USDT 800+200"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("venue bust 9", "trade 9 is not known, or was taken back"),
        ("venue bust 1", "trade 1 cannot be revised: ann lacks 2 BTC"),
        ("venue correct 1 3 @ 100", "trade 1 is of 2 lots; a correction cannot make it 3"),
        ("venue correct 1 2 @ 900", "trade 1 cannot be revised: ann lacks 800 USDT"),
        ("venue correct 9 1 @ 1", "trade 9 is not known, or was taken back"),
    ],
)
def test_impossible_revision_says_why_and_does_nothing(asked: str, why: str) -> None:
    """A trade must be known, must not grow, and its money must still be there."""
    venue = Venue(purse="ann 1000 USDT, bob 2 BTC")
    for line in ("ann buy a 2 @ 100", "bob sell b 2 @ 100", "ann sell away 2 @ 200"):
        venue.do(line)
    before = (venue.book(), venue.money("ann"), venue.money("bob"), venue.exchange.order(1))
    assert venue.do(asked) == (Impossible(why),)
    after = (venue.book(), venue.money("ann"), venue.money("bob"), venue.exchange.order(1))
    assert after == before


def test_trade_is_taken_back_once() -> None:
    """A second bust finds nothing."""
    venue = Venue()
    for line in ("ann buy a 2 @ 100", "bob sell b 2 @ 100", "venue bust 1"):
        venue.do(line)
    (report,) = venue.exchange.apply(BustTrade(1), 0)
    assert isinstance(report, Impossible)


@pytest.mark.parametrize("command", [CorrectTrade(1), CorrectTrade(1, 0), CorrectTrade(1, 2, 0)])
def test_correction_to_nothing_raises(command: CorrectTrade) -> None:
    """A correction says a quantity or a price; a trade of nothing is a bust."""
    with pytest.raises(CommandError, match="one of them or both, from 1 on"):
        Venue().exchange.apply(command, 0)
