"""Tells Fillproof how to drive this project's connector: it maps, and decides nothing."""

from __future__ import annotations

from typing import ClassVar

from fillproof.harness.connectors.protocol import About, Adapter, Capability, OrderRequest


class ConnectorAdapter(Adapter):
    """Fill in the methods, and list what the connector promises."""

    about: ClassVar[About] = About(
        library="my-connector",
        version="0.1.0",
        # What is not listed is not asked for: see the words of Capability.
        capabilities=frozenset({Capability.RETURNS_AT_ONCE, Capability.FAILURE}),
        longest_poll_seconds=60,
    )

    async def start(self) -> None:
        """Make the connector with `self.host.setup` (markets, api_key, api_secret) and start it.

        Leave its production addresses as they are: they lead to the simulated venue. From its order
        callbacks call `self.host.tell(Told(EventName.CREATED, client_order_id, ...))`, at once.
        """
        raise NotImplementedError("start: make the connector and start it")

    def place(self, order: OrderRequest) -> str:
        """Call buy() or sell() of the connector and return the client order id."""
        raise NotImplementedError("place: call the connector's buy() or sell()")

    def cancel(self, client_order_id: str) -> None:
        """Have the connector cancel the order, without waiting for the outcome."""
        raise NotImplementedError("cancel: call the connector's cancel()")

    async def stop(self) -> None:
        """Stop the connector and leave nothing running."""
