"""A Binance Spot connector: places and cancels orders, and tells what became of them."""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import aiohttp

from fillproof.harness.connectors.protocol import Balance, Book, OrderRequest, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.balances import BalanceSheet
from fillproof.harness.connectors.reference.caretaker import POLL_SECONDS, Caretaker
from fillproof.harness.connectors.reference.changes import Changes
from fillproof.harness.connectors.reference.decode import account_position, execution_report
from fillproof.harness.connectors.reference.in_flight import InFlightOrder
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.market_stream import MarketStream
from fillproof.harness.connectors.reference.order import Ticket
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS, Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.tasks import Bell, Tasks, now_ns
from fillproof.harness.connectors.reference.trading_rules import TradingRule
from fillproof.harness.connectors.reference.trouble import VenueTrouble
from fillproof.harness.connectors.reference.user_stream import UserStream

_log = logging.getLogger(__name__)

_REFRESH_EVERY = 30
"""Polls between two looks at the venue's clock and trading rules: every 10 minutes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a connector needs. `grace_seconds` is 0 on a venue whose cancels are final."""

    markets: tuple[str, ...]
    api_key: str
    api_secret: str
    grace_seconds: Decimal = Decimal(0)
    rest_url: str = "https://api.binance.com"
    stream_url: str = "wss://ws-api.binance.com:443/ws-api/v3"
    market_url: str = "wss://stream.binance.com:9443/ws"
    books: bool = False


class Connector:
    """Start it, wait until `is_ready`, place and cancel, stop it. Events go to `tell`."""

    def __init__(self, settings: Settings, tell: Callable[[Told], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._ledger = Ledger(grace_ns=int(settings.grace_seconds * 1_000_000_000))
        self._balances = BalanceSheet()
        self._rules: dict[str, TradingRule] = {}
        self._numbers = itertools.count(1)
        self._tasks = Tasks()
        self._look_at_account = Bell()
        self._knows_account = False

    async def start(self) -> None:
        """Begin to connect; returns at once."""
        settings = self._settings
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS),
            headers={"User-Agent": "fillproof-reference"},
        )
        signer = Signer(settings.api_key, settings.api_secret)
        self._rest = Rest(self._session, settings.rest_url, signer)
        self._api = Api(self._rest)
        self._orders = Caretaker(self._api, self._ledger, self._tasks, self._raise_event)
        self._changes = Changes(self._api, self._orders, self._tasks)
        self._stream = UserStream(
            self._session, settings.stream_url, signer, self._rest, self._hear, self._look_around
        )
        self._market = MarketStream(
            self._session, settings.market_url, settings.markets, self._api.book
        )
        self._tasks.start(self._run(), "connector")

    async def stop(self) -> None:
        """End every task and connection; nothing is told after it. Open orders stay open."""
        await self._tasks.stop()
        await self._session.close()

    @property
    def is_ready(self) -> bool:
        """True while orders can be placed and heard of."""
        has_books = not self._settings.books or self._market.in_sync
        return bool(self._rules) and self._knows_account and self._stream.is_live and has_books

    def place(self, wish: OrderRequest) -> str:
        """Take on an order and return its client order id, before anything is sent."""
        client_order_id = self._new_id()
        rule = self._rules.get(wish.market)
        if rule is None:
            ticket = _ticket(client_order_id, wish, wish.amount, wish.price)
            self._orders.refuse(ticket, f"no trading rules for {wish.market}")
            return client_order_id
        amount, price = rule.quantise(wish.side, wish.amount, wish.price)
        ticket = _ticket(client_order_id, wish, amount, price)
        objection = None if wish.quote_amount else rule.objection(amount, price)
        if objection is None:
            self._orders.send(ticket)
        else:
            self._orders.refuse(ticket, objection)
        return client_order_id

    def cancel(self, client_order_id: str) -> None:
        """Ask for the order to be cancelled."""
        self._orders.cancel(client_order_id)

    def amend(self, client_order_id: str, amount: Decimal) -> None:
        """Ask for the order to be for less; what cannot be, or is refused, changes nothing."""
        order = self._ledger.find(client_order_id)
        rule = None if order is None else self._rules.get(order.ticket.market)
        if order is None or rule is None:
            _log.info("nothing to amend for %s", client_order_id)
            return
        lots, _ = rule.quantise(order.ticket.side, amount, order.ticket.price)
        objection = rule.objection(lots, order.ticket.price)
        if objection is None:
            self._changes.amend(order, lots)
        else:
            _log.warning("%s is not amended: %s", client_order_id, objection)

    def replace(self, client_order_id: str, amount: Decimal, price: Decimal) -> str:
        """Take on an order in place of another and return its id, before anything is sent."""
        new_id, old = self._new_id(), self._ledger.find(client_order_id)
        if old is None:
            ticket = Ticket(new_id, "", "", amount, price, "LIMIT", "GTC")
            self._orders.refuse(ticket, f"{client_order_id} is not there to be replaced")
            return new_id
        rule = self._rules[old.ticket.market]
        lots, ticks = rule.quantise(old.ticket.side, amount, price)
        ticket = replace(old.ticket, client_order_id=new_id, amount=lots, price=ticks)
        objection = rule.objection(lots, ticks)
        if objection is None:
            self._changes.replace(old, ticket)
        else:
            self._orders.refuse(ticket, objection)
        return new_id

    def journal(self) -> list[dict[str, Any]]:
        """Return what is written down of the orders in flight: all that the next process needs."""
        return self._ledger.journal.read()

    def restore(self, journal: Iterable[Mapping[str, Any]]) -> None:
        """Take over the orders that the connector before this one wrote down; not after start."""
        self._ledger.restore(journal, now_ns())

    def in_flight(self, client_order_id: str) -> InFlightOrder | None:
        """Return the in-flight order, also for some time after its end."""
        order = self._ledger.remember(client_order_id)
        return None if order is None else InFlightOrder(order)

    async def exchange_order_id(self, client_order_id: str) -> str | None:
        """Wait until the venue's id of an order is known; None when it ended without one."""
        await self._orders.shown_or_ended(client_order_id)
        order = self._ledger.remember(client_order_id)
        return None if order is None else order.venue_order_id

    def tracked(self) -> tuple[str, ...]:
        """Return the client order ids of the in-flight orders."""
        return self._ledger.tracked()

    def balances(self) -> dict[str, Balance]:
        """Return the balances by asset."""
        return self._balances.read()

    def books(self) -> Mapping[str, Book] | None:
        """Return the books by market; None when they are not kept."""
        return self._market.read() if self._settings.books else None

    def _raise_event(self, told: Told) -> None:
        try:
            self._tell(told)
        except Exception:  # noqa: BLE001 - whatever the strategy does, its orders need care
            _log.exception("the strategy failed to take %s", told)

    def _new_id(self) -> str:
        """At most 36 of Binance's letters; unique also among connectors of one account."""
        return f"fp-{time.time_ns():x}-{next(self._numbers)}-{secrets.token_hex(3)}"

    def _hear(self, event: dict[str, Any]) -> None:
        """Take in one event of the user stream; raises Unreadable."""
        match event.get("e"):
            case "executionReport":
                statement = execution_report(event)
                self._orders.hear(statement.client_order_id, statement.facts)
            case "outboundAccountPosition":
                self._balances.hear(account_position(event))
            case "balanceUpdate":
                self._look_at_account.ring()
            case other:
                _log.debug("user stream: nothing to learn from %s", other)

    def _look_around(self) -> None:
        """Ask for everything: messages may have been missed."""
        self._orders.look_now()
        self._look_at_account.ring()

    async def _run(self) -> None:
        """Learn the venue's clock and rules, then follow the account and its stream."""
        pauses = Pauses()
        while not self._rules:
            try:
                await self._refresh()
            except VenueTrouble as trouble:
                _log.warning("start: %s", trouble)
            if not self._rules:
                await asyncio.sleep(pauses.next())
        self._orders.resume()
        self._tasks.start(self._stream.run(), "user stream")
        self._tasks.start(self._poll(), "account poll")
        if self._settings.books:
            self._tasks.start(self._market.run(), "market stream")
            self._tasks.start(self._market.keep(), "books")

    async def _refresh(self) -> None:
        await self._rest.synchronise()
        self._rules = await self._api.trading_rules(self._settings.markets)

    async def _poll(self) -> None:
        """Ask for the balances every 20 s, for clock and rules now and then."""
        pauses = Pauses(longest=POLL_SECONDS)
        for turn in itertools.count(1):
            try:
                self._balances.hear(await self._api.account())
                self._knows_account = True
                if turn % _REFRESH_EVERY == 0:
                    await self._refresh()
            except VenueTrouble as trouble:
                _log.warning("account poll: %s", trouble)
                await self._look_at_account.rest(pauses.next())
            else:
                pauses.reset()
                await self._look_at_account.rest(POLL_SECONDS)


def _ticket(
    client_order_id: str, wish: OrderRequest, amount: Decimal, price: Decimal | None
) -> Ticket:
    return Ticket(
        client_order_id=client_order_id,
        market=wish.market,
        side=wish.side,
        amount=amount,
        price=price,
        order_type=wish.order_type,
        time_in_force=wish.time_in_force,
        post_only=wish.post_only,
        quote_amount=wish.quote_amount,
        trigger=None if wish.trigger is None else (wish.trigger.kind, wish.trigger.price),
        self_trade_prevention=wish.self_trade_prevention,
    )
