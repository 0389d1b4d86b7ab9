"""What is reported, in which order, and with which numbers."""

from __future__ import annotations

from decimal import Decimal

from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.orders import ExecutionType, Side
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    ExecutionReport,
    LevelChanged,
    TradePrinted,
)

COIN = 10**8
FEES = Fees(maker=Decimal("0.01"), taker=Decimal("0.02"))
PURSE = "ann 10 BTC, bob 1000 USDT"


def _swept() -> Venue:
    venue = Venue(fees=FEES, purse=PURSE)
    venue.do("at 1 ann sell s1 2 @ 100")
    venue.do("at 2 ann sell s2 2 @ 101")
    return venue


def test_reports_of_a_sweep_come_in_a_fixed_order() -> None:
    """New, then per match maker, taker and public trade, then the end, balances, and levels."""
    reports = _swept().do("at 3 bob buy b 5 @ 101 ioc")
    told = [
        f"{r.client_order_id} {r.execution_type}"
        if isinstance(r, ExecutionReport)
        else type(r).__name__
        for r in reports
    ]
    assert told == [
        *("b New",),
        *("s1 Trade", "b Trade", "TradePrinted"),
        *("s2 Trade", "b Trade", "TradePrinted"),
        *("b Expired",),
        *("BalanceChanged",) * 6,
        *("LevelChanged",) * 2,
    ]


def test_each_touched_balance_is_told_once_at_the_end() -> None:
    """Balances come once per command, in order of first touch, as they are after it."""
    reports = _swept().do("at 3 bob buy b 5 @ 101 ioc")
    assert [r for r in reports if isinstance(r, BalanceChanged)] == [
        BalanceChanged("bob", "USDT", 598 * COIN, 0),
        BalanceChanged("ann", "BTC", 6 * COIN, 0),
        BalanceChanged("ann", "USDT", 402 * COIN * 99 // 100, 0),
        BalanceChanged("venue", "USDT", 402 * COIN // 100, 0),
        BalanceChanged("bob", "BTC", 4 * COIN * 98 // 100, 0),
        BalanceChanged("venue", "BTC", 4 * COIN * 2 // 100, 0),
    ]


def test_each_touched_level_is_told_once_with_its_final_quantity() -> None:
    """Levels come once per command: 0 when gone, and also where the rest of the taker rests."""
    venue = _swept()
    reports = venue.do("at 3 bob buy b 3 @ 100")
    assert [r for r in reports if isinstance(r, LevelChanged)] == [
        LevelChanged(SYMBOL, Side.SELL, 100, 0),
        LevelChanged(SYMBOL, Side.BUY, 100, 1),
    ]
    reports = venue.do("at 4 bob buy c 1 @ 101")
    assert [r for r in reports if isinstance(r, LevelChanged)] == [
        LevelChanged(SYMBOL, Side.SELL, 101, 1)
    ]


def test_both_sides_of_a_trade_say_the_same() -> None:
    """Maker and taker report one trade id, price, quantity and quote, each its own fee."""
    venue = _swept()
    reports = venue.do("at 3 bob buy b 1 @ 100")
    maker, taker = [r for r in reports if isinstance(r, ExecutionReport) and r.trade_id]
    for report in (maker, taker):
        assert report.execution_type is ExecutionType.TRADE
        assert (report.trade_id, report.last_price_ticks, report.last_quantity_lots) == (1, 100, 1)
        assert report.last_quote_units == report.cumulative_quote_units == 100 * COIN
        assert report.transact_time_ns == 3
    assert (maker.client_order_id, maker.is_maker, maker.order_time_ns) == ("s1", True, 1)
    assert (taker.client_order_id, taker.is_maker, taker.order_time_ns) == ("b", False, 3)
    assert (maker.fee_units, maker.fee_asset) == (COIN, "USDT")
    assert (taker.fee_units, taker.fee_asset) == (COIN // 50, "BTC")
    assert TradePrinted(SYMBOL, 1, 100, 1, buyer_is_maker=False, transact_time_ns=3) in reports


def test_execution_ids_have_no_gaps() -> None:
    """Every execution report has the next id, refused orders and expiries included."""
    venue = _swept()
    asked = ["bob buy x 99 @ 100", "bob buy b 3 @ 100 until 7", "ann cancel s2", "at 7 wait"]
    reports = [r for line in asked for r in venue.do(line) if isinstance(r, ExecutionReport)]
    assert [r.execution_id for r in reports] == list(range(3, 9))


def test_quantity_is_filled_plus_left_while_live() -> None:
    """Order quantity equals cumulative plus leaves while live; nothing is left after the end."""
    venue = _swept()
    asked = ["bob buy b 3 @ 100", "bob cancel b", "venue expire s2", "bob buy c 1 @ 50 ioc"]
    for line in asked:
        for report in venue.do(line):
            if isinstance(report, ExecutionReport):
                left = report.quantity_lots - report.cumulative_quantity_lots
                ended = report.order_status.is_terminal
                assert report.leaves_quantity_lots == (0 if ended else left)
