"""What has happened so far in a world, counted, for steps that wait and for convergence."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

_TOLD_ENDS = frozenset({"Completed", "Cancelled", "Expired", "Failure"})
TAKEN_BACK = "TakenBack"
"""What a trade that a chain takes back counts as: busts and corrections no venue tells of."""

_TRUE_ENDS = frozenset({"Filled", "Canceled", "Expired", "Rejected"})


@dataclass(slots=True)
class OrderSoFar:
    """Both sides of one order."""

    told: Counter[str] = field(default_factory=Counter)
    truth: Counter[str] = field(default_factory=Counter)
    status: str | None = None

    def agrees(self, *, tells_reversals: bool = False) -> bool:
        """True when nothing more is owed: as many fills stand, and both ended or both open.

        `tells_reversals`: the connector promises to tell what a chain takes back.
        """
        told_end = any(self.told[name] for name in _TOLD_ENDS)
        if self.status is None:
            return told_end
        return (
            self._fills_agree(tells_reversals)
            and told_end == (self.status in _TRUE_ENDS)
            and (told_end or self.told["Created"] > 0)
        )

    def _fills_agree(self, tells_reversals: bool) -> bool:
        """True when all that stands was told, and of what was taken back nothing stands as told.

        A fill that was taken back before it was told is owed no word.
        """
        told = self.told["Filled"] - self.told["Reversed"]
        true = self.truth["Trade"] - self.truth[TAKEN_BACK]
        is_kept = tells_reversals and self.truth[TAKEN_BACK] > 0 and told > true
        return told >= true and not is_kept


class Progress:
    """Counts by order and by channel; whoever waits is asked again after each change."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._waiters: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self.orders: dict[str, OrderSoFar] = {}
        self.foreign: set[str] = set()
        """Client order ids of orders that others placed: nothing is owed of them."""
        self.delivered: Counter[str] = Counter()
        self.last_change = 0.0
        self.beside: list[Callable[[], bool]] = []
        """Whether also what is no order is as it is at the venue: balances, books."""

    def order(self, client_order_id: str) -> OrderSoFar:
        """Return the order's counts; a new one when it was never heard of."""
        return self.orders.setdefault(client_order_id, OrderSoFar())

    def note_told(self, client_order_id: str, event: str) -> None:
        """An event was raised."""
        self.order(client_order_id).told[event] += 1
        self._changed()

    def note_truth(
        self, client_order_id: str, execution_type: str, status: str, reason: str = "none"
    ) -> None:
        """The venue reported; a refused duplicate leaves the order of that id as it is."""
        order = self.order(client_order_id)
        order.truth[execution_type] += 1
        if (execution_type, reason) == ("TradeCancel", "reorganised"):
            order.truth[TAKEN_BACK] += 1
        if execution_type != "Rejected" or order.status is None or order.truth["New"]:
            order.status = status
        self._changed()

    def note_delivered(self, channel: str) -> None:
        """A unit arrived; it wakes only those who wait for it."""
        self.delivered[channel] += 1
        self._wake()

    def look_again(self) -> None:
        """Ask those who wait: something changed that is not counted here."""
        self._wake()

    def all_agree(self, *, tells_reversals: bool = False) -> bool:
        """True when told and truth agree about every order, and beside."""
        orders_agree = all(
            order.agrees(tells_reversals=tells_reversals)
            for name, order in self.orders.items()
            if name not in self.foreign
        )
        return orders_agree and all(agrees() for agrees in self.beside)

    async def until(self, condition: Callable[[], bool], bound_seconds: float) -> bool:
        """Wait until the condition holds; return False when the bound ran out first."""
        if condition():
            return True
        future = asyncio.get_running_loop().create_future()
        self._waiters.append((condition, future))
        try:
            await asyncio.wait_for(future, bound_seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters = [entry for entry in self._waiters if entry[1] is not future]
        return True

    def _changed(self) -> None:
        self.last_change = self._now()
        self._wake()

    def _wake(self) -> None:
        for condition, future in self._waiters:
            if not future.done() and condition():
                future.set_result(None)
