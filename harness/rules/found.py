"""Makes findings: about one order, and about none."""

from __future__ import annotations

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.wire import Fact
from fillproof.harness.rules.catalogue import RULES
from fillproof.harness.rules.evidence import Blame
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding, Outcome

INVENTED = "What was told is not so, and no faulty message said it."
ITS_OWN = "What is sent, and when, is the connector's own doing."


def end_of(history: History) -> int:
    """Return the number after the last line: where what never came is missed."""
    return len(history.lines)


def breach(
    rule: str,
    order: OrderStory,
    anomaly: Anomaly | None,
    *,
    expected: tuple[str, ...],
    actual: str,
    why: str,
    at: int,
    marks: tuple[int, ...] | None = None,
    outcome: Outcome | None = None,
) -> Finding:
    """Return the finding that a rule is broken; its outcome is the rule's unless said."""
    return Finding(
        rule=rule,
        outcome=outcome or RULES[rule].severity.outcome,
        expected=expected,
        actual=actual,
        why=why,
        at=at,
        marks=(at,) if marks is None else marks,
        order=order.label,
        client_order_id=order.client_order_id,
        anomaly=anomaly,
    )


def case_breach(
    rule: str,
    *,
    expected: str,
    actual: str,
    why: str,
    at: int,
    marks: tuple[int, ...] | None = None,
    order: str | None = None,
    outcome: Outcome | None = None,
) -> Finding:
    """Return the finding that a rule is broken by what is of no order's story.

    `order` is the label that a step names, if it names one.
    """
    return Finding(
        rule=rule,
        outcome=outcome or RULES[rule].severity.outcome,
        expected=(expected,),
        actual=actual,
        why=why,
        at=at,
        marks=(at,) if marks is None else marks,
        order=order,
    )


def wrong_event(
    history: History,
    rule: str,
    order: OrderStory,
    event: Event,
    anomaly: Anomaly,
    *,
    expected: tuple[str, ...],
    actual: str,
    lie: Fact | None = None,
) -> Finding:
    """Return the finding that an event is wrong: INFO when a faulty message said exactly that."""
    why = INVENTED
    if lie is not None:
        faults = ", ".join(lie.faults)
        why = f"A faulty message ({lie.channel}, fault {faults}) said so at "
        why += f"{moment(history, lie.t)}."
    return breach(
        rule,
        order,
        anomaly,
        expected=expected,
        actual=actual,
        why=why,
        at=event.n,
        marks=(event.n, lie.n) if lie else (event.n,),
        outcome=Outcome.INFO if lie else None,
    )


def missing_event(
    history: History,
    rule: str,
    order: OrderStory,
    anomaly: Anomaly,
    *,
    expected: tuple[str, ...],
    actual: str,
    blame: Blame,
    at: int | None = None,
    shown: tuple[int, ...] = (),
) -> Finding:
    """Return the finding that an owed event was not told, with the outcome its blame says.

    `shown` are the lines of truth that made it owed.
    """
    end = end_of(history)
    return breach(
        rule,
        order,
        anomaly,
        expected=expected,
        actual=actual,
        why=blame.why,
        at=end if at is None else at,
        marks=shown if blame.n is None else (*shown, blame.n),
        outcome=blame.outcome,
    )
