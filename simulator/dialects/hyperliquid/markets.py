"""The markets under their names: ours (BASE-QUOTE), the venue's coin and asset, the engine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.simulator.dialects.hyperliquid.numbers import is_price, written
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import (
    ASSET_DECIMALS,
    asset_units,
    plain,
)

FIRST_SPOT_ASSET = 10_000
COLLATERAL = "USDC"
"""The token of number 0: what perpetuals are settled in."""

_SPOT_DECIMALS = 8
_PERPETUAL_DECIMALS = 6
_POWERS_OF_TEN = {10**power: ASSET_DECIMALS - power for power in range(ASSET_DECIMALS + 1)}


class Market:
    """One market and how its numbers are read and written, in units of 1e-8.

    `asset` is its number in actions: from 0 for perpetuals, from 10000 for spot. The lot must be a
    power of ten, of which `size_decimals` are the places; else ValueError.
    """

    __slots__ = (
        "asset",
        "base",
        "coin",
        "engine_symbol",
        "instrument",
        "is_perpetual",
        "lot_units",
        "name",
        "price_decimals",
        "quote",
        "size_decimals",
        "tick_lot_units",
        "tick_places",
        "tick_units",
    )

    def __init__(self, instrument: Instrument, index: int) -> None:
        self.instrument = instrument
        self.base, self.quote = instrument.base, instrument.quote
        self.name = f"{instrument.base}-{instrument.quote}"
        self.engine_symbol = instrument.symbol
        self.is_perpetual = instrument.margin is not None
        self.lot_units = instrument.base_units_per_lot
        self.tick_units = asset_units(instrument.tick_size)
        self.tick_lot_units = instrument.quote_units_per_tick_lot
        places = _POWERS_OF_TEN.get(self.lot_units)
        if places is None:
            lot = plain(instrument.lot_size)
            raise ValueError(f"{self.name}: lot_size {lot}; a power of ten from 1 to 0.00000001")
        self.size_decimals = places
        decimals = _PERPETUAL_DECIMALS if self.is_perpetual else _SPOT_DECIMALS
        self.price_decimals = max(0, decimals - places)
        self.tick_places = len(written(self.tick_units).partition(".")[2])
        self.asset = index if self.is_perpetual else FIRST_SPOT_ASSET + index
        self.coin = self.base if self.is_perpetual else _spot_coin(self.base, self.quote, index)

    def keeps_price_rule(self, price_units: int) -> bool:
        """Return whether a price has few enough figures and decimals."""
        return is_price(price_units, self.price_decimals)

    def price(self, ticks: int) -> str:
        """Write a price."""
        return written(ticks * self.tick_units)

    def size(self, lots: int) -> str:
        """Write a quantity in base."""
        return written(lots * self.lot_units)

    def value_units(self, ticks: int, lots: int) -> int:
        """Return what so many lots are worth at a price, in quote."""
        return ticks * lots * self.tick_lot_units


def _spot_coin(base: str, quote: str, index: int) -> str:
    """Return the venue's name of a spot market: the first is called by its tokens."""
    return f"@{index}" if index else f"{base}/{quote}"


class Markets:
    """All markets of the venue, perpetual and spot, each kind in the order it was given."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        given = tuple(instruments)
        perpetual = [one for one in given if one.margin is not None]
        spot = [one for one in given if one.margin is None]
        self.perpetual = tuple(Market(one, index) for index, one in enumerate(perpetual))
        self.spot = tuple(Market(one, index) for index, one in enumerate(spot))
        self._by_asset = {market.asset: market for market in self}
        self._by_coin = {market.coin: market for market in self}
        self._by_engine_symbol = {market.engine_symbol: market for market in self}
        if len(self._by_coin) < len(given):
            raise ValueError("two perpetual markets have one base asset")
        bases_and_quotes = (asset for market in self.spot for asset in (market.base, market.quote))
        self.tokens = tuple(dict.fromkeys((COLLATERAL, *bases_and_quotes)))

    def __iter__(self) -> Iterator[Market]:
        yield from self.perpetual
        yield from self.spot

    def of_asset(self, asset: object) -> Market | None:
        """Return the market of a number in an action, if there is one."""
        return self._by_asset.get(asset) if isinstance(asset, int) else None

    def of_coin(self, coin: object) -> Market | None:
        """Return the market that the venue calls so, if there is one."""
        return self._by_coin.get(coin) if isinstance(coin, str) else None

    def traded(self, engine_symbol: str) -> Market:
        """Return the market the engine calls so."""
        return self._by_engine_symbol[engine_symbol]

    def token(self, asset: str) -> int:
        """Return the number of a token."""
        return self.tokens.index(asset)

    def token_decimals(self, asset: str) -> int:
        """Return the places of a token's sizes: those of the first market of it, else eight."""
        found = (market.size_decimals for market in self.spot if market.base == asset)
        return next(found, ASSET_DECIMALS)
