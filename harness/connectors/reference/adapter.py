"""The adapter of the reference connector: it passes on, and decides nothing."""

from __future__ import annotations

from decimal import Decimal
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
from fillproof.harness.connectors.reference.connector import Connector, Settings


class ReferenceAdapter(Adapter):
    """Fillproof's own connector, on Binance's production addresses."""

    about: ClassVar[About] = About(
        library="fillproof-reference",
        version=__version__,
        capabilities=frozenset(Capability) - {Capability.GTD},
        profiles=frozenset({"centralised", "decentralised"}),
        longest_poll_seconds=POLL_SECONDS,
        is_failure_means=FailureMeaning.ENDED_EARLY,
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        setup = host.setup
        self._connector = Connector(
            Settings(
                setup.markets,
                setup.api_key,
                setup.api_secret,
                setup.grace_window_seconds,
                setup.books,
            ),
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

    def amend(self, client_order_id: str, amount: Decimal) -> None:
        """Ask for a smaller amount."""
        self._connector.amend(client_order_id, amount)

    def replace(self, client_order_id: str, amount: Decimal, price: Decimal) -> str:
        """Place an order in place of another and return its client order id."""
        return self._connector.replace(client_order_id, amount, price)

    def reading(self) -> Reading:
        """Return the in-flight orders, the balances and the books."""
        connector = self._connector
        return Reading(connector.tracked(), connector.balances(), connector.books())

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
