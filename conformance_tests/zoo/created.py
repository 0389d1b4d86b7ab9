"""Animals that break L4: Created."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.facts import Seen, Status
from fillproof.harness.connectors.reference.order import Order, Stage
from fillproof.harness.connectors.reference.ticket import Ticket


def created(order: Order) -> Told:
    """Return Created of an order."""
    ticket = order.ticket
    return order._event(EventName.CREATED, amount=ticket.amount, price=ticket.price)


class _EachChannel(Order):
    def _hear_seen(self, seen: Seen, now_ns: int) -> tuple[Told, ...]:
        known = self.is_accepted
        told = super()._hear_seen(seen, now_ns)
        is_new = seen.status is Status.OPEN and not seen.cumulative_quantity
        return (created(self), *told) if known and is_new else told


class CreatedTwice(Animal):
    """The create reply and the stream each raise Created."""

    tracker = _EachChannel


class _HeldBack(Order):
    held: tuple[Told, ...] = ()

    def _show(self, venue_order_id: str) -> tuple[Told, ...]:
        self.held += super()._show(venue_order_id)
        return ()


class _TellsAtTheReply(Caretaker):
    async def _create(self, order: Order) -> None:
        await super()._create(order)
        assert isinstance(order, _HeldBack), "the two are one animal's"
        for event in order.held:
            self._tell(event)


class CreatedAtTheReply(Animal):
    """Created waits for the create reply, whatever the stream tells meanwhile."""

    tracker = _HeldBack
    caretaker = _TellsAtTheReply


class CreatedNever(Animal):
    """Acceptance is known and not told.

    Seen in hummingbot#6672.
    """

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.CREATED else (told,)


class CreatedAtTheNextPoll(Animal):
    """Created waits for the next poll, 20 s after the reply and the stream told of it."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is not EventName.CREATED:
            return (told,)
        self.host.spawn(self._later(told), "created later")
        return ()

    async def _later(self, told: Told) -> None:
        await asyncio.sleep(20)
        self.listener.tell(told)


class CreatedAsABuy(Animal):
    """Created of a sell order says that it is a buy."""

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, side="BUY") if told.event is EventName.CREATED else told,)


class CreatedInQuote(Animal):
    """Created states the amount in quote."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is EventName.CREATED and told.amount and told.price:
            return (replace(told, amount=told.amount * told.price),)
        return (told,)


class _Trusting(Caretaker):
    def send(self, ticket: Ticket) -> None:
        super().send(ticket)
        order = self._ledger.find(ticket.client_order_id)
        assert order is not None, "it was just tracked"
        order.stage = Stage.OPEN
        asyncio.get_running_loop().call_soon(self._tell, created(order))


class CreatedOnTrust(Animal):
    """Created is told when the order is sent, before the venue answered."""

    caretaker = _Trusting
