"""What outlives the connector: every order in flight, written down at each change of it."""

from __future__ import annotations

from typing import Any

from fillproof.harness.connectors.reference.order import Order


class Journal:
    """The entries of the orders in flight, by client order id, as plain JSON.

    It stands for a file: what is written is there when the call returns. So an order is in it
    before anything of the order is sent, and a process that is killed between two turns of its
    loop has forgotten nothing that it sent or heard.
    """

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, Any]] = {}

    def write(self, order: Order) -> None:
        """Write down how an order stands."""
        self._entries[order.ticket.client_order_id] = order.memory()

    def strike(self, client_order_id: str) -> None:
        """Nothing is owed for the order any more."""
        del self._entries[client_order_id]

    def read(self) -> list[dict[str, Any]]:
        """Return the entries, oldest order first."""
        return list(self._entries.values())
