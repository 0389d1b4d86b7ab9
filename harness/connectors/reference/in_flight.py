"""An order as the contract's in-flight order helper shows it to a strategy."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.in_flight import LimitOrder
from fillproof.harness.connectors.protocol import EventName
from fillproof.harness.connectors.reference.order import Order, Stage
from fillproof.harness.connectors.reference.ticket import ticket_in

_ENDED_EARLY = (EventName.CANCELLED, EventName.EXPIRED, EventName.FAILURE)


class InFlightOrder:
    """Answers for one order; it changes nothing."""

    def __init__(self, order: Order) -> None:
        self._order = order

    @property
    def exchange_order_id(self) -> str | None:
        """The venue's id of it, None until the venue has shown the order."""
        return self._order.venue_order_id

    @property
    def base_asset(self) -> str:
        """What is bought or sold."""
        return self._order.ticket.market.split("-")[0]

    @property
    def quote_asset(self) -> str:
        """What is paid with."""
        return self._order.ticket.market.split("-")[1]

    @property
    def is_done(self) -> bool:
        """True when it is filled, failed, cancelled or expired."""
        return self._order.stage is Stage.ENDED

    @property
    def is_cancelled(self) -> bool:
        """True when it was cancelled."""
        return self._order.ended_as is EventName.CANCELLED

    @property
    def is_failure(self) -> bool:
        """True when it ended before it was full: cancelled, expired or rejected."""
        return self._order.ended_as in _ENDED_EARLY

    @property
    def executed_amount_base(self) -> Decimal:
        """How much of it is filled, in base."""
        return self._order.filled

    def to_limit_order(self) -> LimitOrder:
        """Return it as a limit order; raises TypeError for one that has no price."""
        ticket = self._order.ticket
        if ticket.price is None:
            raise TypeError(f"{ticket.client_order_id} is a {ticket.order_type} order")
        return LimitOrder(
            ticket.market, ticket.side, ticket.price, self._order.amount, self._order.filled
        )

    def to_json(self) -> dict[str, Any]:
        """Return all that is known of it, as JSON."""
        return self._order.memory()

    @classmethod
    def from_json(cls, memory: Mapping[str, Any]) -> InFlightOrder:
        """Return the order that `to_json` wrote down."""
        order = Order(ticket_in(memory))
        order.recall(memory, now_ns=0)
        return cls(order)
