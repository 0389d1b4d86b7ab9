"""The adapter of the reference connector of a DEX: it passes on, and decides nothing."""

from __future__ import annotations

from typing import ClassVar

from fillproof import __version__
from fillproof.harness.connectors.protocol import (
    About,
    Adapter,
    Capability,
    Host,
    OrderRequest,
    Reading,
)
from fillproof.harness.connectors.reference.caretaker import POLL_SECONDS
from fillproof.harness.connectors.reference_dex.connector import Connector, Settings


class ReferenceDexAdapter(Adapter):
    """Fillproof's own connector, on Hyperliquid's production addresses.

    The key of an account is its address, the secret its private key.
    """

    about: ClassVar[About] = About(
        library="fillproof-reference",
        version=__version__,
        capabilities=frozenset(
            {
                Capability.RETURNS_AT_ONCE,
                Capability.TRACKING,
                Capability.LOCAL_CHECKS,
                Capability.FAILURE,
                Capability.RECOVERY,
                Capability.REVERSALS,
                Capability.FEES,
                Capability.BALANCES,
                Capability.MARKET_ORDERS,
                Capability.POST_ONLY,
                Capability.IOC,
            }
        ),
        profiles=frozenset({"centralised", "decentralised"}),
        longest_poll_seconds=POLL_SECONDS,
        dialect="hyperliquid",
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        setup = host.setup
        self._connector = Connector(
            Settings(setup.markets, setup.api_key, setup.api_secret, setup.grace_window_seconds),
            tell=host.tell,
        )

    async def start(self) -> None:
        """Begin to connect."""
        await self._connector.start()

    def ready(self) -> bool:
        """True while orders can be placed and heard of."""
        return self._connector.is_ready

    def place(self, order: OrderRequest) -> str:
        """Place an order and return its client order id."""
        return self._connector.place(order)

    def cancel(self, client_order_id: str) -> None:
        """Ask for a cancel."""
        self._connector.cancel(client_order_id)

    def reading(self) -> Reading:
        """Return the in-flight orders and the balances."""
        return Reading(self._connector.tracked(), self._connector.balances())

    async def stop(self) -> None:
        """Disconnect and leave nothing running."""
        await self._connector.stop()
