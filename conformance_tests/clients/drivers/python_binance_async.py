"""python-binance's AsyncClient: REST."""

from __future__ import annotations

from binance.async_client import AsyncClient
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_rest import PlainRest
from conformance_tests.clients.drivers.python_binance import point


class Driver(PlainRest):
    """`binance.async_client.AsyncClient`."""

    async def start(self) -> None:
        """Make the client: it pings the venue and asks for its time."""
        kind = point(AsyncClient, self.stage)
        self.client = await kind.create(keys.HMAC_KEY, keys.HMAC_SECRET)

    async def stop(self) -> None:
        """Close its session."""
        await self.client.close_connection()
