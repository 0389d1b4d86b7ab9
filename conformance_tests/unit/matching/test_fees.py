"""What fills cost: by side, by market, and in the asset that gets a discount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching import Discount, Fees, Rates
from fillproof.simulator.vocabulary.reports import ExecutionReport

D = Decimal


def _fees(venue: Venue) -> list[tuple[str, int, str | None]]:
    """Let bob sell 10 to ann at 100; return what each was charged: the maker first."""
    venue.do("bob sell b 10 @ 100")
    reports = venue.do("ann buy a 10 @ 100")
    return [
        (report.account, report.fee_units or 0, report.fee_asset)
        for report in reports
        if isinstance(report, ExecutionReport) and report.trade_id is not None
    ]


UNIT = 10**8

TABLES = [
    ("maker and taker", Fees(D("0.01"), D("0.02")), 10, D("0.2")),
    ("seller and buyer on top", Fees(D("0.01"), D("0.02"), D("0.03"), D("0.04")), 50, D("0.5")),
    ("a market of its own", Fees(D(0), D(0), markets={SYMBOL: Rates(D("0.1"), D(0))}), 100, 0),
    ("another market's", Fees(D(0), D(0), markets={"ETHUSDT": Rates(D("0.5"), D("0.5"))}), 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fees", "maker_usdt", "taker_btc"), TABLES)
def test_a_fill_costs_its_role_and_its_side(
    name: str, fees: Fees, maker_usdt: int, taker_btc: Decimal
) -> None:
    """The maker's or taker's rate and the seller's or buyer's, of what is received."""
    charged = _fees(Venue(fees=fees))
    expected = [("bob", maker_usdt * UNIT, "USDT"), ("ann", int(taker_btc * UNIT), "BTC")]
    assert charged == expected, name


BNB = Fees(
    D("0.01"), D("0.01"), discount=Discount("BNB", D("0.25"), {"USDT": D("0.002"), "BTC": D(200)})
)
PURSE = "ann 10000 USDT, bob 1000 BTC"


def test_fees_are_paid_in_the_discount_asset_while_it_lasts() -> None:
    """Who has enough of it free pays there, for less; who has not pays of what is received."""
    venue = Venue(fees=BNB, purse=f"{PURSE}, ann 20 BNB, bob 1 BNB")
    # ann: 0.1 BTC are 20 BNB, less a quarter. bob: 10 USDT are 0.02 BNB, less a quarter.
    assert _fees(venue) == [("bob", 1_500_000, "BNB"), ("ann", 15 * UNIT, "BNB")]
    assert venue.money("ann") == "USDT 9000+0, BNB 5+0, BTC 10+0"
    assert venue.money("venue") == "BNB 15.015+0"
    assert _fees(venue) == [("bob", 1_500_000, "BNB"), ("ann", 10_000_000, "BTC")]


def test_a_bust_returns_a_fee_where_it_came_from() -> None:
    """A fee paid in the discount asset goes back in it; a corrected one is paid in it as well."""
    venue = Venue(fees=BNB, purse=f"{PURSE}, ann 20 BNB, bob 1 BNB")
    _fees(venue)
    venue.do("venue correct 1 5 @ 100")
    assert venue.money("ann") == "USDT 9500+0, BNB 12.5+0, BTC 5+0"
    venue.do("venue bust 1")
    assert venue.money("ann") == "USDT 10000+0, BNB 20+0, BTC 0+0"
    assert venue.money("venue") == "BNB 0+0"


def test_a_discounted_fee_is_floored_once() -> None:
    """Rate, price and discount make one fraction, floored to whole units."""
    discount = Discount("BNB", D("0.25"), {"USDT": D("0.000000001"), "BTC": D(0)})
    venue = Venue(fees=Fees(D("0.001"), D("0.001"), discount=discount), purse=PURSE)
    # 1000 USDT x 0.001 x 0.000000001 x 0.75 is less than a unit: nothing is paid.
    assert _fees(venue) == [("bob", 0, "BNB"), ("ann", 0, "BNB")]


MISTAKES = [
    ((D(1), D(0)), "maker 1; a rate from 0 to below 1"),
    ((D("0.5"), D(0), D(0), D("0.5")), "come to 1 or more"),
]


@pytest.mark.parametrize(("rates", "message"), MISTAKES)
def test_rates_are_less_than_what_is_received(rates: tuple[Decimal, ...], message: str) -> None:
    """A fill never costs more than it brings."""
    with pytest.raises(ValueError, match=message):
        Rates(*rates)
