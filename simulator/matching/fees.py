"""What fills cost: rates by side and by market, and a discount for who pays in one asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fillproof.simulator.vocabulary.orders import Side

Ratio = tuple[int, int]
"""A rate as a fraction of whole numbers: no Decimal is touched while orders trade."""

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of what is received: Decimal("0.001") is 0.1 %.

    A fill costs the maker's or the taker's rate and the buyer's or the seller's on top.
    """

    maker: Decimal
    taker: Decimal
    buyer: Decimal = _NOTHING
    seller: Decimal = _NOTHING

    def __post_init__(self) -> None:
        for name in ("maker", "taker", "buyer", "seller"):
            rate = getattr(self, name)
            if not 0 <= rate < 1:
                raise ValueError(f"Fees: {name} {rate}; a rate from 0 to below 1")
        if max(self.maker, self.taker) + max(self.buyer, self.seller) >= 1:
            raise ValueError("Fees: the rates of one fill come to 1 or more")

    def of(self, side: Side) -> tuple[Ratio, Ratio]:
        """Return what the maker and what the taker of this side pays."""
        more = self.buyer if side is Side.BUY else self.seller
        return (self.maker + more).as_integer_ratio(), (self.taker + more).as_integer_ratio()


@dataclass(frozen=True, slots=True)
class Discount:
    """Fees in one asset for less, for an account that has enough of it free.

    `rate` is what is taken off: Decimal("0.25") is a quarter. `prices` say what one of another
    asset is worth in this one; a fee of an asset that has no price is paid as usual.
    """

    asset: str
    rate: Decimal
    prices: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError(f"Discount: rate {self.rate}; from 0 to 1")
        for asset, price in self.prices.items():
            if price < 0:
                raise ValueError(f"Discount: the price of {asset} is {price}; zero or more")

    def ratios(self) -> dict[str, Ratio]:
        """Return what one unit of a fee in each asset is in this one, the discount taken off."""
        prices = {**self.prices, self.asset: Decimal(1)}
        return {
            asset: (price * (1 - self.rate)).as_integer_ratio() for asset, price in prices.items()
        }


@dataclass(frozen=True, slots=True)
class Fees(Rates):
    """The rates of all markets but those that have their own, and the discount.

    A fee is worked out in one step and floored to whole units of the asset it is paid in.
    """

    markets: Mapping[str, Rates] = field(default_factory=dict)
    discount: Discount | None = None

    def rates(self, symbol: str) -> Rates:
        """Return the rates of a market."""
        return self.markets.get(symbol, self)
