"""Events of orders that nobody placed."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History
from fillproof.harness.rules.wording import told
from fillproof.harness.verdict import Finding, Outcome

_NEVER_FOR_NOTHING = {
    "Created": "L4",
    "Filled": "L6",
    "Completed": "L7",
    "Cancelled": "L8",
    "Expired": "L8",
    "Failure": "L5",
}
_OF_NOTHING = {"Created": Anomaly.PHANTOM_CREATE, "Filled": Anomaly.PHANTOM_FILL}


def events_of_no_order(history: History) -> Iterator[Finding]:
    """Yield a breach for every event whose client order id no call ever got."""
    found_elsewhere = {truth.client_order_id for truth in (*history.strays, *history.foreign)}
    for event in history.orphans:
        # Else U1 finds the order that nobody placed, or A4 that somebody else did.
        if event.client_order_id not in found_elsewhere:
            yield _orphan(history, event)


def _orphan(history: History, event: Event) -> Finding:
    asked = any(
        cancel.client_order_id == event.client_order_id and cancel.n < event.n
        for cancel in history.cancels
    )
    actual = f"{told(event)} was told of {event.client_order_id}, which nobody placed"
    return Finding(
        rule="L5" if asked else _NEVER_FOR_NOTHING[event.name],
        outcome=Outcome.FAIL,
        expected=("events of placed orders only",),
        actual=f"{actual} (a cancel was asked for)" if asked else actual,
        why="What was told is of no order that the strategy has.",
        at=event.n,
        marks=(event.n,),
        client_order_id=event.client_order_id,
        anomaly=_OF_NOTHING.get(event.name, Anomaly.WRONG_TERMINAL),
    )
