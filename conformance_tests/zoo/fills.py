"""Animals that break L6 and L11: fills that are lost, doubled, invented or told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from conformance_tests.zoo.animal import Animal, Orders

from fillproof.harness.connectors.protocol import EventName, Fee, Host, Told
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen
from fillproof.harness.connectors.reference.order import Order


class _NoMemory(Order):
    def _hear_fill(self, fill: Fill, now_ns: int) -> tuple[Told, ...]:
        self._trade_ids.clear()
        told = super()._hear_fill(fill, now_ns)
        self.after.explain(fill)
        return told


class DoubleFill(Animal):
    """A message that comes twice is a fill that is told twice."""

    tracker = _NoMemory


class _NeverLooks(Caretaker):
    async def _look(self, order: Order) -> bool:
        return True


class HearsOnlyTheStream(Animal):
    """Nothing is looked up, so what the stream lost stays lost."""

    caretaker = _NeverLooks


class _MarksTooEarly(Caretaker):
    async def _create(self, order: Order) -> None:
        await super()._create(order)
        self._answered = True

    def hear(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        order = self._ledger.find(client_order_id)
        early = order is not None and not hasattr(self, "_answered")
        for fact in facts:
            if order is not None and early and isinstance(fact, Fill):
                order._trade_ids.add(fact.trade_id)
        super().hear(client_order_id, facts)


class MarksBeforeItTells(Animal):
    """A fill that comes before the create reply is marked as told, and not told.

    Seen in nautilus_trader#4522.
    """

    caretaker = _MarksTooEarly


class _Infers(Order):
    def _hear_seen(self, seen: Seen, now_ns: int) -> tuple[Told, ...]:
        price = self.ticket.price
        missing = seen.cumulative_quantity - self.filled
        if missing <= 0 or price is None:
            return super()._hear_seen(seen, now_ns)
        guess = f"{seen.venue_order_id}-{seen.cumulative_quantity}"
        fill = Fill(seen.venue_order_id, guess, missing, price, None, seen.time_ms or 0)
        return (*super()._hear_fill(fill, now_ns), *super()._hear_seen(seen, now_ns))


class InfersFills(Animal):
    """A status that says more is filled than was told makes a fill with an id of its own.

    Seen in nautilus_trader#3493.
    """

    tracker = _Infers


class _FillsTheRest(Order):
    def _settle(self, now_ns: int) -> tuple[Told, ...]:
        told = super()._settle(now_ns)
        rest = self.ticket.amount - self.filled
        if not told or not rest:
            return told
        price = self.ticket.price
        return self._event(EventName.FILLED, amount=rest, price=price, trade_id="rest"), *told


class PhantomFill(Animal):
    """The rest of an order that ends is told as filled.

    Seen in hummingbot#1934.
    """

    tracker = _FillsTheRest


class _Merges(Orders):
    def hear(self, client_order_id: str, facts: Iterable[Fact], now_ns: int) -> tuple[Told, ...]:
        told = super().hear(client_order_id, facts, now_ns)
        fills = [event for event in told if event.event is EventName.FILLED]
        if len(fills) < 2:
            return told
        total = sum((fill.amount or Decimal(0) for fill in fills), Decimal(0))
        merged = replace(fills[0], amount=total)
        return tuple(
            merged if event is fills[0] else event
            for event in told
            if event is fills[0] or event not in fills
        )


class MergesFills(Animal):
    """The fills of one message are told as one."""

    ledger = _Merges


class _Sums(Order):
    def _filled_event(self, fill: Fill) -> Told:
        return replace(super()._filled_event(fill), amount=self.filled)


class TellsTheCumulativeAmount(Animal):
    """Filled states all that was filled so far, not the fill."""

    tracker = _Sums


class RoundsTheAmount(Animal):
    """Filled states the amount to two decimals."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is EventName.FILLED and told.amount:
            return (replace(told, amount=round(told.amount, 2)),)
        return (told,)


class ForgetsTheAmount(Animal):
    """Filled states no amount."""

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, amount=None) if told.event is EventName.FILLED else told,)


class _AtTheLimit(Order):
    def _filled_event(self, fill: Fill) -> Told:
        return replace(super()._filled_event(fill), price=self.ticket.price)


class TellsTheLimitPrice(Animal):
    """Filled states the price of the order, not that of the trade."""

    tracker = _AtTheLimit


class FeeInTheOtherAsset(Animal):
    """Filled states the fee in quote, whatever asset it was taken from."""

    def say(self, told: Told) -> Iterable[Told]:
        fees = tuple(Fee("USDT", fee.amount) for fee in told.fees or ())
        return (replace(told, fees=fees) if told.fees else told,)


class FeeTwice(Animal):
    """Filled states twice the fee."""

    def say(self, told: Told) -> Iterable[Told]:
        fees = (*(told.fees or ()), *(told.fees or ()))
        return (replace(told, fees=fees) if told.fees else told,)


class OrderIdForTradeId(Animal):
    """Every fill states the venue's order id as its trade id.

    Seen in hummingbot#5633.
    """

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is EventName.FILLED:
            return (replace(told, trade_id=told.venue_order_id),)
        return (told,)


class StopsAtTheCancel(Animal):
    """On a decentralised venue tracking ends with Cancelled, as if nothing could follow."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._connector._ledger._grace_ns = 0


class _OneIsEnough(Orders):
    def hear(self, client_order_id: str, facts: Iterable[Fact], now_ns: int) -> tuple[Told, ...]:
        order = self.find(client_order_id)
        in_grace = order is not None and order.after.ends_ns is not None
        told = super().hear(client_order_id, facts, now_ns)
        if in_grace and told:
            del self._orders[client_order_id]
        return told


class OneLateFillIsEnough(Animal):
    """Tracking ends with the first fill that follows Cancelled."""

    ledger = _OneIsEnough
