"""An order on a chain: what a block has decided may be decided otherwise until it is final."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.connectors.protocol import Told
from fillproof.harness.connectors.reference.facts import InDoubt, Refused, Seen, Status, TakenBack
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.order import Order, Sign, Stage
from fillproof.harness.connectors.reference.ticket import Ticket


class ChainOrder(Order):
    """Its fills may be taken back without a word, and so may its refusal."""

    def __init__(self, ticket: Ticket, grace_ns: int = 0) -> None:
        super().__init__(ticket, grace_ns)
        self._refused: Refused | None = None
        self._final_from_ns = 0

    def _is_full(self) -> bool:
        """The sum of its fills may be too large until the venue was asked for all of them."""
        return self.filled == self.amount and self._is_said_to_be_full()

    def _hear_refused(self, refused: Refused, now_ns: int) -> tuple[Told, ...]:
        """Tell of a refusal once it is final; until then another block may take the order."""
        if self._move(Sign.OVER):
            return self._hear_rejected(refused, now_ns)
        if self.stage is Stage.ENDED:
            return self._lose_fills(refused)
        if refused.is_final or not self.may_lose_fills:
            return self._refuse(refused.reason)
        self._move(Sign.DOUBTED)
        if self._refused is None or self._refused.time_ms != refused.time_ms:
            self._refused, self._final_from_ns = refused, now_ns + self._grace_ns
            self._doubt = InDoubt(refused.reason, self._final_from_ns, answers_needed=1)
        return () if now_ns < self._final_from_ns else self._refuse(refused.reason)

    def _hear_rejected(self, refused: Refused, now_ns: int) -> tuple[Told, ...]:
        """Tell that an order which was open is refused by the block that has it now."""
        reversed_ = self._lose_fills(refused)
        self._cumulative = self.filled
        id_ = self.venue_order_id or ""
        self._ending = Seen(id_, Status.REJECTED, Decimal(0), refused.time_ms)
        return (*reversed_, *self._settle(now_ns))

    def _lose_fills(self, refused: Refused) -> tuple[Told, ...]:
        """Take back the fills that another block gave an order before one refused it.

        No message says so of each: an order that was refused has none.
        """
        gone = [
            TakenBack(self.venue_order_id or "", name, *fill)
            for name, fill in self._fills.items()
            if refused.time_ms is None or self._filled_ms.get(name, 0) <= refused.time_ms
        ]
        return tuple(event for fact in gone for event in self._hear_taken_back(fact))


class ChainLedger(Ledger):
    """Tracks such orders."""

    def _order(self, ticket: Ticket) -> Order:
        return ChainOrder(ticket, self._grace_ns)
