"""Hyperliquid: POST /info and /exchange, and the streams of /ws, spot and perpetual."""

from fillproof.simulator.dialects.hyperliquid.dialect import HyperliquidDialect
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks
from fillproof.simulator.dialects.switches import QuirkError

__all__ = ["HyperliquidDialect", "QuirkError", "Quirks"]
