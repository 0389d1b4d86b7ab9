"""An order whose fills may be taken back without a word: it is full when the venue says so."""

from __future__ import annotations

from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.ticket import Ticket


class ChainOrder(Order):
    """The sum of its fills may be too large until the venue was asked for all of them."""

    def _is_full(self) -> bool:
        return self.filled == self.amount and self._is_said_to_be_full()


class ChainLedger(Ledger):
    """Tracks such orders."""

    def _order(self, ticket: Ticket) -> Order:
        return ChainOrder(ticket, self._grace_ns)
