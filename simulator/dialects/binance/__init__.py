"""Binance Spot: REST, market streams and user data over the WebSocket API."""

from fillproof.simulator.dialects.binance.dialect import BinanceDialect
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.switches import QuirkError

__all__ = ["BinanceDialect", "QuirkError", "Quirks"]
