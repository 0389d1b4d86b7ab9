"""Animals that break A1 to A5: they follow the wrong orders, or follow them wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from conformance_tests.zoo.animal import Animal, Orders
from conformance_tests.zoo.planted import planted

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import EventName, Reading, Told
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.facts import Fact
from fillproof.harness.connectors.reference.journal import Journal


class RemembersNothing(Animal):
    """Nothing is written down of the orders in flight."""

    def persist(self) -> Any:
        return []


class RemembersTheCreated(Animal):
    """An order is written down when it is told as Created, not when it is sent."""

    def persist(self) -> Any:
        return [entry for entry in super().persist() if entry["stage"] != "sending"]


class _Endless(Journal):
    def strike(self, client_order_id: str) -> None:
        """Keep what is over."""


class _KeepsItsJournal(Orders):
    def __init__(self, grace_ns: int = 0) -> None:
        super().__init__(grace_ns)
        self.journal = _Endless()


class RemembersTheEnded(Animal):
    """Orders that are over stay in what is written down, as they last stood in flight."""

    ledger = _KeepsItsJournal


class RestoresTwice(Animal):
    """What was written down is restored, and again what the list of open orders says."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._restored: tuple[str, ...] = ()

    def restore(self, state: Any) -> None:
        super().restore(state)
        self._restored = self._connector.tracked()

    def reading(self) -> Reading:
        read = super().reading()
        tracked = read.tracked or ()
        again = (one for one in tracked if one in self._restored)
        return replace(read, tracked=(*tracked, *again))


class _Adopts(Caretaker):
    def hear(self, client_order_id: str, facts: Sequence[Fact]) -> None:
        if self._ledger.remember(client_order_id) is None:
            self._tell(Told(EventName.CREATED, client_order_id))
        super().hear(client_order_id, facts)


class TellsOfStrangers(Animal):
    """Whatever the stream says of an order that it does not know, it takes for news of its own."""

    caretaker = _Adopts


class TracksTheNewest(Animal):
    """There is room for one order in flight: a new one takes the place of the one before."""

    def reading(self) -> Reading:
        read = super().reading()
        return replace(read, tracked=(read.tracked or ())[-1:])


ROWS = (
    planted(
        RemembersNothing,
        "restarts/stopped_with_an_open_order",
        "A1",
        Anomaly.FORGOTTEN_ORDER,
    ),
    planted(
        RemembersTheCreated,
        "restarts/killed_between_create_request_and_reply",
        "A1",
        Anomaly.FORGOTTEN_ORDER,
    ),
    planted(
        RemembersTheEnded,
        "restarts/killed_between_the_last_fill_and_the_next_look",
        "A2",
        Anomaly.REVIVED_ORDER,
    ),
    planted(RestoresTwice, "restarts/stopped_with_an_open_order", "A3", Anomaly.TRACKED_TWICE),
    planted(
        TellsOfStrangers,
        "restarts/strangers_orders_on_the_same_key",
        "A4",
        Anomaly.STRANGERS_ORDER,
    ),
    planted(
        TracksTheNewest,
        "restarts/strangers_orders_on_the_same_key",
        "A5",
        Anomaly.FORGOTTEN_ORDER,
    ),
)
"""Each with the scenario that shows it, and the rule that is its root."""
