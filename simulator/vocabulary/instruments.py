"""What is traded, and the trading rules of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fillproof.simulator.vocabulary.units import UnitsError, asset_units, to_units


@dataclass(frozen=True, slots=True)
class Instrument:
    """One market: its assets, its steps and its limits.

    `tick_size` is in quote per base, `lot_size`, `min_quantity` and `max_quantity` in base,
    `min_notional` in quote. Quantities that are not multiples of the lot, or a tick times lot finer
    than 1e-8 of the quote asset, raise UnitsError: balances would not be exact.
    """

    symbol: str
    base: str
    quote: str
    tick_size: Decimal
    lot_size: Decimal
    min_quantity: Decimal
    max_quantity: Decimal
    min_notional: Decimal

    def __post_init__(self) -> None:
        for name in ("tick_size", "lot_size"):
            if getattr(self, name) <= 0:
                raise UnitsError(f"{self.symbol}: {name} must be above zero")
        to_units(self.min_quantity, self.lot_size)
        to_units(self.max_quantity, self.lot_size)
        asset_units(self.lot_size)
        asset_units(self.tick_size * self.lot_size)
        asset_units(self.min_notional)

    def price_ticks(self, price: Decimal) -> int:
        """Return a price in ticks; raises UnitsError when it is between two."""
        return to_units(price, self.tick_size)

    def quantity_lots(self, quantity: Decimal) -> int:
        """Return a quantity in lots; raises UnitsError when it is between two."""
        return to_units(quantity, self.lot_size)

    @property
    def base_units_per_lot(self) -> int:
        """Units of 1e-8 base in one lot."""
        return asset_units(self.lot_size)

    @property
    def quote_units_per_tick_lot(self) -> int:
        """Units of 1e-8 quote in one tick times one lot."""
        return asset_units(self.tick_size * self.lot_size)
