"""`hummingbot:hyperliquid`: the released HyperliquidExchange, spot, on its production URLs."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from hummingbot.connector.exchange.hyperliquid.hyperliquid_exchange import HyperliquidExchange

from fillproof.harness.connectors.hummingbot.adapter import (
    CAPABILITIES,
    LIBRARY,
    TOUCHES,
    HummingbotAdapter,
)
from fillproof.harness.connectors.protocol import About, Host


class HummingbotHyperliquid(HummingbotAdapter):
    """The adapter. The key of a Hyperliquid account is its address, the secret its private key."""

    about = About(
        library=LIBRARY,
        version=version(LIBRARY),
        capabilities=CAPABILITIES,
        profiles=frozenset({"centralised", "decentralised"}),
        longest_poll_seconds=120,
        touches=TOUCHES,
        dialect="hyperliquid",
    )

    def connector(self, host: Host) -> Any:
        """Make the connector for an account that signs with its own key."""
        return HyperliquidExchange(
            hyperliquid_address=host.setup.api_key,
            hyperliquid_secret_key=host.setup.api_secret,
            hyperliquid_mode="arb_wallet",
            trading_pairs=list(host.setup.markets),
            trading_required=True,
        )
