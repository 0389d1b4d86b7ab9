"""The venue's own rules: its limits, and the steps and widest bounds of every market's numbers."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance.errors import FILTER_FAILURE
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.vocabulary.orders import SelfTradePrevention
from fillproof.simulator.vocabulary.units import UnitsError

STP_MODES = tuple(str(mode) for mode in SelfTradePrevention)
DEFAULT_STP_MODE = "NONE"
PERMISSIONS = ("SPOT",)

_HIGHEST_PRICE = Decimal(10_000_000)
_LARGEST_NOTIONAL = Decimal(1_000_000_000)


def highest_price(market: Market) -> Decimal:
    """Return the highest price of a market: its own bound, or the venue's."""
    own = market.instrument.filters.maximum_price
    return _HIGHEST_PRICE if own is None else own


def largest_notional(market: Market) -> Decimal:
    """Return the most that an order may be worth: the market's own bound, or the venue's."""
    own = market.instrument.filters.maximum_notional
    return _LARGEST_NOTIONAL if own is None else own


def ticks(market: Market, price: Decimal | None) -> int | None:
    """Return a price in ticks; raises Refusal (PRICE_FILTER) between two, or too high."""
    if price is None:
        return None
    if price > highest_price(market):
        raise FILTER_FAILURE.refusal("PRICE_FILTER")
    try:
        return market.instrument.price_ticks(price)
    except UnitsError:
        raise FILTER_FAILURE.refusal("PRICE_FILTER") from None


def lots(market: Market, quantity: Decimal | None) -> int | None:
    """Return a quantity in lots; raises Refusal (LOT_SIZE) between two."""
    if quantity is None:
        return None
    try:
        return market.instrument.quantity_lots(quantity)
    except UnitsError:
        raise FILTER_FAILURE.refusal("LOT_SIZE") from None


def require_notional(market: Market, price: Decimal | None, quantity: Decimal | None) -> None:
    """Hold price times quantity to the most that it may be (NOTIONAL)."""
    if price is not None and quantity is not None and price * quantity > largest_notional(market):
        raise FILTER_FAILURE.refusal("NOTIONAL")
