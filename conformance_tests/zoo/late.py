"""Animals that break L6, L7 and L8 by telling late what they knew long before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen, Status

_LATER_SECONDS = 10


class _Later(Caretaker):
    """Takes in some facts only after a while."""

    def _waits(self, fact: Fact) -> bool:
        raise NotImplementedError

    def hear(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        late = [fact for fact in facts if self._waits(fact)]
        super().hear(client_order_id, [fact for fact in facts if fact not in late])
        if late:
            self._tasks.start(self._hear_later(client_order_id, late), "late")

    async def _hear_later(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        await asyncio.sleep(_LATER_SECONDS)
        super().hear(client_order_id, facts)


class _FillsLater(_Later):
    def _waits(self, fact: Fact) -> bool:
        is_of_fills = isinstance(fact, Seen) and fact.cumulative_quantity > 0
        return isinstance(fact, Fill) or is_of_fills


class FillsAtTheNextPoll(Animal):
    """What a message says of fills is taken in with the next poll."""

    caretaker = _FillsLater


class _EndsLater(_Later):
    def _waits(self, fact: Fact) -> bool:
        return isinstance(fact, Seen) and fact.status is not Status.OPEN


class EndsAtTheNextPoll(Animal):
    """What a message says of the end of an order is taken in with the next poll."""

    caretaker = _EndsLater


class CompletesAtTheNextPoll(Animal):
    """Completed follows the last Filled only with the next poll."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is not EventName.COMPLETED:
            return (told,)
        self.listener.spawn(self._say_later(told), "late")
        return ()

    async def _say_later(self, told: Told) -> None:
        await asyncio.sleep(_LATER_SECONDS)
        self.listener.tell(told)
