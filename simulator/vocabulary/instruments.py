"""What is traded, and the trading rules of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fillproof.simulator.vocabulary.units import UnitsError, asset_units, to_units


@dataclass(frozen=True, slots=True)
class PercentPrice:
    """How far a limit price may be from the market, as factors of its average price, by side."""

    bid_down: Decimal
    bid_up: Decimal
    ask_down: Decimal
    ask_up: Decimal
    average_minutes: int = 5


@dataclass(frozen=True, slots=True)
class TrailingDelta:
    """How far a trail may be, in hundredths of a percent, above the market and below it."""

    above_minimum: int
    above_maximum: int
    below_minimum: int
    below_maximum: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Trading rules that a market may have beyond its steps and minima; None means it has it not.

    Prices are in quote per base, quantities and the position in base, the notional in quote; the
    numbers of orders count those of one account that are live in this market.
    """

    minimum_price: Decimal | None = None
    maximum_price: Decimal | None = None
    percent_price: PercentPrice | None = None
    market_minimum_quantity: Decimal | None = None
    market_maximum_quantity: Decimal | None = None
    maximum_notional: Decimal | None = None
    notional_average_minutes: int = 5
    iceberg_parts: int | None = None
    trailing_delta: TrailingDelta | None = None
    maximum_position: Decimal | None = None
    maximum_orders: int | None = None
    maximum_algo_orders: int | None = None
    maximum_iceberg_orders: int | None = None
    maximum_order_lists: int | None = None
    maximum_amends: int | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """What a market of perpetual contracts asks of a position: a part of its value.

    Who trades at `leverage` sets the price of a contract divided by it aside.
    """

    leverage: int = 20
    maximum_leverage: int = 50

    def __post_init__(self) -> None:
        if not 1 <= self.leverage <= self.maximum_leverage:
            raise UnitsError(
                f"leverage {self.leverage}; a whole number from 1 to {self.maximum_leverage}"
            )


@dataclass(frozen=True, slots=True)
class Instrument:
    """One market: its assets, its steps and its limits.

    With a `margin` nothing of the base asset is delivered: who trades has a position in contracts
    of it, and gains and losses are settled in the quote asset.
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
    filters: Filters = Filters()
    margin: Margin | None = None

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
