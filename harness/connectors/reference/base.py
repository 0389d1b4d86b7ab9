"""What a connector of ours does whatever its venue: learn the rules, place, follow the account."""

from __future__ import annotations

import asyncio
import itertools
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

import aiohttp

from fillproof.harness.connectors.protocol import Balance, OrderRequest, Told
from fillproof.harness.connectors.reference.balances import AccountState, BalanceSheet
from fillproof.harness.connectors.reference.caretaker import POLL_SECONDS, Caretaker
from fillproof.harness.connectors.reference.in_flight import InFlightOrder
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS
from fillproof.harness.connectors.reference.tasks import Bell, Tasks, now_ns
from fillproof.harness.connectors.reference.ticket import ticket_of
from fillproof.harness.connectors.reference.trouble import VenueTrouble

_log = logging.getLogger(__name__)

_REFRESH_EVERY = 30
"""Polls between two looks at the venue's trading rules: every 10 minutes."""


class MarketRule(Protocol):
    """What a market asks of an order."""

    def quantise(
        self, side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        """Return amount and price on lot and tick, never for more and never worse."""
        ...

    def objection(self, amount: Decimal, price: Decimal | None) -> str | None:
        """Return why the venue would refuse this, None when it would not."""
        ...


class _NoRule:
    """Stands for the rules of a market that has none: nothing can be ordered there."""

    def quantise(
        self, _side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        return amount, price

    def objection(self, _amount: Decimal, _price: Decimal | None) -> str | None:
        return "its market has no trading rules"


_NO_RULE = _NoRule()


class BaseConnector(ABC):
    """Start it, wait until `is_ready`, place and cancel, stop it. Events go to `tell`.

    Who starts it makes the connection, sets `_orders`, and then starts `_run` as a task.
    """

    _orders: Caretaker

    def __init__(self, ledger: Ledger, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._ledger = ledger
        self._balances = BalanceSheet()
        self._rules: Mapping[str, MarketRule] = {}
        self._tasks = Tasks()
        self._look_at_account = Bell()
        self._knows_account = False

    @abstractmethod
    def _new_id(self) -> str:
        """Return a client order id that the venue takes and nobody else uses."""

    @abstractmethod
    async def _refresh(self) -> None:
        """Ask for the trading rules; raises VenueTrouble."""

    @abstractmethod
    async def _account(self) -> AccountState:
        """Ask for the balances; raises VenueTrouble."""

    @abstractmethod
    def _begin(self) -> None:
        """Start what needs the trading rules."""

    def _connect(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS),
            headers={"User-Agent": "fillproof-reference"},
        )
        return self._session

    async def stop(self) -> None:
        """End every task and connection; nothing is told after it. Open orders stay open."""
        await self._tasks.stop()
        await self._session.close()

    def place(self, wish: OrderRequest) -> str:
        """Take on an order and return its client order id, before anything is sent."""
        client_order_id, rule = self._new_id(), self._rule_of(wish.market)
        amount, price = rule.quantise(wish.side, wish.amount, wish.price)
        ticket = ticket_of(client_order_id, wish, amount, price)
        objection = None if wish.quote_amount else rule.objection(amount, price)
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

    def _rule_of(self, market: str) -> MarketRule:
        return self._rules.get(market) or _NO_RULE

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

    def _raise_event(self, told: Told) -> None:
        try:
            self._tell(told)
        except Exception:  # noqa: BLE001 - whatever the strategy does, its orders need care
            _log.exception("the strategy failed to take %s", told)

    def _look_around(self) -> None:
        """Ask for everything: messages may have been missed."""
        self._orders.look_now()
        self._look_at_account.ring()

    async def _run(self) -> None:
        """Learn the venue's rules, then follow the account and its streams."""
        pauses = Pauses()
        while True:
            try:
                await self._refresh()
                break
            except VenueTrouble as trouble:
                _log.warning("start: %s", trouble)
                await asyncio.sleep(pauses.next())
        self._begin()
        self._tasks.start(self._poll(), "account poll")

    async def _poll(self) -> None:
        """Ask for the balances every 20 s and when the bell rings, for the rules now and then."""
        pauses = Pauses(longest=POLL_SECONDS)
        for turn in itertools.count(1):
            try:
                self._balances.hear(await self._account())
                self._knows_account = True
                if turn % _REFRESH_EVERY == 0:
                    await self._refresh()
            except VenueTrouble as trouble:
                _log.warning("account poll: %s", trouble)
                await self._look_at_account.rest(pauses.next())
            else:
                pauses.reset()
                await self._look_at_account.rest(POLL_SECONDS)
