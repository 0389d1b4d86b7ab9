"""Animals that go wrong where an order changes: amended or replaced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import planted

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.changes import Changes
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Seen, Status
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import Refusal, VenueTrouble


class _Concludes(Changes):
    async def _amend(self, order: Order, amount: Decimal) -> None:
        try:
            await self._api.amend(order.ticket, amount)
        except Refusal:
            gone = Seen(order.venue_order_id or "", Status.CANCELED, order.filled, 0)
            self._orders.hear(order.ticket.client_order_id, (gone,))


class RefusedAmendMeansGone(Animal):
    """An amend that is refused is taken for the end of its order, and told as Cancelled."""

    changes = _Concludes


class _Believes(Changes):
    async def _amend(self, order: Order, amount: Decimal) -> None:
        order.amount = amount
        await super()._amend(order, order.ticket.amount)


class BelievesItsAmend(Animal):
    """The amount that was asked for is the amount from then on, whatever the venue answers."""

    # Its in-flight orders would show the wrong amount first, so here nobody may look at them.
    about = replace(Animal.about, capabilities=Animal.about.capabilities - {Capability.IN_FLIGHT})
    changes = _Believes


class _Unamended(Order):
    def _hear_seen(self, seen: Seen, now_ns: int) -> tuple[Told, ...]:
        open_still = Status.OPEN if seen.status is Status.FILLED else seen.status
        bare = Seen(seen.venue_order_id, open_still, seen.cumulative_quantity, seen.time_ms)
        return super()._hear_seen(bare, now_ns)


class CompletesAtTheFirstAmount(Animal):
    """An order is full when it has what it was sent for, so an amended one never is."""

    tracker = _Unamended


class _RoundsDown(Api):
    async def amend(self, ticket: Ticket, amount: Decimal) -> Statement:
        return await super().amend(ticket, amount - Decimal("0.01"))


class AmendsToSomethingElse(Animal):
    """What it asks the venue for is a little less than what it was asked for."""

    api = _RoundsDown


class _NeverSure(Changes):
    async def _replace(self, old: Order, ticket: Ticket) -> None:
        try:
            canceled, placed = await self._api.replace(old.ticket, ticket)
        except VenueTrouble as trouble:
            self._hear_of_the_old(old.ticket.client_order_id, trouble)
        else:
            self._orders.hear(old.ticket.client_order_id, canceled.facts)
            self._orders.hear(ticket.client_order_id, placed.facts)


class ForgetsWhatReplacedNothing(Animal):
    """Of an order that was to replace one which could not go, nothing is ever told.

    Seen in ccxt 4.5.90: the refusal has the class of an outcome that is open.
    """

    changes = _NeverSure


ROWS = (
    planted(RefusedAmendMeansGone, "fix/made_larger_refused", "L5", Anomaly.ZOMBIE_ORDER),
    planted(
        BelievesItsAmend,
        "fix/both_amends_at_once_refused",
        "L7",
        Anomaly.ZOMBIE_ORDER,
    ),
    planted(
        CompletesAtTheFirstAmount, "fix/made_smaller_while_it_fills", "L7", Anomaly.GHOST_ORDER
    ),
    planted(AmendsToSomethingElse, "fix/made_smaller_twice", "U1", Anomaly.GARBLED_ORDER),
    planted(
        ForgetsWhatReplacedNothing,
        "fix/price_change_crosses_the_last_fill",
        "L5",
        Anomaly.GHOST_ORDER,
    ),
)
