"""All that is counted against the venue's limits, and how it is told."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.door.clients import Client
from fillproof.simulator.dialects.binance.door.limits import ORDERS, PUBLISHED, WEIGHT, Limit
from fillproof.simulator.dialects.binance.door.order_counts import UnfilledOrders
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.protocol import Json


class Limits:
    """All limits of the venue: requests by the client's address, orders by account."""

    def __init__(self, quirks: Quirks) -> None:
        self._quirks = quirks
        self._clients: dict[str, Client] = {}
        self.orders = UnfilledOrders(quirks)

    def client(self, address: str) -> Client:
        """Return what an address has used."""
        client = self._clients.get(address)
        if client is None:
            client = self._clients[address] = Client(self._quirks)
        return client

    def published(self) -> list[dict[str, Json]]:
        """Return what exchangeInfo tells of them."""
        return [self._told(limit) for limit in PUBLISHED]

    def orders_used(self, account: str, now_ns: int) -> list[dict[str, Json]]:
        """Return the order limits with what an account has used of them."""
        counts = self.orders.counts(account, now_ns)
        return [
            {**self._told(limit), "count": count}
            for limit, count in zip(ORDERS, counts, strict=True)
        ]

    def weight_used(self, client: Client, now_ns: int) -> dict[str, Json]:
        """Return the weight limit with what a client has used of it."""
        return {**self._told(WEIGHT), "count": client.used_weight(now_ns)}

    def _told(self, limit: Limit) -> dict[str, Json]:
        return {
            "rateLimitType": limit.kind,
            "interval": limit.interval,
            "intervalNum": limit.number,
            "limit": getattr(self._quirks, limit.quirk),
        }
