"""The venue's trading rules: what an order is rounded to, and why it may not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """An inclusive range and the step in it; a bound or step of 0 is not applied."""

    minimum: Decimal
    maximum: Decimal
    step: Decimal

    def floor(self, value: Decimal) -> Decimal:
        """Round down to the step."""
        return _to_step(value, self.step, ROUND_FLOOR)

    def ceil(self, value: Decimal) -> Decimal:
        """Round up to the step."""
        return _to_step(value, self.step, ROUND_CEILING)

    def objection(self, name: str, value: Decimal) -> str | None:
        """Say which bound the value breaks."""
        if self.minimum and value < self.minimum:
            return f"{name} {value:f} is below the minimum {self.minimum:f}"
        if self.maximum and value > self.maximum:
            return f"{name} {value:f} is above the maximum {self.maximum:f}"
        return None


@dataclass(frozen=True, slots=True)
class TradingRule:
    """The rules of one market. Amounts in base, prices and notional in quote."""

    symbol: str
    amount: Limits
    market_amount: Limits
    price: Limits
    notional: Limits

    def quantise(
        self, side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        """Round to lot and tick: never to a larger amount, never to a worse price."""
        lots = self.amount if price is not None else self.market_amount
        if price is None:
            return lots.floor(amount), None
        return lots.floor(amount), self.price.floor(price) if side == "BUY" else self.price.ceil(
            price
        )

    def objection(self, amount: Decimal, price: Decimal | None) -> str | None:
        """Say why the venue would refuse the rounded order; None when it has no reason to.

        The notional of a market order depends on a price only the venue knows, so it is left to it.
        """
        if price is None:
            return self.market_amount.objection("amount", amount)
        return (
            self.amount.objection("amount", amount)
            or self.price.objection("price", price)
            or self.notional.objection("notional", amount * price)
        )


def _to_step(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    if not step:
        return value
    return (value / step).to_integral_value(rounding) * step
