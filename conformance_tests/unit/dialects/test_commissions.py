"""What trading costs, as the venue tells it before and after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.matching import Discount, Fees, Rates

_FEES = Fees(
    maker=Decimal("0.001"),
    taker=Decimal("0.002"),
    markets={
        "BTCUSDT": Rates(Decimal("0.0001"), Decimal("0.0002"), Decimal("0.0003"), Decimal("0.0004"))
    },
    discount=Discount("BNB", Decimal("0.25"), {"USDT": Decimal("0.002")}),
)
_OWN = {
    "maker": "0.00010000",
    "taker": "0.00020000",
    "buyer": "0.00030000",
    "seller": "0.00040000",
}
_DISCOUNT = {
    "enabledForAccount": True,
    "enabledForSymbol": True,
    "discountAsset": "BNB",
    "discount": "0.25000000",
}


@pytest.fixture
def dear() -> Bench:
    """Return a venue whose one market has rates of its own, and a discount."""
    return Bench(fees=_FEES)


def test_a_market_shows_its_own_rates(dear: Bench) -> None:
    """By role and by side, and what paying in the discount asset takes off."""
    shown = dear.signed("GET", "/api/v3/account/commission", symbol="BTCUSDT")[1]
    assert shown["standardCommission"] == _OWN
    assert shown["discount"] == _DISCOUNT
    assert set(shown["taxCommission"].values()) == {"0.00000000"}


def test_the_account_shows_the_rates_of_all_other_markets(dear: Bench) -> None:
    """In hundredths of a percent, and as rates."""
    account = dear.signed("GET", "/api/v3/account")[1]
    assert (account["makerCommission"], account["takerCommission"]) == (10, 20)
    assert account["commissionRates"]["maker"] == "0.00100000"


@pytest.mark.parametrize(
    ("side", "rates"),
    [
        ("BUY", {"maker": "0.00040000", "taker": "0.00050000"}),
        ("SELL", {"maker": "0.00050000", "taker": "0.00060000"}),
    ],
)
def test_a_test_order_tells_the_rates_of_its_side(
    dear: Bench, side: str, rates: dict[str, str]
) -> None:
    """What the side pays is in both rates."""
    order = {"symbol": "BTCUSDT", "side": side, "type": "LIMIT", "timeInForce": "GTC"}
    order |= {"quantity": "0.1", "price": "20000", "computeCommissionRates": "true"}
    told = dear.signed("POST", "/api/v3/order/test", **order)[1]
    assert told["standardCommissionForOrder"] == rates
    assert told["discount"] == _DISCOUNT


@pytest.mark.parametrize(("asked", "count"), [({}, 1), ({"symbol": "BTCUSDT"}, 1)])
def test_the_wallet_tells_the_rates_of_markets(
    dear: Bench, asked: dict[str, Any], count: int
) -> None:
    """Of one, or of all."""
    told = dear.signed("GET", "/sapi/v1/asset/tradeFee", **asked)[1]
    fee = {"symbol": "BTCUSDT", "makerCommission": "0.0001", "takerCommission": "0.0002"}
    assert told == [fee] * count
