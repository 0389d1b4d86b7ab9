"""Animals that break L5 and L9: refusals, rejections, and Failure where it does not belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.facts import Seen, Status
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import Refusal


class SwallowsRefusals(Animal):
    """The venue's refusal goes to the log and nowhere else."""

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.FAILURE else (told,)


class _Idle(Caretaker):
    def send(self, ticket: Ticket) -> None:
        self._ledger.track(ticket)


class SendsNothing(Animal):
    """Orders are taken on and never sent, and nothing is told of them."""

    caretaker = _Idle


class FailureTwice(Animal):
    """Failure is told by the code that sends and again by the code that cleans up."""

    def say(self, told: Told) -> Iterable[Told]:
        return (told, told) if told.event is EventName.FAILURE else (told,)


class _NeverRejected(Order):
    def _hear_seen(self, seen: Seen, now_ns: int) -> tuple[Told, ...]:
        if seen.status is Status.REJECTED:
            return ()
        return super()._hear_seen(seen, now_ns)


class KnowsNoLateRejection(Animal):
    """A rejection after the acceptance is a status the connector does not know."""

    tracker = _NeverRejected


class _Concludes(Caretaker):
    """Takes a refused cancel for the end of the order."""

    async def _try_to_cancel(self, order: Order, was_accepted: bool) -> bool:
        try:
            return bool(await self._api.cancel(order.ticket))
        except Refusal:
            self.conclude(order)
            return True

    def conclude(self, order: Order) -> None:
        """Do what a refused cancel is taken for."""
        raise NotImplementedError


class _Gone(_Concludes):
    def conclude(self, order: Order) -> None:
        gone = Seen(order.venue_order_id or "", Status.CANCELED, order.filled, 0)
        self.hear(order.ticket.client_order_id, (gone,))


class RefusedCancelMeansGone(Animal):
    """A cancel that is refused because the order is unknown is told as Cancelled.

    Seen in hummingbot#4738 and hummingbot#1853.
    """

    caretaker = _Gone


class _Failed(_Concludes):
    def conclude(self, order: Order) -> None:
        self._tell(order._event(EventName.FAILURE, reason="the cancel failed"))


class FailureOfTheCancel(Animal):
    """A cancel that is refused is told as the Failure of its order."""

    caretaker = _Failed


def instead(told: Told, was: EventName, now: EventName) -> Iterable[Told]:
    """Return the event under another name, if it had the one."""
    return (replace(told, event=now) if told.event is was else told,)


class CancelIsFailure(Animal):
    """A cancel that was asked for is told as Failure."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.CANCELLED, EventName.FAILURE)


class ExpiryIsFailure(Animal):
    """An order that expires is told as Failure."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.EXPIRED, EventName.FAILURE)


class RejectedIsCancelled(Animal):
    """Whatever the venue ends or refuses is told as Cancelled."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.FAILURE, EventName.CANCELLED)
