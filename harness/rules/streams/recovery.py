"""S5: what was missed while the user stream was down is told soon after it is back."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import History, OrderStory
from fillproof.harness.rules.catalogue import RULES
from fillproof.harness.rules.run.recovery import told_of_truth
from fillproof.harness.rules.streams.spans import Deafness, calm_since, deafnesses
from fillproof.harness.rules.wording import moment, seconds, told
from fillproof.harness.verdict import Finding

ASKING_NS = 10_000_000_000
"""How long asking and telling may take, in virtual nanoseconds."""


def missed_is_told(history: History) -> Iterator[Finding]:
    """S5: every event that is told late was told within ten seconds of the new subscription."""
    for order in history.orders:
        found = next(_late(history, order), None)
        if found is not None:
            yield found


def misses(history: History) -> bool:
    """Return whether anything that was told had happened while the stream was down."""
    return any(
        _is_within(deafness, since)
        for order in history.orders
        for since, _ in told_of_truth(order)
        for deafness in deafnesses(history)
    )


def _late(history: History, order: OrderStory) -> Iterator[Finding]:
    for deafness in deafnesses(history):
        if deafness.end is None:
            continue
        for since, event in told_of_truth(order):
            if not _is_within(deafness, since):
                continue
            late = event.t - deafness.end.t
            undisturbed = calm_since(history, deafness.end.t, event.t) == deafness.end.t
            if late > ASKING_NS and undisturbed:
                yield Finding(
                    rule="S5",
                    outcome=RULES["S5"].severity.outcome,
                    expected=(f"{told(event)} within {seconds(ASKING_NS)}",),
                    actual=f"{told(event)} {seconds(late)} after the stream was back",
                    why=f"It happened at {moment(history, since)}, while the stream was down: "
                    f"{deafness.how}. No event of a stream tells what was before it.",
                    at=event.n,
                    marks=(deafness.begin.n, deafness.end.n, event.n),
                    order=order.label,
                    client_order_id=order.client_order_id,
                )


def _is_within(deafness: Deafness, t: int) -> bool:
    return deafness.end is not None and deafness.begin.t <= t < deafness.end.t
