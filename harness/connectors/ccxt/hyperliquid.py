"""`ccxt:hyperliquid`: ccxt.pro's hyperliquid, spot, on its production URLs, as its manual shows."""

from __future__ import annotations

from typing import Any

from ccxt.pro import hyperliquid

from fillproof.harness.connectors.ccxt.adapter import LIBRARY, TOUCHES, VERSION, CcxtAdapter
from fillproof.harness.connectors.ccxt.mapping import OPEN, Shown
from fillproof.harness.connectors.protocol import About, Capability, Host, OrderRequest


class CcxtHyperliquid(CcxtAdapter):
    """The adapter. The key of a Hyperliquid account is its address, the secret its private key."""

    about = About(
        library=LIBRARY,
        version=VERSION,
        capabilities=frozenset(
            {
                Capability.FAILURE,
                Capability.FEES,
                Capability.BALANCES,
                Capability.USER_STREAM,
                Capability.POST_ONLY,
                Capability.IOC,
            }
        ),
        profiles=frozenset({"centralised", "decentralised"}),
        longest_poll_seconds=0,
        touches=TOUCHES,
        dialect="hyperliquid",
    )
    awaited = frozenset({"order", "myTrades", "spotState::balance"})

    def exchange(self, host: Host) -> Any:
        """Make the exchange; without `defaultType` it reads the perpetuals' balance."""
        return hyperliquid(
            {
                "walletAddress": host.setup.api_key,
                "privateKey": host.setup.api_secret,
                "options": {"defaultType": "spot"},
            }
        )

    def ready(self) -> bool:
        """True when the fills that begin a subscription have come: ccxt waits for no answer to it.

        Orders were subscribed to before.
        """
        return super().ready() and self._exchange.myTrades is not None

    def name_of(self, number: int) -> str:
        """Return 128 bits in hexadecimal, which is all that the venue takes."""
        return f"0x{number:032x}"

    def placed_as(self, trade: Shown) -> str:
        """Return `cloid` of the fill; others on the account may have given theirs none."""
        return str(trade["info"].get("cloid", ""))

    def stated(self, what: str, order: Shown, asked: OrderRequest | None) -> Shown:
        """Return the order with its status, and as it was asked for where nothing else is said.

        `create_order` raises for an order that the venue refused, and returns one that it took with
        an id and little else; `cancel_order` returns the venue's word "success" for a status, and
        nothing else.
        """
        status = order["status"]
        if what == "create_order" and status is None and order["id"] is not None:
            status = OPEN
        elif what == "cancel_order" and status == "success":
            status = "canceled"
        else:
            return order
        known = {}
        if asked is not None:
            known = {"side": asked.side, "amount": asked.amount, "price": asked.price}
        said = {key: value for key, value in order.items() if value is not None}
        return {**order, **known, **said, "status": status}
