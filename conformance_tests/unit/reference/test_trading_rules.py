"""Trading rules: rounding, and what is refused before it is sent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fillproof.harness.connectors.reference.decode_rules import exchange_info
from fillproof.harness.connectors.reference.trading_rules import TradingRule
from fillproof.harness.connectors.reference.trouble import Unreadable

SYMBOL = {
    "symbol": "BTCUSDT",
    "baseAsset": "BTC",
    "quoteAsset": "USDT",
    "filters": [
        {"filterType": "PRICE_FILTER", "minPrice": "0.01", "maxPrice": "0", "tickSize": "0.01"},
        {"filterType": "LOT_SIZE", "minQty": "0.001", "maxQty": "9000", "stepSize": "0.001"},
        {"filterType": "MARKET_LOT_SIZE", "minQty": "0", "maxQty": "100", "stepSize": "0"},
        {"filterType": "NOTIONAL", "minNotional": "5", "maxNotional": "9000000"},
    ],
}


@pytest.fixture
def rule() -> TradingRule:
    """The rules of BTC-USDT."""
    return exchange_info({"symbols": [SYMBOL]})["BTC-USDT"]


@pytest.mark.parametrize(
    ("side", "amount", "price", "sent_amount", "sent_price"),
    [
        ("BUY", "1", "29000", "1", "29000"),
        ("BUY", "1.0019", "29000.019", "1.001", "29000.01"),
        ("SELL", "1.0019", "29000.011", "1.001", "29000.02"),
        ("BUY", "0.0009", "29000", "0", "29000"),
    ],
)
def test_rounding_never_costs_more(
    rule: TradingRule, side: str, amount: str, price: str, sent_amount: str, sent_price: str
) -> None:
    """Amounts are rounded down to the lot, prices to the better side of the tick."""
    rounded = rule.quantise(side, Decimal(amount), Decimal(price))
    assert rounded == (Decimal(sent_amount), Decimal(sent_price))


@pytest.mark.parametrize(
    ("amount", "price", "objection"),
    [
        ("1", "29000", None),
        ("0.001", "5000", None),
        ("0.001", "4999.99", "notional 4.99999 is below the minimum 5"),
        ("0", "29000", "amount 0 is below the minimum 0.001"),
        ("9000.001", "1", "amount 9000.001 is above the maximum 9000"),
        ("1", "0", "price 0 is below the minimum 0.01"),
        ("9000", "1000.01", "notional 9000090.00 is above the maximum 9000000"),
        ("100.001", None, "amount 100.001 is above the maximum 100"),
        ("0.0001", None, "amount 0.0001 is below the minimum 0.001"),
        ("100", None, None),
    ],
)
def test_what_the_venue_would_refuse_is_refused_here(
    rule: TradingRule, amount: str, price: str | None, objection: str | None
) -> None:
    """Minimum and maximum of amount, price and notional are checked as published."""
    assert rule.objection(Decimal(amount), None if price is None else Decimal(price)) == objection


def test_rules_of_another_shape_are_unreadable() -> None:
    """A missing filter is an error that says so, not a market without limits."""
    with pytest.raises(Unreadable, match="LOT_SIZE"):
        exchange_info({"symbols": [SYMBOL | {"filters": []}]})
