"""Hyperliquid: POST /info and /exchange, and the streams of /ws, spot and perpetual."""

from fillproof.simulator.dialects.hyperliquid.dialect import HyperliquidDialect
from fillproof.simulator.dialects.hyperliquid.quirks import QuirkError, Quirks

__all__ = ["HyperliquidDialect", "QuirkError", "Quirks"]
