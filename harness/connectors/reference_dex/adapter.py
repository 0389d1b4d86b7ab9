"""The adapter of the reference connector of a DEX: it passes on, and decides nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from fillproof import __version__
from fillproof.harness.connectors.in_flight import FailureMeaning, InFlight
from fillproof.harness.connectors.protocol import (
    About,
    Adapter,
    Capability,
    Host,
    OrderRequest,
    Reading,
)
from fillproof.harness.connectors.reference.answers import with_its_copy
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
                Capability.IN_FLIGHT,
                Capability.RESTART,
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
        is_failure_means=FailureMeaning.ENDED_EARLY,
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

    def in_flight(self, client_order_id: str) -> InFlight | None:
        """Return what the in-flight order says, and what a copy of it by way of JSON says."""
        order = self._connector.in_flight(client_order_id)
        return None if order is None else with_its_copy(order)

    async def venue_order_id(self, client_order_id: str) -> str | None:
        """Wait for the venue's id."""
        return await self._connector.exchange_order_id(client_order_id)

    async def stop(self) -> None:
        """Disconnect and leave nothing running."""
        await self._connector.stop()

    def persist(self) -> Any:
        """Return the journal, which is written at each change."""
        return self._connector.journal()

    def restore(self, state: Any) -> None:
        """Take over the journal of the connector before this one."""
        self._connector.restore(state)
