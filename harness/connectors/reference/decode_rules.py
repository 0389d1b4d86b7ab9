"""Binance's exchangeInfo, as trading rules (Binance Spot API, "Filters")."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.trading_rules import Limits, TradingRule

Filter = Mapping[str, Any]


def exchange_info(message: Any) -> dict[str, TradingRule]:
    """Return the trading rules by market, "BASE-QUOTE"."""
    with reading("exchangeInfo"):
        return {
            f"{symbol['baseAsset']}-{symbol['quoteAsset']}": _rule(symbol)
            for symbol in message["symbols"]
        }


def _rule(symbol: Any) -> TradingRule:
    filters: dict[str, Filter] = {item["filterType"]: item for item in symbol["filters"]}
    amount = _limits(filters["LOT_SIZE"], "minQty", "maxQty", "stepSize")
    return TradingRule(
        symbol=symbol["symbol"],
        amount=amount,
        market_amount=_market_amount(filters.get("MARKET_LOT_SIZE"), amount),
        price=_limits(filters["PRICE_FILTER"], "minPrice", "maxPrice", "tickSize"),
        notional=_limits(
            filters.get("NOTIONAL") or filters.get("MIN_NOTIONAL") or {},
            "minNotional",
            "maxNotional",
        ),
    )


def _market_amount(market: Filter | None, amount: Limits) -> Limits:
    """A market order keeps both filters; a bound of 0 in its own one is not applied."""
    if market is None:
        return amount
    own = _limits(market, "minQty", "maxQty", "stepSize")
    return Limits(
        minimum=max(own.minimum, amount.minimum),
        maximum=min(limit for limit in (own.maximum, amount.maximum) if limit)
        if own.maximum or amount.maximum
        else Decimal(0),
        step=max(own.step, amount.step),
    )


def _limits(item: Filter, minimum: str, maximum: str, step: str = "") -> Limits:
    return Limits(*(Decimal(item.get(name, "0")) for name in (minimum, maximum, step)))
