"""The in-flight orders, by client order id."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from fillproof.harness.connectors.protocol import Told
from fillproof.harness.connectors.reference.facts import Fact
from fillproof.harness.connectors.reference.journal import Journal
from fillproof.harness.connectors.reference.order import Order, Stage
from fillproof.harness.connectors.reference.ticket import Ticket, ticket_in

_log = logging.getLogger(__name__)

_REMEMBERED = 100
"""So many ended orders can still be asked about."""


class Ledger:
    """Tracks each order from before its create is sent until nothing more is owed for it.

    Every change is in the journal before anybody hears of it: whoever begins with that journal
    goes on with the same orders.

    `grace_ns` is how long after Cancelled or Expired the venue may still fill an order; 0 on a
    centralised venue, where tracking ends with the terminal event.
    """

    def __init__(self, grace_ns: int = 0) -> None:
        self.journal = Journal()
        self._grace_ns = grace_ns
        self._orders: dict[str, Order] = {}
        self._ended: dict[str, Order] = {}

    def track(self, ticket: Ticket) -> Order:
        """Begin to track an order; call it before anything of it is sent."""
        order = self._order(ticket)
        self._orders[ticket.client_order_id] = order
        self.journal.write(order)
        return order

    def restore(self, memories: Iterable[Mapping[str, Any]], now_ns: int) -> None:
        """Go on with the orders of a journal; call it before any is placed."""
        for memory in memories:
            order = self.track(ticket_in(memory))
            order.recall(memory, now_ns)
            self.journal.write(order)

    def orders(self) -> tuple[Order, ...]:
        """Return the tracked orders, oldest first."""
        return tuple(self._orders.values())

    def _order(self, ticket: Ticket) -> Order:
        return Order(ticket, self._grace_ns)

    def find(self, client_order_id: str) -> Order | None:
        """Return the order if it is tracked."""
        return self._orders.get(client_order_id)

    def holds(self, order: Order) -> bool:
        """True while the order is tracked."""
        return self._orders.get(order.ticket.client_order_id) is order

    def tracked(self) -> tuple[str, ...]:
        """Client order ids, oldest first."""
        return tuple(self._orders)

    def hear(self, client_order_id: str, facts: Iterable[Fact], now_ns: int) -> tuple[Told, ...]:
        """Take in what a message says of one order and return the events due, in order."""
        order = self._orders.get(client_order_id)
        if order is None:
            _log.debug("nothing is owed any more for %s: ignored %s", client_order_id, facts)
            return ()
        told = tuple(event for fact in facts for event in order.hear(fact, now_ns))
        if order.stage is Stage.ENDED and order.after.ends_ns is None:
            self._drop(client_order_id)
        else:
            self.journal.write(order)
        return told

    def release(self, order: Order, asked_ns: int) -> None:
        """Stop tracking an order that is over and was asked about after its grace window."""
        is_over = order.after.is_over(asked_ns, is_missing_fills=order.is_missing_fills)
        if is_over and self.holds(order):
            self._drop(order.ticket.client_order_id)

    def remember(self, client_order_id: str) -> Order | None:
        """Return an order that is tracked, or that was among the last that ended."""
        return self._orders.get(client_order_id) or self._ended.get(client_order_id)

    def _drop(self, client_order_id: str) -> None:
        ended = (*self._ended.items(), (client_order_id, self._orders.pop(client_order_id)))
        self._ended = dict(ended[-_REMEMBERED:])
        self.journal.strike(client_order_id)
