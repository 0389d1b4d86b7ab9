"""A Hyperliquid spot connector: places and cancels orders, and tells what became of them."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Told
from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.base import BaseConnector
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, Fill
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.trouble import VenueTrouble
from fillproof.harness.connectors.reference_dex import decode
from fillproof.harness.connectors.reference_dex.api import Api
from fillproof.harness.connectors.reference_dex.chain_order import ChainLedger
from fillproof.harness.connectors.reference_dex.rest import Rest
from fillproof.harness.connectors.reference_dex.signing import Signer
from fillproof.harness.connectors.reference_dex.stream import Stream
from fillproof.harness.connectors.reference_dex.troubles import HYPERLIQUID

_log = logging.getLogger(__name__)

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What a connector needs. `grace_seconds` is 0 where what a block has decided is final."""

    markets: tuple[str, ...]
    address: str
    private_key: str
    grace_seconds: Decimal = Decimal(0)
    rest_url: str = "https://api.hyperliquid.xyz"
    stream_url: str = "wss://api.hyperliquid.xyz/ws"


class Connector(BaseConnector):
    """Start it, wait until `is_ready`, place and cancel, stop it. Events go to `tell`."""

    def __init__(self, settings: Settings, tell: Callable[[Told], None]) -> None:
        self._grace_ns = int(settings.grace_seconds * 1_000_000_000)
        super().__init__(ChainLedger(self._grace_ns), tell)
        self._settings = settings

    async def start(self) -> None:
        """Begin to connect; returns at once."""
        settings = self._settings
        session = self._connect()
        signer = Signer(settings.address, settings.private_key)
        self._api = Api(Rest(session, settings.rest_url), signer)
        self._orders = Caretaker(
            self._api, self._ledger, self._tasks, self._raise_event, HYPERLIQUID
        )
        self._stream = Stream(
            session, settings.stream_url, settings.address, self._hear, self._look_around
        )
        self._tasks.start(self._run(), "connector")

    @property
    def is_ready(self) -> bool:
        """True while orders can be placed and heard of."""
        return bool(self._rules) and self._knows_account and self._stream.is_live

    def _new_id(self) -> str:
        return f"0x{secrets.token_hex(_ID_BYTES)}"

    def _raise_event(self, told: Told) -> None:
        self._look_at_account.ring()
        super()._raise_event(told)

    def _hear(self, channel: str, data: Any) -> None:
        """Take in one message of the stream; raises Unreadable."""
        match channel:
            case "orderUpdates":
                for statement in decode.order_updates(data):
                    self._hear_update(statement)
                self._look_at_account.ring()
            case "userFills":
                for client_order_id, fill in decode.user_fills(data["fills"]):
                    self._hear_fill(client_order_id, fill)
                self._look_at_account.ring()
            case other:
                _log.debug("stream: nothing to learn from %s", other)

    def _hear_update(self, statement: Statement) -> None:
        """Take in how an order stands; ask, where it ended with less than was heard of."""
        if self._api.is_short(statement):
            self._orders.look_at(statement.client_order_id)
        else:
            self._orders.hear(statement.client_order_id, statement.facts)

    def _hear_fill(self, client_order_id: str, fill: Fill) -> None:
        """Take in a fill; where blocks are taken back, one that follows another is checked first.

        Nothing says that a fill was taken back, and what takes its place looks like one more.
        """
        order = self._ledger.find(client_order_id)
        if order is None or not self._grace_ns or not order.filled:
            self._orders.hear(client_order_id, (self._api.heard(fill),))
        else:
            work = self._hear_checked(order, fill)
            self._tasks.start(work, f"check {client_order_id}")

    async def _hear_checked(self, order: Order, fill: Fill) -> None:
        facts: tuple[Fact, ...] = ()
        try:
            facts = await self._api.trades(order.ticket, fill.venue_order_id)
        except VenueTrouble as trouble:
            _log.warning("fills of %s: %s", order.ticket.client_order_id, trouble)
        self._orders.hear(order.ticket.client_order_id, (*facts, self._api.heard(fill)))

    def _begin(self) -> None:
        self._orders.resume()
        self._tasks.start(self._stream.run(), "streams")

    async def _refresh(self) -> None:
        self._rules = await self._api.trading_rules(self._settings.markets)

    async def _account(self) -> AccountState:
        return await self._api.account()
