"""Changes of orders that live: a smaller amount in place, and another order in place of one."""

from __future__ import annotations

import asyncio
import logging
from decimal import Decimal
from typing import Protocol

from fillproof.harness.connectors.reference.caretaker import POLL_SECONDS, Caretaker
from fillproof.harness.connectors.reference.decode import Statement, canceled_alone
from fillproof.harness.connectors.reference.order import Order, Stage
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.refusals import leaves_open, outcome_of_create
from fillproof.harness.connectors.reference.tasks import Tasks, now_ns
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import Refusal, VenueTrouble

_log = logging.getLogger(__name__)

_AMEND_TRIES = 6


class ChangeApi(Protocol):
    """What is asked of a venue to change an order; every method raises VenueTrouble."""

    async def amend(self, ticket: Ticket, amount: Decimal) -> Statement: ...

    async def replace(self, old: Ticket, new: Ticket) -> tuple[Statement, Statement]: ...


class Changes:
    """Sends changes; what they come to is heard by the caretaker like any other fact."""

    def __init__(self, api: ChangeApi, orders: Caretaker, tasks: Tasks) -> None:
        self._api = api
        self._orders = orders
        self._tasks = tasks

    def amend(self, order: Order, amount: Decimal) -> None:
        """Ask the venue to make an order smaller."""
        self._tasks.start(self._amend(order, amount), f"amend {order.ticket.client_order_id}")

    def replace(self, old: Order, ticket: Ticket) -> None:
        """Track the new order, then ask for it in place of the old one."""
        self._orders.follow(ticket)
        self._tasks.start(self._replace(old, ticket), f"replace by {ticket.client_order_id}")

    async def _amend(self, order: Order, amount: Decimal) -> None:
        """Pursue the wish until the venue has answered it, a few times at most.

        A refusal is an answer: the order is as it was, and the strategy is told nothing. Without an
        answer the order is asked about, and the amend repeated until it shows: as an order only
        ever gets smaller, an amend that comes twice or late does no harm.
        """
        pauses, gets_smaller = Pauses(longest=POLL_SECONDS), order.amount > amount
        client_order_id = order.ticket.client_order_id
        await self._orders.shown_or_ended(client_order_id)
        for _ in range(_AMEND_TRIES):
            if order.stage is Stage.ENDED or (gets_smaller and order.amount <= amount):
                return
            try:
                statement = await self._api.amend(order.ticket, amount)
            except VenueTrouble as trouble:
                _log.warning("amend %s: %s", client_order_id, trouble)
                self._orders.look_at(client_order_id)
                if not leaves_open(trouble):
                    return
            else:
                self._orders.hear(client_order_id, statement.facts)
                return
            await asyncio.sleep(pauses.next())

    async def _replace(self, old: Order, ticket: Ticket) -> None:
        """Send it once: as of a create, what becomes of the new order is never guessed."""
        sent_ns = now_ns()
        old_id, new_id = old.ticket.client_order_id, ticket.client_order_id
        try:
            canceled, placed = await self._api.replace(old.ticket, ticket)
        except VenueTrouble as trouble:
            _log.warning("replace %s by %s: %s", old_id, new_id, trouble)
            self._hear_of_the_old(old_id, trouble)
            self._orders.hear(new_id, (outcome_of_create(trouble, sent_ns, now_ns()),))
        else:
            self._orders.hear(old_id, canceled.facts)
            self._orders.hear(new_id, placed.facts)

    def _hear_of_the_old(self, client_order_id: str, trouble: VenueTrouble) -> None:
        """Take in that it was cancelled for nothing, if the answer says so; else look at it."""
        if isinstance(trouble, Refusal) and isinstance(trouble.data, dict):
            canceled = canceled_alone(trouble.data)
            if canceled is not None:
                self._orders.hear(client_order_id, canceled.facts)
                return
        self._orders.look_at(client_order_id)
