"""The markets under their three names: ours (BASE-QUOTE), the venue's (BASEQUOTE), the engine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.simulator.dialects.binance.errors import INVALID_SYMBOL
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import asset_amount, from_units

_PLACES = 8


class Market:
    """One market and how its numbers are written: always with eight places."""

    __slots__ = ("base", "engine_symbol", "instrument", "name", "quote", "symbol")

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.base = instrument.base
        self.quote = instrument.quote
        self.symbol = instrument.base + instrument.quote
        self.name = f"{instrument.base}-{instrument.quote}"
        self.engine_symbol = instrument.symbol

    def price(self, ticks: int | None) -> str:
        """Write a price; a market order's is zero."""
        return f"{from_units(ticks or 0, self.instrument.tick_size):.{_PLACES}f}"

    def quantity(self, lots: int) -> str:
        """Write a quantity in base."""
        return f"{from_units(lots, self.instrument.lot_size):.{_PLACES}f}"


def money(units: int) -> str:
    """Write units of 1e-8 of any asset."""
    return f"{asset_amount(units):.{_PLACES}f}"


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
