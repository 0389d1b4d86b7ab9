"""A1 and A2: which orders the connector that takes over follows."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.told import Reading
from fillproof.harness.rules.found import breach
from fillproof.harness.verdict import Finding

_WHY = "What was persisted is the connector's own choice; nothing that crossed can excuse it."


def was_restarted(history: History) -> bool:
    """Return whether another connector took over."""
    return any(reading.at == "up" for reading in history.readings)


def live_orders_restored(history: History) -> Iterator[Finding]:
    """A1: who was not told an end has somebody who follows the order."""
    for order, reading, down in _after_restarts(history, "up"):
        owed = order.returned is not None and order.returned.n < down
        ended = any(event.n < reading.n for event in order.terminals)
        if owed and not ended and order.client_order_id not in (reading.tracked or ()):
            yield breach(
                "A1",
                order,
                Anomaly.FORGOTTEN_ORDER,
                expected=(f"{order.client_order_id} is tracked after the restart",),
                actual=f"tracked are {', '.join(reading.tracked or ()) or 'no orders'}",
                why=_WHY,
                at=down,
                marks=(down, reading.n),
            )
            return


def ended_orders_left(history: History) -> Iterator[Finding]:
    """A2: who was told an end hears of the order no more."""
    for order, reading, down in _after_restarts(history, "restored", "up"):
        if order.client_order_id not in (reading.tracked or ()):
            continue
        ends = [event for event in order.terminals if event.n < down]
        if ends and not _may_still_fill(history, order, reading, ends[0]):
            yield breach(
                "A2",
                order,
                Anomaly.REVIVED_ORDER,
                expected=(f"{order.client_order_id} is over: {ends[0].name} was told",),
                actual="it is tracked after the restart",
                why=_WHY,
                at=reading.n,
                marks=(ends[0].n, reading.n),
            )
            return


def _may_still_fill(history: History, order: OrderStory, reading: Reading, told: Event) -> bool:
    """Return whether a decentralised venue may fill it yet; a new window begins with a restart.

    The window begins with the venue's end, or with the told one of an order that is in no block.
    """
    if not history.header.decentralised:
        return False
    ended_t = told.t
    if order.truth is not None:
        if order.truth.is_full:
            return False
        rejected = (r for r in order.truth.reports if r.execution_type == "Rejected")
        ended = order.truth.announced or next(rejected, None)
        ended_t = told.t if ended is None else ended.t
    return reading.t <= ended_t + 2 * history.header.grace_window


def _after_restarts(history: History, *at: str) -> Iterator[tuple[OrderStory, Reading, int]]:
    """Yield every order with each reading of a connector that took over, and when the last went."""
    shared = {order.client_order_id for order in history.collisions}
    for reading in history.readings:
        if reading.at in at:
            downs = [p.n for p in history.phases if p.phase == "down" and p.n < reading.n]
            for order in history.orders:
                if order.client_order_id not in {None, *shared} and order.place.n < reading.n:
                    yield order, reading, downs[-1]
