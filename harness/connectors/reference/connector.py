"""A Binance Spot connector: places and cancels orders, and tells what became of them."""

from __future__ import annotations

import itertools
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Book, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.base import BaseConnector
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.changes import Changes
from fillproof.harness.connectors.reference.decode import account_position, execution_report
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.market_stream import MarketStream
from fillproof.harness.connectors.reference.rest import Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.user_stream import UserStream

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a connector needs. `grace_seconds` is 0 on a venue whose cancels are final."""

    markets: tuple[str, ...]
    api_key: str
    api_secret: str
    grace_seconds: Decimal
    books: bool
    rest_url: str = "https://api.binance.com"
    stream_url: str = "wss://ws-api.binance.com:443/ws-api/v3"
    market_url: str = "wss://stream.binance.com:9443/ws"


class Connector(BaseConnector):
    """Start it, wait until `is_ready`, place and cancel, stop it. Events go to `tell`."""

    def __init__(self, settings: Settings, tell: Callable[[Told], None]) -> None:
        super().__init__(Ledger(grace_ns=int(settings.grace_seconds * 1_000_000_000)), tell)
        self._settings = settings
        self._numbers = itertools.count(1)

    async def start(self) -> None:
        """Begin to connect; returns at once."""
        settings = self._settings
        session = self._connect()
        signer = Signer(settings.api_key, settings.api_secret)
        self._rest = Rest(session, settings.rest_url, signer)
        self._api = Api(self._rest)
        self._orders = Caretaker(self._api, self._ledger, self._tasks, self._raise_event)
        self._changes = Changes(self._api, self._orders, self._tasks)
        self._stream = UserStream(
            session, settings.stream_url, signer, self._rest, self._hear, self._look_around
        )
        self._market = MarketStream(session, settings.market_url, settings.markets, self._api.book)
        self._tasks.start(self._run(), "connector")

    @property
    def is_ready(self) -> bool:
        """True while orders can be placed and heard of."""
        has_books = not self._settings.books or self._market.in_sync
        return self._knows_account and self._stream.is_live and has_books

    def amend(self, client_order_id: str, amount: Decimal) -> None:
        """Ask for the order to be for less; what the venue refuses changes nothing."""
        order = self._ledger.find(client_order_id)
        if order is None:
            _log.info("nothing to amend for %s", client_order_id)
        else:
            rule, ticket = self._rule_of(order.ticket.market), order.ticket
            lots, _ = rule.quantise(ticket.side, amount, ticket.price)
            self._changes.amend(order, lots)

    def replace(self, client_order_id: str, amount: Decimal, price: Decimal) -> str:
        """Take on an order in place of another and return its id, before anything is sent."""
        new_id, old = self._new_id(), self._ledger.find(client_order_id)
        if old is None:
            self._orders.deny(new_id, f"{client_order_id} is not there to be replaced")
            return new_id
        rule = self._rule_of(old.ticket.market)
        lots, ticks = rule.quantise(old.ticket.side, amount, price)
        ticket = replace(old.ticket, client_order_id=new_id, amount=lots, price=ticks)
        objection = rule.objection(lots, ticks)
        if objection is None:
            self._changes.replace(old, ticket)
        else:
            self._orders.refuse(ticket, objection)
        return new_id

    def books(self) -> Mapping[str, Book] | None:
        """Return the books by market; None when they are not kept."""
        return self._market.read() if self._settings.books else None

    def _new_id(self) -> str:
        """At most 36 of Binance's letters; unique also among connectors of one account."""
        return f"fp-{time.time_ns():x}-{next(self._numbers)}-{secrets.token_hex(3)}"

    def _hear(self, event: dict[str, Any]) -> None:
        """Take in one event of the user stream, if anything is to be learnt; raises Unreadable."""
        match event.get("e"):
            case "executionReport":
                statement = execution_report(event)
                self._orders.hear(statement.client_order_id, statement.facts)
            case "outboundAccountPosition":
                self._balances.hear(account_position(event))
            case "balanceUpdate":
                self._look_at_account.ring()

    def _begin(self) -> None:
        self._orders.resume()
        self._tasks.start(self._stream.run(), "user stream")
        if self._settings.books:
            self._tasks.start(self._market.run(), "market stream")
            self._tasks.start(self._market.keep(), "books")

    async def _refresh(self) -> None:
        await self._rest.synchronise()
        self._rules = await self._api.trading_rules(self._settings.markets)

    async def _account(self) -> AccountState:
        return await self._api.account()
