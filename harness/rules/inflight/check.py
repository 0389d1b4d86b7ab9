"""Asks every rule of the family about everything that in-flight orders said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.in_flight import Said
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.inflight import flags, members
from fillproof.harness.rules.inflight.wrong import Wrong
from fillproof.harness.verdict import Finding

Check = Callable[[History, OrderStory, Said], Iterator[Wrong]]

SAID: Mapping[str, tuple[Check, Anomaly]] = {
    "I1": (flags.is_done_rightly, Anomaly.WRONG_FLAG),
    "I2": (flags.is_cancelled_rightly, Anomaly.WRONG_FLAG),
    "I3": (flags.is_failure_rightly, Anomaly.WRONG_FLAG),
    "I4": (members.assets_are_the_markets, Anomaly.GARBLED_HELPER),
    "I5": (members.id_is_the_venues, Anomaly.UNKNOWN_ID),
    "I7": (members.limit_order_is_right, Anomaly.GARBLED_HELPER),
    "I8": (members.copy_says_the_same, Anomaly.LOSSY_JSON),
    "I9": (members.filled_is_the_sum, Anomaly.GARBLED_HELPER),
}
"""By rule: what is wrong with one answer, and what that is called. I6 is not about answers."""

_WHY = "It is the connector's own object, and a strategy acts on what it says."


def said_something(history: History) -> bool:
    """Return whether any in-flight order was asked."""
    return bool(history.said)


def check_of(rule: str) -> Callable[[History], Iterator[Finding]]:
    """Return the check of one rule over a whole case: what is wrong first with each order."""
    check, anomaly = SAID[rule]

    def of_every_order(history: History) -> Iterator[Finding]:
        shared = {order.client_order_id for order in history.collisions}
        for order in history.orders:
            if order.client_order_id not in {None, *shared}:
                first = next(_wrong_of(check, history, order), None)
                if first is not None:
                    yield _finding(rule, order, anomaly, *first)

    return of_every_order


def _wrong_of(check: Check, history: History, order: OrderStory) -> Iterator[tuple[Said, Wrong]]:
    for said in history.said:
        if said.client_order_id == order.client_order_id:
            yield from ((said, wrong) for wrong in check(history, order, said))


def _finding(rule: str, order: OrderStory, anomaly: Anomaly, said: Said, wrong: Wrong) -> Finding:
    return breach(
        rule,
        order,
        anomaly,
        expected=(wrong.expected,),
        actual=f"at {said.at}: {wrong.actual}",
        why=_WHY,
        at=said.n,
        outcome=wrong.outcome,
    )
