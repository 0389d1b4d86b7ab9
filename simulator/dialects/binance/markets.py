"""The markets under their three names: ours (BASE-QUOTE), the venue's (BASEQUOTE), the engine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.simulator.dialects.binance.errors import INVALID_SYMBOL
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import ASSET_DECIMALS, asset_units

_UNIT = 10**ASSET_DECIMALS


class Market:
    """One market and how its numbers are written: always with eight places.

    A tick finer than that raises UnitsError.
    """

    __slots__ = (
        "_lot_units",
        "_tick_lot_units",
        "_tick_units",
        "base",
        "engine_symbol",
        "instrument",
        "name",
        "quote",
        "symbol",
    )

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.base = instrument.base
        self.quote = instrument.quote
        self.symbol = instrument.base + instrument.quote
        self.name = f"{instrument.base}-{instrument.quote}"
        self.engine_symbol = instrument.symbol
        self._tick_units = asset_units(instrument.tick_size)
        self._lot_units = instrument.base_units_per_lot
        self._tick_lot_units = instrument.quote_units_per_tick_lot

    def price(self, ticks: int | None) -> str:
        """Write a price; a market order's is zero."""
        return money((ticks or 0) * self._tick_units)

    def quantity(self, lots: int) -> str:
        """Write a quantity in base."""
        return money(lots * self._lot_units)

    def quote_amount(self, tick_lots: int) -> str:
        """Write an amount of quote: a price in ticks times a quantity in lots."""
        return money(tick_lots * self._tick_lot_units)

    def average_price(self, tick_lots: int, lots: int) -> str:
        """Write a volume-weighted price, rounded to eight places; zero when nothing was traded."""
        return money((2 * tick_lots * self._tick_units + lots) // (2 * lots)) if lots else money(0)


def money(units: int) -> str:
    """Write units of 1e-8, not below zero, of any asset."""
    whole, rest = divmod(units, _UNIT)
    return f"{whole}.{rest:0{ASSET_DECIMALS}d}"


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
