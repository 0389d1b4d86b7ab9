"""E1 and R9: what the scenario itself expects and awaits of an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.absences import REACTION_NS
from fillproof.harness.history.model import Step
from fillproof.harness.history.wire import Fact
from fillproof.harness.numbers import same
from fillproof.harness.rules.evidence import (
    Says,
    heard,
    shows_acceptance,
    shows_refusal,
    states,
)
from fillproof.harness.rules.found import breach, end_of
from fillproof.harness.rules.run.conduct import AWAIT_CAME
from fillproof.harness.rules.wording import moment, seconds, trace
from fillproof.harness.verdict import Finding, Outcome

_OWED_BY = {
    "Created": "L4",
    "Filled": "L6",
    "Completed": "L7",
    "Cancelled": "L8",
    "Expired": "L8",
    "Failure": "L5",
}
_LATE = {"Created": Anomaly.LATE_CREATE, "Filled": Anomaly.LATE_FILL} | dict.fromkeys(
    ("Completed", "Cancelled", "Expired", "Failure"), Anomaly.GHOST_ORDER
)


def expected_traces(history: History, order: OrderStory) -> Iterator[Finding]:
    """E1: the told events are, in their order, one of the traces the scenario allows."""
    expect = (history.header.document.get("expect") or {}).get(order.label)
    if expect is None:
        return
    passing, lax = expect.get("pass") or [], expect.get("non_strict") or []
    if any(_matches(words, order.told) for words in passing):
        return
    why, outcome = "No trace allows it.", Outcome.FAIL
    if any(_matches(words, order.told) for words in lax):
        why, outcome = "The scenario allows it as NON_STRICT.", Outcome.NON_STRICT
    elif not _had_its_time(history, order):
        why, outcome = "The run ended before the last call could have its outcome.", Outcome.UNKNOWN
    yield breach(
        "E1",
        order,
        Anomaly.UNEXPECTED_TRACE,
        expected=tuple(", ".join(words) or "nothing" for words in passing),
        actual=trace(order.told),
        why=why,
        at=end_of(history),
        marks=tuple(event.n for event in order.told),
        outcome=outcome,
    )


def _had_its_time(history: History, order: OrderStory) -> bool:
    last_call = max(order.place.t, *(cancel.t for cancel in order.cancels), 0)
    return history.settled is not None and history.settled.t - last_call >= REACTION_NS


def _matches(words: Sequence[str], events: Sequence[Event]) -> bool:
    return len(words) == len(events) and all(
        _is_told(word, event) for word, event in zip(words, events, strict=True)
    )


def _is_told(word: str, event: Event) -> bool:
    name, _, amount = word.partition(" ")
    if name != event.name:
        return False
    return not amount or (event.amount is not None and same(Decimal(amount), event.amount))


def awaited(history: History, found: Iterable[Finding]) -> Iterator[Finding]:
    """R9: what a scenario awaits of the connector is told in time.

    An await that ran out is explained by any finding of the contract about its order. Else it is a
    breach of the rule that owes the event when the fact was delivered in time, and UNKNOWN when it
    was not.
    """
    judged = {finding.order for finding in found if not finding.rule.startswith("R")}
    for step in history.steps:
        if step.state == "expired" and step.op == "await" and step.step.get("told"):
            label = str(step.step.get("order"))
            order = next((o for o in history.orders if o.label == label), None)
            if order is not None and label not in judged:
                yield _ran_out(history, order, step)


def _ran_out(history: History, order: OrderStory, step: Step) -> Finding:
    name, count = str(step.step["told"]), int(step.step.get("count") or 1)
    told = order.events(name)
    late = told[count - 1] if len(told) >= count else None
    known = heard(order, _says(late)) if late else None
    marks = tuple(event.n for event in told)
    if late is None or known is None or history.awake(known.t, step.t) < REACTION_NS:
        return breach(
            AWAIT_CAME.id,
            order,
            None,
            expected=(f"{name} is told within the bound of the await",),
            actual=f"the await of {name} (line {step.line}) ran out",
            why="No rule owed it by then, as far as anything delivered shows.",
            at=step.n,
            marks=(step.n, *marks),
        )
    return breach(
        _OWED_BY[name],
        order,
        _LATE[name],
        expected=(f"{name} is told within the bound of the await",),
        actual=f"{name} was told {seconds(late.t - known.t)} after it was known",
        why=f"It was delivered: {known.channel} said so at {moment(history, known.t)}.",
        at=late.n,
        marks=(known.n, step.n, late.n),
    )


def _says(event: Event) -> Says:
    match event.name:
        case "Created":
            return shows_acceptance
        case "Failure":
            return shows_refusal
        case "Completed":
            return states("Filled")
        case "Filled":
            return lambda fact: _is_fill(fact, event)
        case _:
            return states("Canceled", "Expired")


def _is_fill(fact: Fact, event: Event) -> bool:
    if fact.fact != "fill":
        return False
    return event.trade_id is None or fact.trade_id in {None, event.trade_id}
