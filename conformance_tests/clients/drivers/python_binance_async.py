"""python-binance's AsyncClient: REST."""

from __future__ import annotations

from typing import Any

from binance.async_client import AsyncClient
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_rest import PlainRest
from conformance_tests.clients.drivers.python_binance import point
from conformance_tests.clients.driving import Stage


class Driver(PlainRest):
    """`binance.async_client.AsyncClient`."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.others: list[Any] = []

    async def start(self) -> None:
        """Make the client: it pings the venue and asks for its time."""
        kind = point(AsyncClient, self.stage)
        self.client = await kind.create(keys.HMAC_KEY, keys.HMAC_SECRET)

    def _with_key(self, key: str, private_key: str) -> Any:
        other = point(AsyncClient, self.stage)(key, private_key=private_key)
        self.others.append(other)
        return other

    async def stop(self) -> None:
        """Close the sessions."""
        for client in (self.client, *self.others):
            await client.close_connection()
