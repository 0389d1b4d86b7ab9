"""L10 and L10a: what follows the end of an order."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History, OrderStory
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.orders.created import comes_late
from fillproof.harness.rules.orders.pairing import true_fills
from fillproof.harness.rules.wording import distance, told, trace
from fillproof.harness.verdict import Finding

_ITS_OWN = "How often and in which order it tells is the connector's own."


def one_end(_history: History, order: OrderStory) -> Iterator[Finding]:
    """L10: an order ends once, and stays ended."""
    terminals = order.terminals
    if not terminals:
        return
    end = terminals[0]
    if len(terminals) > 1:
        yield breach(
            "L10",
            order,
            Anomaly.DOUBLED_TERMINAL,
            expected=("one terminal event",),
            actual=f"{trace(terminals)} were told",
            why=_ITS_OWN,
            at=terminals[1].n,
            marks=tuple(event.n for event in terminals),
        )
    for created in order.events("Created"):
        if created.n > end.n and not comes_late(order, created):
            yield breach(
                "L10",
                order,
                Anomaly.REOPENED_TERMINAL,
                expected=(f"nothing reopens the order after {end.name}",),
                actual=f"Created was told {distance(end.t, created.t)}after {end.name}",
                why=_ITS_OWN,
                at=created.n,
                marks=(end.n, created.n),
            )


def nothing_follows(history: History, order: OrderStory) -> Iterator[Finding]:
    """L10a: on a centralised venue no Filled follows the end, and tracking ends with it."""
    if not order.terminals:
        return
    end = order.terminals[0]
    late = [event for event in true_fills(order) if event.n > end.n]
    if late and end.name != "Completed":  # after Completed it is L7
        yield breach(
            "L10a",
            order,
            Anomaly.LATE_FILL,
            expected=(f"every Filled before {end.name}",),
            actual=f"{told(late[0])} was told {distance(end.t, late[0].t)}after {end.name}",
            why="Told once and late is better than never: truth goes before order.",
            at=late[0].n,
            marks=(end.n, *(event.n for event in late)),
        )
    yield from _still_tracked(history, order, end.n)


def _still_tracked(history: History, order: OrderStory, ended: int) -> Iterator[Finding]:
    if not history.declares(Capability.TRACKING):
        return
    for reading in history.readings:
        final = reading.at in {"quiet", "stopping"} and reading.n > ended
        if final and reading.tracked and order.client_order_id in reading.tracked:
            yield breach(
                "L10a",
                order,
                Anomaly.LEAKED_TRACKING,
                expected=("tracking ends with the terminal event",),
                actual=f"the order was still tracked when the world was {reading.at}",
                why=_ITS_OWN,
                at=reading.n,
                marks=(ended, reading.n),
            )
            return
