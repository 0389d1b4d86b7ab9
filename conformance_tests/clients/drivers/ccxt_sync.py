"""ccxt's synchronous class."""

from __future__ import annotations

from typing import Any

import ccxt
from conformance_tests.clients.drivers.ccxt_rest import CcxtRest


class Driver(CcxtRest):
    """`ccxt.binance`."""

    def _made(self, options: dict[str, Any]) -> Any:
        """Return the client."""
        return ccxt.binance(options)
