"""exchangeInfo publishes what the venue holds orders to, and no more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, Bench

from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public.exchange_info import filters
from fillproof.simulator.vocabulary.commands import SetPhase
from fillproof.simulator.vocabulary.instruments import (
    Filters,
    Instrument,
    PercentPrice,
    TrailingDelta,
)
from fillproof.simulator.vocabulary.orders import MarketPhase

_ALWAYS = ["PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "NOTIONAL"]


def _symbol(venue: Bench, query: str = "symbol=BTCUSDT") -> Any:
    status, info = venue.ask("GET", "/api/v3/exchangeInfo", query)
    assert status == 200
    [symbol] = info["symbols"]
    return symbol


def test_a_market_is_published_with_its_steps_types_and_permissions(venue: Bench) -> None:
    """ExchangeInfo has each market's steps, limits, order types and permission."""
    symbol = _symbol(venue, "symbols=%5B%22BTCUSDT%22%5D")
    assert symbol["permissionSets"] == [["SPOT"]]
    assert symbol["orderTypes"] == [
        "LIMIT",
        "LIMIT_MAKER",
        "MARKET",
        "STOP_LOSS",
        "STOP_LOSS_LIMIT",
        "TAKE_PROFIT",
        "TAKE_PROFIT_LIMIT",
    ]
    assert (symbol["baseAsset"], symbol["quoteAsset"]) == ("BTC", "USDT")
    shown = {one["filterType"]: one for one in symbol["filters"]}
    assert list(shown) == _ALWAYS
    assert shown["PRICE_FILTER"]["tickSize"] == "0.01000000"
    assert shown["LOT_SIZE"]["stepSize"] == "0.00010000"
    assert shown["NOTIONAL"]["minNotional"] == "5.00000000"


@pytest.mark.parametrize(
    ("rules", "written"),
    [
        (Filters(iceberg_parts=10), {"filterType": "ICEBERG_PARTS", "limit": 10}),
        (Filters(maximum_orders=25), {"filterType": "MAX_NUM_ORDERS", "maxNumOrders": 25}),
        (
            Filters(maximum_algo_orders=5),
            {"filterType": "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders": 5},
        ),
        (
            Filters(maximum_iceberg_orders=5),
            {"filterType": "MAX_NUM_ICEBERG_ORDERS", "maxNumIcebergOrders": 5},
        ),
        (
            Filters(maximum_order_lists=20),
            {"filterType": "MAX_NUM_ORDER_LISTS", "maxNumOrderLists": 20},
        ),
        (
            Filters(maximum_amends=10),
            {"filterType": "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends": 10},
        ),
        (
            Filters(maximum_position=Decimal(10)),
            {"filterType": "MAX_POSITION", "maxPosition": "10.00000000"},
        ),
        (
            Filters(trailing_delta=TrailingDelta(10, 2000, 20, 1000)),
            {
                "filterType": "TRAILING_DELTA",
                "minTrailingAboveDelta": 10,
                "maxTrailingAboveDelta": 2000,
                "minTrailingBelowDelta": 20,
                "maxTrailingBelowDelta": 1000,
            },
        ),
        (
            Filters(
                percent_price=PercentPrice(
                    Decimal("0.2"), Decimal("1.2"), Decimal("0.8"), Decimal(5), 1
                )
            ),
            {
                "filterType": "PERCENT_PRICE_BY_SIDE",
                "bidMultiplierUp": "1.2",
                "bidMultiplierDown": "0.2",
                "askMultiplierUp": "5",
                "askMultiplierDown": "0.8",
                "avgPriceMins": 1,
            },
        ),
    ],
)
def test_a_filter_that_is_set_is_published(rules: Filters, written: dict[str, Any]) -> None:
    """A market shows the filters that all have, and each that it sets, in the venue's form."""
    shown = filters(Market(_with(rules)))
    assert [one["filterType"] for one in shown[:4]] == _ALWAYS
    assert shown[4:] == [written]


def _with(rules: Filters) -> Instrument:
    return replace(BTC_USDT, filters=rules)


def test_bounds_that_are_set_replace_the_venues_own() -> None:
    """PRICE_FILTER, MARKET_LOT_SIZE and NOTIONAL show a market's own bounds where it has them."""
    rules = Filters(
        minimum_price=Decimal(100),
        maximum_price=Decimal(90_000),
        market_minimum_quantity=Decimal("0.01"),
        market_maximum_quantity=Decimal(50),
        maximum_notional=Decimal(1_000_000),
        notional_average_minutes=1,
    )
    shown = {one["filterType"]: one for one in filters(Market(_with(rules)))}
    assert shown["PRICE_FILTER"] == {
        "filterType": "PRICE_FILTER",
        "minPrice": "100.00000000",
        "maxPrice": "90000.00000000",
        "tickSize": "0.01000000",
    }
    assert shown["MARKET_LOT_SIZE"]["minQty"] == "0.01000000"
    assert shown["MARKET_LOT_SIZE"]["maxQty"] == "50.00000000"
    assert shown["NOTIONAL"]["maxNotional"] == "1000000.00000000"
    assert shown["NOTIONAL"]["avgPriceMins"] == 1


@pytest.mark.parametrize(
    ("phase", "status"),
    [
        (MarketPhase.TRADING, "TRADING"),
        (MarketPhase.POST_ONLY, "TRADING"),
        (MarketPhase.CANCEL_ONLY, "CANCEL_ONLY"),
        (MarketPhase.HALTED, "HALT"),
        (MarketPhase.AUCTION, "AUCTION_MATCH"),
    ],
)
def test_the_status_of_a_market_is_its_phase(venue: Bench, phase: MarketPhase, status: str) -> None:
    """Each phase has a status; a post-only market is open in the venue's words."""
    venue.apply(SetPhase("BTCUSDT", phase))
    assert _symbol(venue)["status"] == status


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("symbolStatus=TRADING", 1),
        ("symbolStatus=HALT", 0),
        ("permissions=SPOT", 1),
        ("permissions=MARGIN", 0),
    ],
)
def test_markets_are_chosen_by_status_and_permission(venue: Bench, query: str, count: int) -> None:
    """Without names, all markets that have the status and the permission are shown."""
    assert len(venue.ask("GET", "/api/v3/exchangeInfo", query)[1]["symbols"]) == count


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("symbol=NOSUCH", -1121),
        ("symbolStatus=ASLEEP", -1122),
        ("symbol=BTCUSDT&symbolStatus=TRADING", -1128),
        ("symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D", -1151),
    ],
)
def test_a_wrong_choice_is_refused(venue: Bench, query: str, code: int) -> None:
    """An unknown market or status, two ways to choose at once, or one market twice."""
    status, error = venue.ask("GET", "/api/v3/exchangeInfo", query)
    assert (status, error["code"]) == (400, code)
