"""L5 and L9: refusals, rejections and Failure."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import Event, History, OrderStory, Report
from fillproof.harness.rules.evidence import (
    Blame,
    excuse,
    heard,
    missing,
    shows_acceptance,
    shows_refusal,
    states,
)
from fillproof.harness.rules.found import missing_event, wrong_event
from fillproof.harness.rules.orders.endings import lie_behind, rule_broken_by
from fillproof.harness.rules.orders.placing import broken_limits
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding, Outcome

_REFUSED = ("Failure, exactly once", "no Created")
_REJECTED = ("Created, then Failure, exactly once",)
_NO_EVENT = ("no order event: the order is as it was before",)
_NEVER_SENT = (
    "Nothing was sent, so the connector alone knew, for longer than the convergence bound."
)
_NO_PROMISE = "The connector does not promise to tell a refusal as an event (failure)."


def failure_told(history: History, order: OrderStory) -> Iterator[Finding]:
    """L5: a refusal or rejection is told as Failure once; a failed cancel is told as nothing."""
    truth = order.truth
    if truth is None or truth.accepted is None:
        if not _is_checked_locally(history, order):
            yield from _refused(history, order)
        return
    if truth.rejected is not None:
        yield from _rejected(history, order, truth.rejected)
    for event in order.terminals:
        if rule_broken_by(history, order, event) == "L5":
            yield from _wrong_ending(history, order, event, rejected=truth.rejected is not None)


def _is_checked_locally(history: History, order: OrderStory) -> bool:
    return history.declares(Capability.LOCAL_CHECKS) and bool(broken_limits(history, order))


def _refused(history: History, order: OrderStory) -> Iterator[Finding]:
    for created in order.events("Created"):
        lie = excuse(order, created.n, shows_acceptance)
        actual = "Created was told though the venue never accepted the order"
        yield wrong_event(
            history,
            "L5",
            order,
            created,
            Anomaly.PHANTOM_CREATE,
            expected=_REFUSED,
            actual=actual,
            lie=lie,
        )
    yield from _told_again(history, order, _REFUSED)
    if not order.events("Failure") and not _was_told_cancelled(history, order):
        refusal = order.truth.rejected if order.truth else None
        since = refusal.t if refusal else order.place.t
        blame = _refusal_blame(history, order, since)
        actual = "Failure was never told"
        yield missing_event(
            history,
            "L5",
            order,
            Anomaly.GHOST_ORDER,
            expected=_REFUSED,
            actual=actual,
            blame=blame,
            shown=(refusal.n,) if refusal else (),
        )


def _refusal_blame(history: History, order: OrderStory, since: int) -> Blame:
    if not history.declares(Capability.FAILURE):
        return Blame(Outcome.UNSUPPORTED, _NO_PROMISE)
    blame = missing(history, heard(order, shows_refusal), since)
    if not order.requests and not order.truths and blame.outcome is Outcome.FAIL:
        return Blame(blame.outcome, _NEVER_SENT)
    return blame


def _rejected(history: History, order: OrderStory, rejected: Report) -> Iterator[Finding]:
    yield from _told_again(history, order, _REJECTED)
    if not order.events("Failure") and not _had_another_end(history, order):
        blame = Blame(Outcome.UNSUPPORTED, _NO_PROMISE)
        if history.declares(Capability.FAILURE):
            blame = missing(history, heard(order, states("Rejected")), rejected.t)
        actual = "Failure was never told"
        yield missing_event(
            history,
            "L5",
            order,
            Anomaly.GHOST_ORDER,
            expected=_REJECTED,
            actual=actual,
            blame=blame,
            shown=(rejected.n,),
        )


def _had_another_end(history: History, order: OrderStory) -> bool:
    """Return whether another end was rightly told: announced, or in a block that was taken back."""
    ends = order.events("Completed", "Cancelled", "Expired")
    return any(rule_broken_by(history, order, event) is None for event in ends)


def _was_told_cancelled(history: History, order: OrderStory) -> bool:
    """Return whether Cancelled was its end first: announced by the venue, or never sent at all."""
    return any(rule_broken_by(history, order, event) is None for event in order.events("Cancelled"))


def _told_again(
    history: History, order: OrderStory, expected: tuple[str, ...]
) -> Iterator[Finding]:
    for again in order.events("Failure")[1:]:
        actual = f"Failure was told again at {moment(history, again.t)}"
        yield wrong_event(
            history,
            "L5",
            order,
            again,
            Anomaly.DOUBLED_TERMINAL,
            expected=expected,
            actual=actual,
        )


def _wrong_ending(
    history: History, order: OrderStory, event: Event, *, rejected: bool
) -> Iterator[Finding]:
    early = rejected and event.name == "Failure"
    over = order.truth is not None and order.truth.is_over_at(event.n)
    if early:
        actual = f"{event.name} was told before the venue rejected the order"
    else:
        what = "an amend" if order.refused_amends and not order.refused_cancels else "a cancel"
        actual = f"{event.name} was told after {what} that did not happen"
    yield wrong_event(
        history,
        "L5",
        order,
        event,
        Anomaly.WRONG_TERMINAL if over else Anomaly.ZOMBIE_ORDER,
        expected=_REJECTED if early else _NO_EVENT,
        actual=actual,
        lie=lie_behind(history, order, event),
    )


def right_word(history: History, order: OrderStory) -> Iterator[Finding]:
    """L9: a rejection is told as Failure, and neither a cancel nor an expiry is."""
    truth = order.truth
    for event in order.terminals:
        if rule_broken_by(history, order, event) != "L9":
            continue
        if event.name == "Failure":
            ended = truth.announced if truth else None
            ending = "expired" if ended and ended.execution_type == "Expired" else "was cancelled"
            expected = ("Expired",) if ending == "expired" else ("Cancelled",)
            actual = f"Failure was told of an order that {ending}"
        else:
            expected = ("Failure",)
            actual = f"{event.name} was told of an order that the venue rejected"
            if truth is None:
                actual = f"{event.name} was told of an order that never reached the venue's book"
        yield wrong_event(
            history,
            "L9",
            order,
            event,
            Anomaly.WRONG_TERMINAL,
            expected=expected,
            actual=actual,
            lie=lie_behind(history, order, event),
        )
