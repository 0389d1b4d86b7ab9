"""Hyperliquid's rules of sizes and prices, spot: what an order is rounded to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from fillproof.harness.connectors.reference.decode import reading

_FIGURES = 5
_SPOT_DECIMALS = 8
_FIRST_SPOT_ASSET = 10_000


@dataclass(frozen=True, slots=True)
class CoinRule:
    """One market: `coin` is the venue's name, `asset` its number, `size_decimals` of its lot."""

    coin: str
    asset: int
    size_decimals: int

    def quantise(
        self, side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        """Round to the lot and to a price that the venue takes: never to a worse one."""
        size = _rounded(amount, self.size_decimals, ROUND_FLOOR)
        if price is None:
            return size, None
        return size, self.price(price, ROUND_FLOOR if side == "BUY" else ROUND_CEILING)

    def price(self, price: Decimal, rounding: str) -> Decimal:
        """Round to five figures and the decimals that the lot leaves; whole numbers are right."""
        if price == price.to_integral_value():
            return price
        figures = _FIGURES - 1 - price.adjusted()
        return _rounded(price, max(0, min(figures, _SPOT_DECIMALS - self.size_decimals)), rounding)

    def objection(self, amount: Decimal, price: Decimal | None) -> str | None:
        """Say why the venue would refuse the rounded order; None when it has no reason to."""
        if amount <= 0:
            return f"amount {amount:f} is below the lot of {self.size_decimals} decimals"
        if price is not None and price <= 0:
            return f"price {price:f} is not above 0"
        return None


def spot_meta(message: Any) -> dict[str, CoinRule]:
    """Read the reply to spotMeta: rules by market, "BASE-QUOTE"."""
    with reading("spotMeta"):
        tokens: Mapping[int, Any] = {token["index"]: token for token in message["tokens"]}
        return {
            _market(market, tokens): CoinRule(
                coin=str(market["name"]),
                asset=_FIRST_SPOT_ASSET + int(market["index"]),
                size_decimals=int(tokens[market["tokens"][0]]["szDecimals"]),
            )
            for market in message["universe"]
        }


def _market(market: Any, tokens: Mapping[int, Any]) -> str:
    base, quote = (tokens[index]["name"] for index in market["tokens"])
    return f"{base}-{quote}"


def _rounded(value: Decimal, decimals: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding).normalize()
