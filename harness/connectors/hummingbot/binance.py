"""`hummingbot:binance`: the released BinanceExchange on its production URLs."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from hummingbot.connector.exchange.binance.binance_exchange import BinanceExchange

from fillproof.harness.connectors.hummingbot.adapter import (
    CAPABILITIES,
    LIBRARY,
    TOUCHES,
    HummingbotAdapter,
)
from fillproof.harness.connectors.protocol import About, Capability, Host


class HummingbotBinance(HummingbotAdapter):
    """The adapter."""

    about = About(
        library=LIBRARY,
        version=version(LIBRARY),
        capabilities=CAPABILITIES | {Capability.ORDER_BOOK},
        longest_poll_seconds=120,
        touches=TOUCHES,
    )

    def connector(self, host: Host) -> Any:
        """Make the connector."""
        return BinanceExchange(
            binance_api_key=host.setup.api_key,
            binance_api_secret=host.setup.api_secret,
            trading_pairs=list(host.setup.markets),
            trading_required=True,
        )
