"""ccxt's asynchronous class."""

from __future__ import annotations

from typing import Any

import ccxt.async_support
from conformance_tests.clients.drivers.ccxt_rest import CcxtRest


class Driver(CcxtRest):
    """`ccxt.async_support.binance`."""

    def _made(self, options: dict[str, Any]) -> Any:
        """Return the client."""
        return ccxt.async_support.binance(options)
