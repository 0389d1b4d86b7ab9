"""`hummingbot:hyperliquid_perpetual`: the released HyperliquidPerpetualDerivative.

Hummingbot calls what these contracts are quoted and settled in USD; at the venue it is USDC. The
adapter says the one to Hummingbot and the other to the judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from hummingbot.connector.derivative.hyperliquid_perpetual import (
    hyperliquid_perpetual_derivative as derivative,
)
from hummingbot.core.data_type.common import PositionAction
from hummingbot.core.event.events import MarketEvent

from fillproof.harness.connectors.hummingbot.adapter import (
    CAPABILITIES,
    LIBRARY,
    TOUCHES,
    HummingbotAdapter,
)
from fillproof.harness.connectors.in_flight import InFlight
from fillproof.harness.connectors.protocol import About, Capability, Fee, Host, Reading, Told

_VENUES = "USDC"
_HUMMINGBOTS = "USD"


class HummingbotHyperliquidPerpetual(HummingbotAdapter):
    """The adapter. The key of a Hyperliquid account is its address, the secret its private key."""

    about = About(
        library=LIBRARY,
        version=version(LIBRARY),
        capabilities=CAPABILITIES - {Capability.BALANCES, Capability.ORDER_BOOK},
        profiles=frozenset({"centralised", "decentralised"}),
        longest_poll_seconds=12,
        touches=TOUCHES,
        dialect="hyperliquid_perpetual",
    )

    def connector(self, host: Host) -> Any:
        """Make the connector for an account that signs with its own key."""
        return derivative.HyperliquidPerpetualDerivative(
            hyperliquid_perpetual_address=host.setup.api_key,
            hyperliquid_perpetual_secret_key=host.setup.api_secret,
            hyperliquid_perpetual_mode="arb_wallet",
            trading_pairs=[self.pair(market) for market in host.setup.markets],
            trading_required=True,
        )

    def pair(self, market: str) -> str:
        """Return Hummingbot's name of a market: BTC-USDC is BTC-USD."""
        base, quote = market.split("-")
        return f"{base}-{_HUMMINGBOTS if quote == _VENUES else quote}"

    def placing_words(self) -> Mapping[str, Any]:
        """Say that a position is opened: the venue nets it with what is there."""
        return {"position_action": PositionAction.OPEN}

    def reading(self) -> Reading:
        """Read the in-flight orders; the balance is the account's worth, and moves with prices."""
        return replace(super().reading(), balances=None)

    def in_flight(self, client_order_id: str) -> InFlight | None:
        """Return what the library's InFlightOrder says, with the venue's names."""
        said = super().in_flight(client_order_id)
        return None if said is None else in_its_names(said)

    def told(self, event: MarketEvent, raised: Any) -> Told:
        """Return what an event is told as, its fees in the venue's asset."""
        told = super().told(event, raised)
        if told.fees is None:
            return told
        return replace(told, fees=tuple(Fee(asset_of(f.asset), f.amount) for f in told.fees))


def in_its_names(said: InFlight) -> InFlight:
    """Return what an in-flight order says with the venue's names of asset and market."""
    limit = said.limit_order
    return replace(
        said,
        quote_asset=None if said.quote_asset is None else asset_of(said.quote_asset),
        limit_order=None if limit is None else replace(limit, market=market_of(limit.market)),
        copy=None if said.copy is None else in_its_names(said.copy),
    )


def market_of(pair: str) -> str:
    """Return the venue's name of a market that Hummingbot names: BTC-USD is BTC-USDC."""
    base, quote = pair.split("-")
    return f"{base}-{asset_of(quote)}"


def asset_of(name: str) -> str:
    """Return the venue's name of an asset that Hummingbot names."""
    return _VENUES if name == _HUMMINGBOTS else name
