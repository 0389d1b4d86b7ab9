"""`ccxt:binance`: ccxt.pro's binance on its production URLs, used as its manual shows."""

from __future__ import annotations

from typing import Any

from ccxt.pro import binance

from fillproof.harness.connectors.ccxt.adapter import LIBRARY, TOUCHES, VERSION, CcxtAdapter
from fillproof.harness.connectors.ccxt.mapping import Shown
from fillproof.harness.connectors.protocol import About, Capability, Host


class CcxtBinance(CcxtAdapter):
    """The adapter."""

    about = About(
        library=LIBRARY,
        version=VERSION,
        capabilities=frozenset(
            {
                Capability.FAILURE,
                Capability.FEES,
                Capability.BALANCES,
                Capability.ORDER_BOOK,
                Capability.USER_STREAM,
                Capability.EXPIRY,
                Capability.MARKET_ORDERS,
                Capability.POST_ONLY,
                Capability.IOC,
                Capability.FOK,
                Capability.TRIGGERS,
                Capability.QUOTE_AMOUNTS,
                Capability.REPLACE,
            }
        ),
        longest_poll_seconds=0,
        touches=TOUCHES,
    )
    awaited = frozenset({"orders", "myTrades", "spot:balance"})

    def exchange(self, host: Host) -> Any:
        """Make the exchange."""
        return binance({"apiKey": host.setup.api_key, "secret": host.setup.api_secret})

    def name_of(self, number: int) -> str:
        """Return a name that says whose order it is."""
        return f"fp-{number}"

    def instead_of(self, client_order_id: str) -> dict[str, str]:
        """Return Binance's own parameter: without it `edit_order` needs the venue's order id."""
        return {"cancelOrigClientOrderId": client_order_id}

    def placed_as(self, trade: Shown) -> str:
        """Return `c` of the execution report."""
        return str(trade["info"]["c"])
