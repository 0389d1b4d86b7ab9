"""What an order is rounded to at Hyperliquid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.reference.trouble import Unreadable
from fillproof.harness.connectors.reference_dex.coin_rules import CoinRule, spot_meta

RULE = CoinRule("BTC/USDC", 10_000, 4)
META: dict[str, Any] = {
    "tokens": [
        {"name": "USDC", "index": 0, "szDecimals": 8},
        {"name": "PURR", "index": 1, "szDecimals": 0},
        {"name": "BTC", "index": 7, "szDecimals": 4},
    ],
    "universe": [
        {"name": "PURR/USDC", "tokens": [1, 0], "index": 0},
        {"name": "@3", "tokens": [7, 0], "index": 3},
    ],
}


@pytest.mark.parametrize(
    ("side", "amount", "price", "rounded"),
    [
        ("BUY", "1", "29000", ("1", "29000")),
        ("BUY", "0.12349", "29000.4", ("0.1234", "29000")),
        ("SELL", "0.12349", "29000.4", ("0.1234", "29001")),
        ("BUY", "1", "123456", ("1", "123456")),
        ("SELL", "1", "123456.5", ("1", "123457")),
        ("BUY", "1", "2.00019", ("1", "2.0001")),
        ("SELL", "1", "2.00011", ("1", "2.0002")),
        ("BUY", "1", "0.0123456", ("1", "0.0123")),
        ("BUY", "1", None, ("1", None)),
    ],
)
def test_orders_are_rounded_to_lot_and_figures(
    side: str, amount: str, price: str | None, rounded: tuple[str, str | None]
) -> None:
    """Never to a larger amount or a worse price; a whole price has as many figures as it likes."""
    wish = None if price is None else Decimal(price)
    size, limit = RULE.quantise(side, Decimal(amount), wish)
    assert (f"{size:f}", None if limit is None else f"{limit:f}") == rounded


@pytest.mark.parametrize(
    ("amount", "price", "objection"),
    [
        ("1", "1", None),
        ("1", None, None),
        ("0", "1", "amount 0 is below the lot of 4 decimals"),
        ("1", "0", "price 0 is not above 0"),
    ],
)
def test_what_rounds_to_nothing_is_not_sent(
    amount: str, price: str | None, objection: str | None
) -> None:
    """The venue would refuse it, and says so in no rule but that of the lot."""
    wish = None if price is None else Decimal(price)
    assert RULE.objection(Decimal(amount), wish) == objection


def test_markets_are_found_by_the_names_of_their_tokens() -> None:
    """A coin may be called by a number alone; its tokens have the names."""
    assert spot_meta(META) == {
        "PURR-USDC": CoinRule("PURR/USDC", 10_000, 0),
        "BTC-USDC": CoinRule("@3", 10_003, 4),
    }


def test_rules_of_another_shape_are_unreadable() -> None:
    """What is not as documented is no rule."""
    with pytest.raises(Unreadable, match="spotMeta is not as documented"):
        spot_meta({"tokens": []})
