"""I5: an order that is tracked after its Created has an in-flight order that can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History
from fillproof.harness.history.told import Reading
from fillproof.harness.rules.found import breach
from fillproof.harness.verdict import Finding

_ALL_ARE_ASKED = frozenset({"restored", "up", "quiet", "stopping"})
"""The readings at which every tracked order is asked."""

_WHY = "Whoever needs the id (a cancel, a look-up) has nobody to ask for it."


def has_in_flight_orders(history: History) -> bool:
    """Return whether the connector promises them."""
    return history.declares(Capability.IN_FLIGHT)


def orders_that_are_not_there(history: History) -> Iterator[Finding]:
    """Yield, for each order, the first reading that tracks it while it has no in-flight order."""
    for order in history.orders:
        created = order.events("Created")
        if order.client_order_id is None or not created:
            continue
        until = order.terminals[0].n if order.terminals else len(history.lines)
        for reading in history.readings:
            is_tracked = order.client_order_id in (reading.tracked or ())
            lives = created[0].n < reading.n < until
            is_asked = reading.at in _ALL_ARE_ASKED and lives
            if is_tracked and is_asked and not _answers(history, order.client_order_id, reading):
                yield breach(
                    "I5",
                    order,
                    Anomaly.UNKNOWN_ID,
                    expected=("an order that is tracked has an in-flight order with its id",),
                    actual=f"at {reading.at}: it is tracked and has none",
                    why=_WHY,
                    at=reading.n,
                )
                break


def _answers(history: History, client_order_id: str, reading: Reading) -> bool:
    return any(
        said.client_order_id == client_order_id and said.n > reading.n and said.t == reading.t
        for said in history.said
    )
