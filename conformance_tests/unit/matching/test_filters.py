"""The trading rules a market may have beyond its steps and minima, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.matching.table import NO_FEES, SYMBOL, Venue, instrument, rejected
from msgspec.structs import replace

from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.commands import Deposit, PlaceOrder, Trigger
from fillproof.simulator.vocabulary.instruments import Filters, PercentPrice, TrailingDelta
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce, TriggerKind

MINUTE = 60_000_000_000
TIGHT = PercentPrice(Decimal("0.8"), Decimal("1.2"), Decimal("0.9"), Decimal("1.5"))


def _venue(**filters: object) -> Venue:
    """Return a venue with these filters where 100 was the price of the last trade."""
    venue = Venue(instrument(filters=Filters(**filters)))  # type: ignore[arg-type]
    for line in ("bob sell s 1 @ 100", "ann buy b 1 @ 100"):
        venue.do(line)
    return venue


PRICES = [
    ({"minimum_price": Decimal(50)}, "ann buy a 1 @ 50", None),
    ({"minimum_price": Decimal(50)}, "ann buy a 1 @ 49", "price_out_of_range"),
    ({"maximum_price": Decimal(150)}, "ann sell a 1 @ 150", None),
    ({"maximum_price": Decimal(150)}, "ann sell a 1 @ 151", "price_out_of_range"),
    ({"percent_price": TIGHT}, "ann buy a 1 @ 80", None),
    ({"percent_price": TIGHT}, "ann buy a 1 @ 79", "price_far_from_market"),
    ({"percent_price": TIGHT}, "ann buy a 1 @ 120", None),
    ({"percent_price": TIGHT}, "ann buy a 1 @ 121", "price_far_from_market"),
    ({"percent_price": TIGHT}, "ann sell a 1 @ 90", None),
    ({"percent_price": TIGHT}, "ann sell a 1 @ 89", "price_far_from_market"),
    ({"percent_price": TIGHT}, "ann sell a 1 @ 150", None),
    ({"percent_price": TIGHT}, "ann sell a 1 @ 151", "price_far_from_market"),
    ({"percent_price": TIGHT}, "ann sell a 1", None),  # a market order has no price
]

SIZES = [
    ({"market_minimum_quantity": Decimal(3)}, "ann buy a 3", None),
    ({"market_minimum_quantity": Decimal(3)}, "ann buy a 2", "market_quantity_out_of_range"),
    ({"market_minimum_quantity": Decimal(3)}, "ann buy a 2 @ 100", None),
    ({"market_maximum_quantity": Decimal(3)}, "ann buy a 3", None),
    ({"market_maximum_quantity": Decimal(3)}, "ann buy a 4", "market_quantity_out_of_range"),
    ({"maximum_notional": Decimal(500)}, "ann buy a 5 @ 100", None),
    ({"maximum_notional": Decimal(500)}, "ann buy a 6 @ 100", "notional_above_maximum"),
    ({"maximum_notional": Decimal(500)}, "ann buy a 6", None),  # as on BTCUSDT: limit orders only
]


@pytest.mark.parametrize(("filters", "asked", "why"), [*PRICES, *SIZES])
def test_an_order_is_inside_a_filter_or_refused(
    filters: dict[str, object], asked: str, why: str | None
) -> None:
    """Each filter lets its own bound pass and refuses what is one step beyond."""
    assert rejected(_venue(**filters).do(asked)) == why


def test_without_a_trade_no_price_is_far() -> None:
    """PERCENT_PRICE_BY_SIDE needs a price to measure from."""
    venue = Venue(instrument(filters=Filters(percent_price=TIGHT)))
    assert rejected(venue.do("ann buy a 1 @ 1")) is None


def test_the_average_is_of_the_last_minutes_and_else_the_last_trade() -> None:
    """Trades leave the average after their minutes; when none is left the last price counts."""
    venue = Venue()
    for at_minute, price, lots in ((0, 100, 1), (1, 110, 3)):
        venue.now_ns = at_minute * MINUTE
        venue.do(f"bob sell s{price} {lots} @ {price}")
        venue.do(f"ann buy b{price} {lots} @ {price}")
    averages = [venue.exchange.average_price(SYMBOL, 5, at * MINUTE) for at in (1, 5, 7)]
    assert averages == [(430, 4), (330, 3), (110, 1)]
    assert venue.exchange.average_price(SYMBOL, 0, MINUTE) == (110, 1)


NUMBERS = [
    ({"maximum_orders": 2}, "too_many_orders"),
    ({"maximum_position": Decimal(1004)}, "position_above_maximum"),  # 1001 owned, 3 to buy
]


@pytest.mark.parametrize(("filters", "why"), NUMBERS)
def test_an_account_can_have_too_much_open(filters: dict[str, object], why: str) -> None:
    """What is open of the account counts, an end gives it back, and others do not matter."""
    venue = _venue(**filters)
    assert rejected(venue.do("ann buy a1 2 @ 99")) is None
    assert rejected(venue.do("ann buy a2 1 @ 99")) is None
    assert rejected(venue.do("bob buy b1 1 @ 99")) is None
    assert rejected(venue.do("ann buy a3 1 @ 99")) == why
    venue.do("ann cancel a2")
    assert rejected(venue.do("ann buy a3 1 @ 99")) is None


def test_a_sell_is_never_above_the_position() -> None:
    """MAX_POSITION limits buys alone."""
    assert rejected(_venue(maximum_position=Decimal(1)).do("ann sell a 1 @ 200")) is None


def test_an_order_is_amended_so_many_times() -> None:
    """After the most amends an order keeps what it has."""
    venue = _venue(maximum_amends=2)
    venue.play(
        """
        ann buy a 9 @ 90 | a New 0/9
        ann amend a 8    | a Replaced a New 0/8
        ann amend a 7    | a Replaced a New 0/7
        ann amend a 6    | amend of a refused: too_many_amends
        """
    )
    told = [report.quantity_lots for report in venue.exchange.amendments(venue.number("a"))]
    assert told == [8, 7]


def _exchange(**filters: object) -> Exchange:
    exchange = Exchange([instrument(filters=Filters(**filters))], NO_FEES)  # type: ignore[arg-type]
    exchange.apply(Deposit("ann", "BTC", 10**12), 0)
    return exchange


_ICEBERG = PlaceOrder(
    "ann",
    "a",
    SYMBOL,
    Side.SELL,
    OrderType.LIMIT,
    TimeInForce.GTC,
    10,
    100,
    display_quantity_lots=3,
)


@pytest.mark.parametrize(("parts", "why"), [(4, None), (3, "too_many_iceberg_parts")])
def test_an_iceberg_has_so_many_parts(parts: int, why: str | None) -> None:
    """Ten lots shown three at a time are four parts."""
    assert rejected(_exchange(iceberg_parts=parts).apply(_ICEBERG, 0)) == why


@pytest.mark.parametrize(
    ("kind", "bips", "why"),
    [
        (TriggerKind.STOP_LOSS, 29, "trailing_delta_out_of_range"),
        (TriggerKind.STOP_LOSS, 30, None),
        (TriggerKind.STOP_LOSS, 40, None),
        (TriggerKind.STOP_LOSS, 41, "trailing_delta_out_of_range"),
        (TriggerKind.TAKE_PROFIT, 9, "trailing_delta_out_of_range"),
        (TriggerKind.TAKE_PROFIT, 20, None),
        (TriggerKind.TAKE_PROFIT, 21, "trailing_delta_out_of_range"),
    ],
)
def test_a_trail_is_as_long_as_its_side_allows(
    kind: TriggerKind, bips: int, why: str | None
) -> None:
    """A sell's stop-loss is below the market and its take-profit above it."""
    exchange = _exchange(trailing_delta=TrailingDelta(10, 20, 30, 40))
    trigger = Trigger(kind, trailing_delta_bips=bips)
    order = replace(_ICEBERG, display_quantity_lots=None, trigger=trigger)
    assert exchange.broken_rule(order, 0) == why


def test_iceberg_and_algo_orders_have_numbers_of_their_own() -> None:
    """MAX_NUM_ICEBERG_ORDERS and MAX_NUM_ALGO_ORDERS count only orders of their kind."""
    exchange = _exchange(maximum_iceberg_orders=1, maximum_algo_orders=0)
    plain = replace(_ICEBERG, client_order_id="p", display_quantity_lots=None)
    stop = replace(plain, trigger=Trigger(TriggerKind.STOP_LOSS, 90))
    assert rejected(exchange.apply(_ICEBERG, 0)) is None
    assert exchange.broken_rule(replace(_ICEBERG, client_order_id="b"), 0) == (
        "too_many_iceberg_orders"
    )
    assert exchange.broken_rule(stop, 0) == "too_many_algo_orders"
    assert exchange.broken_rule(plain, 0) is None


@pytest.mark.parametrize(("least", "why"), [("215", None), ("216", "notional_below_minimum")])
def test_a_market_order_is_worth_its_quantity_at_the_exact_average(
    least: str, why: str | None
) -> None:
    """Two lots at an average of 107.5 are worth 215, whatever the book would make of them."""
    venue = Venue(instrument(min_notional=least))
    for price, lots in ((100, 10), (110, 30)):
        venue.do(f"bob sell s{price} {lots} @ {price}")
        venue.do(f"ann buy b{price} {lots} @ {price}")
    assert rejected(venue.do("ann sell a 2")) == why
