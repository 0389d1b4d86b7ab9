"""Looks after each order from its create to its end: asks the venue for what no message told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Protocol

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, Fill, Listed, NotFound, Refused, Seen
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.order import Order, Stage
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.refusals import BINANCE, Answers
from fillproof.harness.connectors.reference.tasks import Bell, Tasks, now_ns
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import Unanswered, VenueTrouble

_log = logging.getLogger(__name__)

POLL_SECONDS = 20
_CANCEL_TRIES = 6
_AFTER_GRACE_SECONDS = 1
_UNSHOWN = (Stage.SENDING, Stage.IN_DOUBT)


class OrderApi(Protocol):
    """What is asked of a venue about one order; every method raises VenueTrouble."""

    async def create(self, ticket: Ticket) -> Statement: ...

    async def cancel(self, ticket: Ticket) -> Statement: ...

    async def status(self, ticket: Ticket) -> Statement: ...

    async def trades(self, ticket: Ticket, venue_order_id: str) -> tuple[Fact, ...]: ...


class _Watch:
    """An order, and what its tasks wait for."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.look = Bell()
        self.shown_or_ended = asyncio.Event()
        self.is_being_cancelled = False
        self.latest_ms = 0
        """The venue's time of the latest state of it that was heard."""


class Caretaker:
    """Runs the orders of a ledger; every event goes to `tell`, in the order it is due."""

    def __init__(
        self,
        api: OrderApi,
        ledger: Ledger,
        tasks: Tasks,
        tell: Callable[[Told], None],
        answers: Answers = BINANCE,
    ) -> None:
        self._api = api
        self._answers = answers
        self._ledger = ledger
        self._tasks = tasks
        self._tell = tell
        self._watches: dict[str, _Watch] = {}

    def send(self, ticket: Ticket) -> None:
        """Track the order and send it; returns before anything is sent."""
        order = self._ledger.track(ticket)
        self._tasks.start(self._create(order), f"create {ticket.client_order_id}")
        self._watch(order)

    def follow(self, ticket: Ticket) -> None:
        """Track an order that is sent otherwise, and look after it."""
        self._watch(self._ledger.track(ticket))

    def resume(self) -> None:
        """Look after the orders that were taken over from a connector before this one.

        Whether the create of an order that nothing was heard of was sent, nobody knows any more.
        """
        unheard = Unanswered("it was being sent when the connector before this one ended")
        for order in self._ledger.orders():
            self._watch(order)
            doubt = self._answers.outcome_of_create(unheard, now_ns(), now_ns())
            self._take_in(order.ticket.client_order_id, (doubt,))
            if order.is_accepted:
                self.look_at(order.ticket.client_order_id)

    def _watch(self, order: Order) -> None:
        client_order_id = order.ticket.client_order_id
        watch = self._watches[client_order_id] = _Watch(order)
        self._tasks.start(self._keep(watch), f"keep {client_order_id}")

    def refuse(self, ticket: Ticket, reason: str) -> None:
        """Track an order that is not sent, and tell its Failure after the caller has its id."""
        self._ledger.track(ticket)
        self._tasks.start(self._refuse(ticket, reason), f"refuse {ticket.client_order_id}")

    def deny(self, client_order_id: str, reason: str) -> None:
        """Tell the Failure of an order of which no more is known, after the caller has its id."""
        self._tasks.start(self._deny(client_order_id, reason), f"deny {client_order_id}")

    def cancel(self, client_order_id: str) -> None:
        """Ask the venue to cancel; the outcome is heard like any other fact."""
        watch = self._watches.get(client_order_id)
        if watch is None or watch.is_being_cancelled:
            _log.info("nothing to cancel for %s", client_order_id)
            return
        watch.is_being_cancelled = True
        self._tasks.start(self._cancel(watch), f"cancel {client_order_id}")

    def hear(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        """Take in what a message says of an order; look at once for what it shows to be missing."""
        self._take_in(client_order_id, facts)
        watch = self._watches.get(client_order_id)
        if watch and (watch.order.stage is not Stage.OPEN or watch.order.is_missing_fills):
            watch.look.ring()

    async def shown_or_ended(self, client_order_id: str) -> None:
        """Wait until the venue has shown an order, or it ended without that."""
        if client_order_id in self._watches:
            await self._watches[client_order_id].shown_or_ended.wait()

    def look_now(self) -> None:
        """Ask about every order without waiting for the next poll."""
        for watch in self._watches.values():
            watch.look.ring()

    def look_at(self, client_order_id: str) -> None:
        """Ask about an order without waiting for the next poll."""
        if client_order_id in self._watches:
            self._watches[client_order_id].look.ring()

    def _take_in(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        for event in self._ledger.hear(client_order_id, facts, now_ns()):
            self._tell(event)
        watch = self._watches.get(client_order_id)
        if watch is None:
            return
        times_ms = (fact.time_ms or 0 for fact in facts if isinstance(fact, Seen))
        watch.latest_ms = max(watch.latest_ms, *times_ms, 0)
        if watch.order.stage not in _UNSHOWN:
            watch.shown_or_ended.set()

    async def _refuse(self, ticket: Ticket, reason: str) -> None:
        self.hear(ticket.client_order_id, (Refused(reason),))

    async def _deny(self, client_order_id: str, reason: str) -> None:
        self._tell(Told(EventName.FAILURE, client_order_id, reason=reason))

    async def _create(self, order: Order) -> None:
        client_order_id = order.ticket.client_order_id
        sent_ns = now_ns()
        try:
            statement = await self._api.create(order.ticket)
        except VenueTrouble as trouble:
            _log.warning("create %s: %s", client_order_id, trouble)
            outcome = self._answers.outcome_of_create(trouble, sent_ns, now_ns())
            self.hear(client_order_id, (outcome,))
        else:
            self.hear(client_order_id, statement.facts)

    async def _keep(self, watch: _Watch) -> None:
        """Ask about the order every 20 s, and sooner while something is known to be missing."""
        order, answered, pauses = watch.order, True, Pauses(longest=POLL_SECONDS)
        while self._ledger.holds(order):
            if answered and (order.is_settled or order.stage is Stage.SENDING):
                pauses.reset()
                await watch.look.rest(self._until_next_poll(order))
            else:
                await watch.look.rest(pauses.next())
            if self._ledger.holds(order) and order.stage is not Stage.SENDING:
                answered = await self._look(order)
        del self._watches[order.ticket.client_order_id]

    def _until_next_poll(self, order: Order) -> float:
        """Return seconds; the last look at an ended order comes just after its grace window."""
        left_ns = 0 if order.after.ends_ns is None else order.after.ends_ns - now_ns()
        if left_ns <= 0:
            return POLL_SECONDS
        return min(POLL_SECONDS, left_ns / 1e9 + _AFTER_GRACE_SECONDS)

    async def _look(self, order: Order) -> bool:
        """Ask for what is missing; False when the venue did not answer."""
        asked_ns = now_ns()
        try:
            if order.may_lose_fills:
                await self._compare(order)
            else:
                if not order.is_missing_fills:
                    await self._ask_status(order)
                if order.is_missing_fills:
                    await self._ask_trades(order)
        except VenueTrouble as trouble:
            _log.warning("looking for %s: %s", order.ticket.client_order_id, trouble)
            return False
        self._ledger.release(order, asked_ns)
        return True

    async def _compare(self, order: Order) -> None:
        """Ask how the order stands and for all its fills: neither only ever grows here."""
        known = order.known_fills
        seen = await self._ask_status(order)
        # As much may be filled by other trades than were told, so what was told is asked for too.
        if known or order.is_missing_fills or order.stage is Stage.ENDED:
            if seen is None or self._is_outdated(order, seen):
                await self._ask_trades(order)
            else:
                await self._list(order, seen, known)

    def _is_outdated(self, order: Order, seen: Seen) -> bool:
        """Return whether a later state was heard: the answer of a replica that lags behind.

        What it does not show may well have happened since.
        """
        latest_ms = self._watches[order.ticket.client_order_id].latest_ms
        return seen.time_ms is not None and seen.time_ms < latest_ms

    async def _list(self, order: Order, seen: Seen, known: frozenset[str]) -> None:
        """Ask for all fills; what was taken back is told before what came in its place."""
        if order.venue_order_id is None:
            return
        facts = await self._api.trades(order.ticket, order.venue_order_id)
        fills = [fact for fact in facts if isinstance(fact, Fill)]
        amount = sum((fill.amount for fill in fills), Decimal(0))
        ids = frozenset(fill.trade_id for fill in fills)
        said = (seen.cumulative_quantity, known, seen.time_ms)
        listed = Listed(order.venue_order_id, ids, amount, *said)
        self._take_in(order.ticket.client_order_id, (listed, *facts))

    async def _ask_status(self, order: Order) -> Seen | None:
        asked_ns = now_ns()
        facts: tuple[Fact, ...]
        try:
            facts = (await self._api.status(order.ticket)).facts
        except VenueTrouble as trouble:
            if not self._answers.is_no_such_order(trouble):
                raise
            _log.info("the venue does not know %s", order.ticket.client_order_id)
            facts = (NotFound(asked_ns),)
        self._take_in(order.ticket.client_order_id, facts)
        return next((fact for fact in facts if isinstance(fact, Seen)), None)

    async def _ask_trades(self, order: Order) -> None:
        if order.venue_order_id is not None:
            fills = await self._api.trades(order.ticket, order.venue_order_id)
            self._take_in(order.ticket.client_order_id, fills)

    async def _cancel(self, watch: _Watch) -> None:
        """Pursue the wish to cancel until the venue has answered it, a few times at most.

        A refused cancel changes nothing and is no event: the order is asked about instead. Sent
        before the order was known to be accepted, it may have overtaken the create: then it is
        sent again once the order is seen.
        """
        order, pauses = watch.order, Pauses(longest=POLL_SECONDS)
        for _ in range(_CANCEL_TRIES):
            was_accepted = order.is_accepted
            if order.stage is Stage.ENDED or await self._try_to_cancel(order, was_accepted):
                break
            if order.stage in _UNSHOWN:
                await watch.shown_or_ended.wait()
            elif was_accepted:
                await asyncio.sleep(pauses.next())
        watch.is_being_cancelled = False

    async def _try_to_cancel(self, order: Order, was_accepted: bool) -> bool:
        """Send one cancel; True when the venue has answered it for good."""
        client_order_id = order.ticket.client_order_id
        try:
            statement = await self._api.cancel(order.ticket)
        except VenueTrouble as trouble:
            _log.warning("cancel %s: %s", client_order_id, trouble)
            self.look_at(client_order_id)
            return self._answers.is_nothing_left(trouble) and was_accepted
        self.hear(client_order_id, statement.facts)
        return True
