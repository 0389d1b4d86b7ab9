"""Binance Spot: REST, market streams and user data over the WebSocket API."""

from fillproof.simulator.dialects.binance.dialect import BinanceDialect
from fillproof.simulator.dialects.binance.quirks import QuirkError, Quirks

__all__ = ["BinanceDialect", "QuirkError", "Quirks"]
