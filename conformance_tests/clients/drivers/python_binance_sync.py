"""python-binance's synchronous Client."""

from __future__ import annotations

from typing import Any

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

    def _with_key(self, key: str, private_key: str) -> Any:
        return point(Client, self.stage)(key, private_key=private_key)

    def microseconds(self) -> Any:
        """A client that asks for microseconds is told times with 16 digits."""
        client = point(Client, self.stage)(keys.HMAC_KEY, keys.HMAC_SECRET, time_unit="MICROSECOND")
        return len(str(client.get_server_time()["serverTime"]))
