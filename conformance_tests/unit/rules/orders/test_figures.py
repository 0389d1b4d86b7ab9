"""What a price may be made of where a venue takes few figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fillproof.harness.history import Market
from fillproof.harness.history.told import Place
from fillproof.harness.rules.orders.amounts import quantised

D = Decimal
FIVE_FIGURES = Market(
    "BTC", "USDC", D("0.0001"), D("0.0001"), D("0.0001"), D(1000), D(0), figures=5
)


def place(side: str, price: str) -> Place:
    return Place(0, 0, "a", "BTC-USDC", side, D(1), D(price), "LIMIT", "GTC", False)


@pytest.mark.parametrize(
    ("side", "price", "rounded"),
    [
        ("BUY", "29000", "29000"),
        ("BUY", "28999.99", "28999"),
        ("SELL", "28999.99", "29000"),
        ("BUY", "123456", "123456"),
        ("BUY", "123456.7", "123456"),
        ("SELL", "123456.7", "123457"),
        ("BUY", "2.00019", "2.0001"),
        ("SELL", "2.00011", "2.0002"),
        ("BUY", "0.01234567", "0.0123"),
    ],
)
def test_a_price_is_rounded_to_figures_and_never_to_a_worse_one(
    side: str, price: str, rounded: str
) -> None:
    """A whole number may have as many figures as it likes; the steps hold all the same."""
    assert quantised(place(side, price), FIVE_FIGURES)[1] == D(rounded)
