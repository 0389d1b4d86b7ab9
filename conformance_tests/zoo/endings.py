"""Animals that break L7, L8, L10 and L10a: how and when an order is told to be over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conformance_tests.zoo.animal import Animal, Orders
from conformance_tests.zoo.created import created
from conformance_tests.zoo.failures import instead

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen, Status
from fillproof.harness.connectors.reference.order import Order, Stage


class CompletedTwice(Animal):
    """The last fill raises Completed and so does the status that says filled."""

    def say(self, told: Told) -> Iterable[Told]:
        return (told, told) if told.event is EventName.COMPLETED else (told,)


class _EndFirst(Order):
    def _hear_fill(self, fill: Fill, now_ns: int) -> tuple[Told, ...]:
        told = super()._hear_fill(fill, now_ns)
        return tuple(sorted(told, key=lambda event: event.event is EventName.FILLED))


class CompletedBeforeTheLastFill(Animal):
    """The status of a message is told before its fill.

    Seen in hummingbot#5120.
    """

    tracker = _EndFirst


class CompletedNever(Animal):
    """A full order is forgotten without Completed."""

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.COMPLETED else (told,)


class _LastFill(Order):
    def _filled_event(self, fill: Fill) -> Told:
        self.last = fill
        return super()._filled_event(fill)

    def _settle(self, now_ns: int) -> tuple[Told, ...]:
        return tuple(
            replace(event, base_amount=self.last.amount)
            if event.event is EventName.COMPLETED
            else event
            for event in super()._settle(now_ns)
        )


class CompletedWithTheLastFill(Animal):
    """Completed states the amount of the last fill, not the sum."""

    tracker = _LastFill


class _AtTheLimit(Order):
    def _settle(self, now_ns: int) -> tuple[Told, ...]:
        price = self.ticket.price or 0
        return tuple(
            replace(event, quote_amount=self.filled * price)
            if event.event is EventName.COMPLETED
            else event
            for event in super()._settle(now_ns)
        )


class CompletedAtTheLimitPrice(Animal):
    """Completed states amount times limit price, not what the fills were worth."""

    tracker = _AtTheLimit


class CompletedAsABuy(Animal):
    """Completed of a sell order says that it is a buy."""

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, side="BUY") if told.event is EventName.COMPLETED else told,)


class CompletedAtTheFirstFill(Animal):
    """Any fill is told to complete its order."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is not EventName.FILLED:
            return (told,)
        done = Told(EventName.COMPLETED, told.client_order_id, side=told.side)
        return told, done


class CancelIsCompleted(Animal):
    """A cancelled order is told as Completed with what was filled until then."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.CANCELLED, EventName.COMPLETED)


class CancelledNever(Animal):
    """A cancelled order is forgotten without Cancelled."""

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.CANCELLED else (told,)


class CancelledTwice(Animal):
    """The cancel reply and the stream each raise Cancelled."""

    def say(self, told: Told) -> Iterable[Told]:
        return (told, told) if told.event is EventName.CANCELLED else (told,)


class ExpiredNever(Animal):
    """An order that expires is forgotten without Expired.

    Seen in nautilus_trader#628.
    """

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.EXPIRED else (told,)


class ExpiryIsCancelled(Animal):
    """An order that expires is told as Cancelled."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.EXPIRED, EventName.CANCELLED)


class CancelIsExpired(Animal):
    """A cancel that was asked for is told as Expired."""

    def say(self, told: Told) -> Iterable[Told]:
        return instead(told, EventName.CANCELLED, EventName.EXPIRED)


class CancelledOnRequest(Animal):
    """Cancelled is told when the cancel is sent, before the venue did it."""

    def cancel(self, client_order_id: str) -> None:
        super().cancel(client_order_id)
        self.host.tell(Told(EventName.CANCELLED, client_order_id))
        if self._connector._ledger.find(client_order_id):
            self._connector._ledger._drop(client_order_id)


class TwoWordsForOneEnd(Animal):
    """An order that expires is told as Expired and as Cancelled."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is EventName.EXPIRED:
            return told, replace(told, event=EventName.CANCELLED)
        return (told,)


class _CompletesLate(Order):
    def _hear_fill(self, fill: Fill, now_ns: int) -> tuple[Told, ...]:
        had_ended = self.stage is Stage.ENDED
        told = super()._hear_fill(fill, now_ns)
        if told and had_ended and self.filled == self.ticket.amount:
            return (*told, self._event(EventName.COMPLETED))
        return told


class CompletedAfterCancelled(Animal):
    """An order that was told Cancelled is told Completed when late fills make it full."""

    tracker = _CompletesLate


class _Revives(Orders):
    def __init__(self, grace_ns: int = 0) -> None:
        super().__init__(grace_ns)
        self._past: dict[str, Order] = {}

    def hear(self, client_order_id: str, facts: Iterable[Fact], now_ns: int) -> tuple[Told, ...]:
        facts = tuple(facts)
        known = self.find(client_order_id)
        if known is not None:
            self._past[client_order_id] = known
        elif any(isinstance(fact, Seen) and fact.status is Status.OPEN for fact in facts):
            return (created(self.track(self._past[client_order_id].ticket)),)
        return super().hear(client_order_id, facts, now_ns)


class Reopens(Animal):
    """A message of an order that is over opens it again, however old the message is."""

    ledger = _Revives


class _Keeps(Orders):
    def hear(self, client_order_id: str, facts: Iterable[Fact], now_ns: int) -> tuple[Told, ...]:
        order = self.find(client_order_id)
        told = super().hear(client_order_id, facts, now_ns)
        if order is not None:
            self._orders[client_order_id] = order
            self.journal.write(order)
        return told


class KeepsTrackingTheEnded(Animal):
    """Tracking goes on after the terminal event."""

    ledger = _Keeps


class _EndsAtOnce(Order):
    @property
    def is_missing_fills(self) -> bool:
        return False


class EndsBeforeItsFills(Animal):
    """Cancelled does not wait for the fills it speaks of; they are told later."""

    tracker = _EndsAtOnce
    ledger = _Keeps


class CancelsNothing(Animal):
    """A cancel is taken on and never sent."""

    def cancel(self, client_order_id: str) -> None:
        pass
