"""What orders lock, what trades move, and what fees take."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.matching.table import Venue

from fillproof.simulator.matching import VENUE_ACCOUNT, Exchange, Fees
from fillproof.simulator.vocabulary.commands import Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

TEN_PERCENT_TO_TAKE = Fees(maker=Decimal(0), taker=Decimal("0.1"))
PURSE = "ann 1000 USDT, ann 10 BTC, bob 1000 USDT, bob 10 BTC"


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ("ann buy a 4 @ 100", "USDT 600+400, BTC 10+0"),
        ("ann sell a 4 @ 100", "USDT 1000+0, BTC 6+4"),
        ("ann buy a 4 @ 100 ioc", "USDT 1000+0, BTC 10+0"),
        ("ann buy a 4 @ 100 fok", "USDT 1000+0, BTC 10+0"),
        ("ann buy a 4", "USDT 1000+0, BTC 10+0"),
        ("ann sell a 4", "USDT 1000+0, BTC 10+0"),
    ],
)
def test_only_what_rests_stays_locked(asked: str, after: str) -> None:
    """A resting buy locks price times quantity of quote, a sell its quantity; others nothing."""
    venue = Venue(purse=PURSE)
    venue.do(asked)
    assert venue.money("ann") == after


@pytest.mark.parametrize("end", ["ann cancel a", "venue expire a", "venue reject a"])
def test_every_end_frees_what_is_left(end: str) -> None:
    """However an order ends, what it still locks is free again."""
    venue = Venue(purse=PURSE)
    venue.do("ann buy a 4 @ 100")
    venue.do("bob sell b 1 @ 100")
    assert venue.money("ann") == "USDT 600+300, BTC 11+0"
    venue.do(end)
    assert venue.money("ann") == "USDT 900+0, BTC 11+0"


def test_better_price_is_freed_at_once() -> None:
    """A buyer who trades below the limit gets the difference back with the trade."""
    venue = Venue(purse=PURSE)
    venue.do("bob sell b 2 @ 60")
    venue.do("ann buy a 5 @ 100")
    assert venue.money("ann") == "USDT 580+300, BTC 12+0"
    assert venue.money("bob") == "USDT 1120+0, BTC 8+0"


def test_market_buy_may_spend_the_last_coin() -> None:
    """A market buy needs what it would cost, no more; one coin short and it is refused."""
    venue = Venue(purse="ann 299 USDT, bob 10 BTC")
    venue.do("bob sell b1 1 @ 100")
    venue.do("bob sell b2 9 @ 200")
    venue.play("ann buy a 2 | a refused: insufficient_balance")
    venue.exchange.apply(Deposit("ann", "USDT", 10**8), 0)
    venue.do("ann buy a 2")
    assert venue.money("ann") == "USDT 0+0, BTC 2+0"


def test_locked_money_cannot_be_locked_again() -> None:
    """Two orders cannot lock the same coin."""
    Venue(purse=PURSE).play("""
        ann buy a1 6 @ 100  | a1 New 0/6
        ann buy a2 5 @ 100  | a2 refused: insufficient_balance
        ann buy a3 4 @ 100  | a3 New 0/4
    """)


def test_fee_is_taken_of_what_is_received() -> None:
    """A buyer pays the fee in base, a seller in quote, each at the rate of its own role."""
    venue = Venue(fees=TEN_PERCENT_TO_TAKE, purse=PURSE)
    venue.do("ann buy a 2 @ 100")
    venue.do("bob sell b 1 @ 100")
    assert venue.money("ann") == "USDT 800+100, BTC 11+0"
    assert venue.money("bob") == "USDT 1090+0, BTC 9+0"
    venue.do("ann cancel a")
    venue.do("bob sell b 1 @ 100")
    venue.do("ann buy a 1 @ 100")
    assert venue.money("ann") == "USDT 800+0, BTC 11.9+0"
    assert venue.money(VENUE_ACCOUNT) == "USDT 10+0, BTC 0.1+0"


@pytest.mark.parametrize(
    ("lots", "price", "fee_base", "fee_quote"),
    [
        # A lot is 1000 units of base, a lot times a tick is 1 unit of quote; the rate is 0.0004.
        (1, 1, 0, 0),
        (2, 2999, 0, 2),
        (3, 1000, 1, 1),
        (5, 500, 2, 1),
        (9, 1111, 3, 3),
    ],
)
def test_fee_is_rounded_down_to_the_smallest_unit(
    lots: int, price: int, fee_base: int, fee_quote: int
) -> None:
    """A fee is floored to 1e-8 of the asset received, exactly."""
    instrument = Instrument(
        symbol="BTCUSDT",
        base="BTC",
        quote="USDT",
        tick_size=Decimal("0.001"),
        lot_size=Decimal("0.00001"),
        min_quantity=Decimal("0.00001"),
        max_quantity=Decimal(1),
        min_notional=Decimal(0),
    )
    rate = Decimal("0.0004")
    exchange = Exchange([instrument], Fees(rate, rate))
    exchange.apply(Deposit("ann", "USDT", 10**9), 0)
    exchange.apply(Deposit("bob", "BTC", 10**9), 0)
    for account, side in (("ann", Side.BUY), ("bob", Side.SELL)):
        terms = (OrderType.LIMIT, TimeInForce.GTC, lots, price)
        exchange.apply(PlaceOrder(account, "o", "BTCUSDT", side, *terms), 0)
    (bought,) = exchange.fills("ann", "BTCUSDT")
    (sold,) = exchange.fills("bob", "BTCUSDT")
    assert (bought.fee_units, bought.fee_asset) == (fee_base, "BTC")
    assert (sold.fee_units, sold.fee_asset) == (fee_quote, "USDT")
    exchange.check()


@pytest.mark.parametrize("rate", ["-0.001", "1"])
def test_fee_rate_out_of_range_is_refused(rate: str) -> None:
    """A fee is a part of what is received: never negative, never all of it."""
    with pytest.raises(ValueError, match="a rate from 0 to below 1"):
        Fees(maker=Decimal(rate), taker=Decimal(0))
