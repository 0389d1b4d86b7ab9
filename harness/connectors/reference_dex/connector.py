"""A Hyperliquid spot connector: places and cancels orders, and tells what became of them."""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import aiohttp

from fillproof.harness.connectors.protocol import Balance, OrderRequest, Told
from fillproof.harness.connectors.reference.balances import BalanceSheet
from fillproof.harness.connectors.reference.caretaker import POLL_SECONDS, Caretaker
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, Fill
from fillproof.harness.connectors.reference.order import Order, Ticket
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.tasks import Bell, Tasks
from fillproof.harness.connectors.reference.trouble import VenueTrouble
from fillproof.harness.connectors.reference_dex import decode
from fillproof.harness.connectors.reference_dex.api import Api
from fillproof.harness.connectors.reference_dex.chain_order import ChainLedger
from fillproof.harness.connectors.reference_dex.coin_rules import CoinRule
from fillproof.harness.connectors.reference_dex.rest import TIMEOUT_SECONDS, Rest
from fillproof.harness.connectors.reference_dex.signing import Signer
from fillproof.harness.connectors.reference_dex.stream import Stream
from fillproof.harness.connectors.reference_dex.troubles import HYPERLIQUID

_log = logging.getLogger(__name__)

_REFRESH_EVERY = 30
"""Polls between two looks at the venue's trading rules: every 10 minutes."""

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


class Connector:
    """Start it, wait until `is_ready`, place and cancel, stop it. Events go to `tell`."""

    def __init__(self, settings: Settings, tell: Callable[[Told], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._grace_ns = int(settings.grace_seconds * 1_000_000_000)
        self._ledger = ChainLedger(self._grace_ns)
        self._balances = BalanceSheet()
        self._rules: dict[str, CoinRule] = {}
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
        signer = Signer(settings.address, settings.private_key)
        self._api = Api(Rest(self._session, settings.rest_url), signer)
        self._orders = Caretaker(
            self._api, self._ledger, self._tasks, self._raise_event, HYPERLIQUID
        )
        self._stream = Stream(
            self._session, settings.stream_url, settings.address, self._hear, self._look_around
        )
        self._tasks.start(self._run(), "connector")

    async def stop(self) -> None:
        """End every task and connection; nothing is told after it. Open orders stay open."""
        await self._tasks.stop()
        await self._session.close()

    @property
    def is_ready(self) -> bool:
        """True while orders can be placed and heard of."""
        return bool(self._rules) and self._knows_account and self._stream.is_live

    def place(self, wish: OrderRequest) -> str:
        """Take on an order and return its client order id, before anything is sent."""
        client_order_id = f"0x{secrets.token_hex(_ID_BYTES)}"
        rule = self._rules.get(wish.market)
        if rule is None:
            ticket = _ticket(client_order_id, wish, wish.amount, wish.price)
            self._orders.refuse(ticket, f"no trading rules for {wish.market}")
            return client_order_id
        amount, price = rule.quantise(wish.side, wish.amount, wish.price)
        ticket = _ticket(client_order_id, wish, amount, price)
        objection = rule.objection(amount, price)
        if objection is None:
            self._orders.send(ticket)
        else:
            self._orders.refuse(ticket, objection)
        return client_order_id

    def cancel(self, client_order_id: str) -> None:
        """Ask for the order to be cancelled."""
        self._orders.cancel(client_order_id)

    def tracked(self) -> tuple[str, ...]:
        """Return the client order ids of the in-flight orders."""
        return self._ledger.tracked()

    def balances(self) -> dict[str, Balance]:
        """Return the balances by asset."""
        return self._balances.read()

    def _raise_event(self, told: Told) -> None:
        self._look_at_account.ring()
        try:
            self._tell(told)
        except Exception:  # noqa: BLE001 - whatever the strategy does, its orders need care
            _log.exception("the strategy failed to take %s", told)

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

    def _look_around(self) -> None:
        """Ask for everything: messages may have been missed."""
        self._orders.look_now()
        self._look_at_account.ring()

    async def _run(self) -> None:
        """Learn the venue's rules, then follow the account and its streams."""
        pauses = Pauses()
        while not self._rules:
            try:
                await self._refresh()
            except VenueTrouble as trouble:
                _log.warning("start: %s", trouble)
            if not self._rules:
                await asyncio.sleep(pauses.next())
        self._tasks.start(self._stream.run(), "streams")
        self._tasks.start(self._poll(), "account poll")

    async def _refresh(self) -> None:
        self._rules = await self._api.trading_rules(self._settings.markets)

    async def _poll(self) -> None:
        """Ask for the balances every 20 s and after each change, for the rules now and then."""
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
    )
