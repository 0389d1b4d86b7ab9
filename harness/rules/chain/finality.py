"""D3: what only the mempool has is no end of an order."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.wire import Fact
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding, Outcome

_SAYS = {
    "Cancelled": frozenset({"Canceled", "Expired"}),
    "Expired": frozenset({"Canceled", "Expired"}),
    "Completed": frozenset({"Filled"}),
    "Failure": frozenset({"Rejected"}),
}


def has_ends(history: History) -> bool:
    """Return whether an end was told of an order on a chain."""
    return on_a_chain(history) and any(order.events(*_SAYS) for order in history.orders)


def on_a_chain(history: History) -> bool:
    """Return whether the venue of the scenario stands on a chain."""
    return history.header.document.get("venue", {}).get("chain") is not None


def ends_are_true(history: History) -> Iterator[Finding]:
    """D3: yield ends that were told before the venue said so, and those that were taken back."""
    if not on_a_chain(history):
        return
    for order in history.orders:
        for event in order.events(*_SAYS):
            yield from _judge(history, order, event)


def _judge(history: History, order: OrderStory, event: Event) -> Iterator[Finding]:
    truth = order.truth
    if truth is None or truth.accepted is None or _was_said(order, event):
        yield from _taken_back(order, event)
        return
    before = [report for report in truth.reports if report.n < event.n]
    pending = [report for report in before if report.execution_type == "PendingCancel"]
    if event.name != "Cancelled" or not pending or truth.was_over_at(event.n):
        return  # not even the mempool had the end: that is what other rules are for
    yield breach(
        "D3",
        order,
        Anomaly.EARLY_TERMINAL,
        expected=("Cancelled once a message of the venue says canceled",),
        actual=f"Cancelled was told at {moment(history, event.t)}; no block had the cancel",
        why="A transaction in the mempool may be late, fail, or be lost; the order can still fill.",
        at=event.n,
        marks=(pending[-1].n, event.n),
    )


def _was_said(order: OrderStory, event: Event) -> bool:
    """Return whether a message said so before it was told, or that there is no such order."""
    return any(fact.n < event.n and _says(fact, event) for fact in order.facts)


def _says(fact: Fact, event: Event) -> bool:
    if fact.fact == "status":
        return fact.order_status in _SAYS[event.name]
    if fact.fact == "fill":
        return event.name == "Completed"
    return fact.fact == "unknown_order" and event.name in {"Cancelled", "Failure"}


def _taken_back(order: OrderStory, event: Event) -> Iterator[Finding]:
    """Yield an end that was so, and then was taken back, and came otherwise."""
    truth = order.truth
    if truth is None:
        return
    revived = [r for r in truth.reports if r.is_reorganised and r.n > event.n]
    true_end = truth.ended.order_status if truth.ended is not None else "no end"
    if not revived or true_end in _SAYS[event.name] or truth.killed_on_arrival:
        return
    yield breach(
        "D3",
        order,
        Anomaly.EARLY_TERMINAL,
        expected=("an end once the block that has it is final",),
        actual=f"{event.name} was told of a block that was taken back; in the end: {true_end}",
        why="The venue had said so; finality was still to come.",
        at=event.n,
        marks=(event.n, revived[0].n),
        outcome=Outcome.NON_STRICT,
    )
