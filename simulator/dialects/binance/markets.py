"""The markets under their three names: ours (BASE-QUOTE), the venue's (BASEQUOTE), the engine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from fillproof.simulator.dialects.binance.errors import FILTER_FAILURE, INVALID_SYMBOL
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import ASSET_DECIMALS, asset_units

_UNIT = 10**ASSET_DECIMALS
_NOTHING = f"{0:.{ASSET_DECIMALS}f}"
_HIGHEST_PRICE = Decimal(10_000_000)
_LARGEST_NOTIONAL = Decimal(1_000_000_000)


class Market:
    """One market and how its numbers are read and written: in units of 1e-8, with eight places.

    A tick finer than that raises UnitsError. The highest price and the largest notional are the
    market's own, or else the venue's.
    """

    __slots__ = (
        "_tick_lot_units",
        "base",
        "engine_symbol",
        "highest_price_units",
        "instrument",
        "largest_notional_units",
        "lot_units",
        "name",
        "quote",
        "symbol",
        "tick_units",
    )

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.base = instrument.base
        self.quote = instrument.quote
        self.symbol = instrument.base + instrument.quote
        self.name = f"{instrument.base}-{instrument.quote}"
        self.engine_symbol = instrument.symbol
        self.tick_units = asset_units(instrument.tick_size)
        self.lot_units = instrument.base_units_per_lot
        self._tick_lot_units = instrument.quote_units_per_tick_lot
        filters = instrument.filters
        self.highest_price_units = asset_units(filters.maximum_price or _HIGHEST_PRICE)
        self.largest_notional_units = asset_units(filters.maximum_notional or _LARGEST_NOTIONAL)

    def ticks(self, price_units: int | None) -> int | None:
        """Return a price in ticks; raises Refusal (PRICE_FILTER) between two, or too high."""
        if price_units is None:
            return None
        ticks, rest = divmod(price_units, self.tick_units)
        if rest or price_units > self.highest_price_units:
            raise FILTER_FAILURE.refusal("PRICE_FILTER")
        return ticks

    def lots(self, quantity_units: int | None) -> int | None:
        """Return a quantity in lots; raises Refusal (LOT_SIZE) between two."""
        if quantity_units is None:
            return None
        lots, rest = divmod(quantity_units, self.lot_units)
        if rest:
            raise FILTER_FAILURE.refusal("LOT_SIZE")
        return lots

    def require_notional(self, price_units: int | None, quantity_units: int | None) -> None:
        """Hold price times quantity to the most that it may be (NOTIONAL)."""
        if price_units is None or quantity_units is None:
            return
        if price_units * quantity_units > self.largest_notional_units * _UNIT:
            raise FILTER_FAILURE.refusal("NOTIONAL")

    def price(self, ticks: int | None) -> str:
        """Write a price; a market order's is zero."""
        return money((ticks or 0) * self.tick_units)

    def quantity(self, lots: int) -> str:
        """Write a quantity in base."""
        return money(lots * self.lot_units)

    def quote_amount(self, tick_lots: int) -> str:
        """Write an amount of quote: a price in ticks times a quantity in lots."""
        return money(tick_lots * self._tick_lot_units)

    def average_price(self, tick_lots: int, lots: int) -> str:
        """Write a volume-weighted price, rounded to eight places; zero when nothing was traded."""
        return money((2 * tick_lots * self.tick_units + lots) // (2 * lots)) if lots else money(0)


def money(units: int) -> str:
    """Write units of 1e-8, not below zero, of any asset."""
    if units == 0:
        return _NOTHING
    digits = str(units).rjust(ASSET_DECIMALS + 1, "0")
    return f"{digits[:-ASSET_DECIMALS]}.{digits[-ASSET_DECIMALS:]}"


class Markets:
    """All markets of the venue, in the order they were given."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._all = [Market(instrument) for instrument in instruments]
        self._by_symbol = {market.symbol: market for market in self._all}
        self._by_engine_symbol = {market.engine_symbol: market for market in self._all}
        if len(self._by_symbol) < len(self._all):
            raise ValueError("two instruments have one symbol on the wire")

    def __iter__(self) -> Iterator[Market]:
        return iter(self._all)

    def get(self, symbol: str) -> Market:
        """Return the market the venue calls so; raises Refusal (-1121)."""
        market = self._by_symbol.get(symbol)
        if market is None:
            raise INVALID_SYMBOL.refusal()
        return market

    def find(self, symbol: object) -> Market | None:
        """Return the market the venue calls so, if there is one."""
        return self._by_symbol.get(symbol) if isinstance(symbol, str) else None

    def traded(self, engine_symbol: str) -> Market:
        """Return the market the engine calls so."""
        return self._by_engine_symbol[engine_symbol]

    def assets(self) -> tuple[str, ...]:
        """Return every asset once, in order of first use."""
        return tuple(
            dict.fromkeys(asset for market in self._all for asset in (market.base, market.quote))
        )
