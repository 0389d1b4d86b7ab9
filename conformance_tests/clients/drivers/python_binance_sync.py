"""python-binance's synchronous Client."""

from __future__ import annotations

from binance.client import Client
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_rest import PlainRest
from conformance_tests.clients.drivers.python_binance import point


class Driver(PlainRest):
    """`binance.client.Client`."""

    def start(self) -> None:
        """Make the client: it pings the venue."""
        self.client = point(Client, self.stage)(keys.HMAC_KEY, keys.HMAC_SECRET)

    def stop(self) -> None:
        """Close its session."""
        self.client.close_connection()
