"""What strangers draw: numbers, sizes and resting books."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import islice

import pytest
from conformance_tests.unit.life.strangers import MARKET, PRICE

from fillproof.simulator.dice import Dice
from fillproof.simulator.life.ladder import ladder, ladder_accounts
from fillproof.simulator.life.sizes import draw_lots, least_lots
from fillproof.simulator.vocabulary.orders import Side


def test_the_dice_are_splitmix64() -> None:
    """The first numbers of seed 1234567 as published with the algorithm."""
    dice = Dice(1234567)
    assert [dice.below(1 << 64) for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_what_happens_so_often_out_of_so_many_does() -> None:
    """A quarter of the time, near enough."""
    dice = Dice(5)
    assert 2_300 < sum(dice.happens(1, 4) for _ in range(10_000)) < 2_700
    assert {dice.between(-1, 1) for _ in range(50)} == {-1, 0, 1}


@pytest.mark.parametrize("price_ticks", [1, 7, 2_900_000, 10**11])
@pytest.mark.parametrize("notional", ["0", "5"])
@pytest.mark.parametrize("lot", ["0.0001", "1"])
def test_a_drawn_size_is_one_the_market_takes(price_ticks: int, notional: str, lot: str) -> None:
    """Never below the least amount and notional, never above the most amount."""
    market = replace(
        MARKET,
        lot_size=Decimal(lot),
        min_quantity=Decimal(lot),
        max_quantity=Decimal(10**7),
        min_notional=Decimal(notional),
    )
    dice = Dice(1)
    for _ in range(50):
        lots = draw_lots(market, price_ticks, dice)
        assert least_lots(market, price_ticks) <= lots <= market.quantity_lots(market.max_quantity)
        assert market.tick_size * price_ticks * market.lot_size * lots >= market.min_notional


def test_a_ladder_is_a_book_around_its_price() -> None:
    """So many levels a side, each further away than the one before."""
    orders = list(ladder(MARKET, PRICE, 10, "maker", Dice(1)))
    bids = [one.price_ticks or 0 for one in orders if one.side is Side.BUY]
    asks = [one.price_ticks or 0 for one in orders if one.side is Side.SELL]
    assert (len(bids), len(asks)) == (10, 10)
    assert bids == sorted(set(bids), reverse=True)
    assert asks == sorted(set(asks))
    assert bids[0] < PRICE < asks[0]


def test_a_long_ladder_is_of_several_accounts() -> None:
    """Fifty levels a side are one account's: a market may limit how many orders one has."""
    assert ladder_accounts(50, "maker") == ("maker-1",)
    orders = list(ladder(MARKET, PRICE, 120, "maker", Dice(1)))
    owners = Counter(order.account for order in orders)
    assert owners == {"maker-1": 100, "maker-2": 100, "maker-3": 40}
    assert tuple(owners) == ladder_accounts(120, "maker")


def test_a_ladder_ends_where_prices_do() -> None:
    """There is no price of zero."""
    bids = list(islice(ladder(MARKET, 3, 10, "maker", Dice(1)), 2))
    assert [one.price_ticks for one in bids] == [2, 1]
