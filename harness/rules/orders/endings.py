"""Which rule a told ending breaks by itself, given what truth was when it was told."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.harness.history import Event, History, OrderStory, OrderTruth
from fillproof.harness.history.wire import Fact
from fillproof.harness.rules.evidence import (
    Says,
    excuse,
    reached,
    shows_acceptance,
    shows_refusal,
    states,
)

_CLIENT_ERROR = 400
_DUPLICATE = "duplicate_client_order_id"


def rule_broken_by(history: History, order: OrderStory, event: Event) -> str | None:
    """Return the rule that a terminal event breaks by being told, None when truth says the same.

    That it was told before, or after another ending, is not looked at.
    """
    truth = order.truth
    if truth is None or truth.accepted is None:
        taken_back = event.name == "Cancelled" and _was_withdrawn(order, event.n)
        return None if taken_back else _REFUSED[event.name]
    if event.name in _words_of(truth, event.n):
        return None
    if event.name == "Completed":
        return "L7"
    if event.name == "Failure":
        return _failure_breaks(history, order, truth, event)
    if truth.rejected and truth.rejected.n < event.n:
        return "L9"
    return "L5" if change_failed(history, order, event.n) else "L8"


_REFUSED = {"Failure": None, "Completed": "L7", "Cancelled": "L9", "Expired": "L9"}


def _failure_breaks(history: History, order: OrderStory, truth: OrderTruth, event: Event) -> str:
    if truth.announced and truth.announced.n < event.n:
        return "L9"
    if truth.rejected or change_failed(history, order, event.n):
        return "L5"
    return "U1"


def _words_of(truth: OrderTruth, n: int) -> frozenset[str]:
    """Return the endings that truth allows to be told at a line of the recording."""
    words = set()
    if truth.accepted and truth.filled_before(n) >= truth.wanted_at(n):
        words.add("Completed")
    if truth.announced and truth.announced.n < n:
        # It was told rightly also of an end that was taken back later.
        expired = any(r.order_status == "Expired" and r.n < n for r in truth.reports)
        # Expired told as Cancelled is no lie: L8 calls it NON_STRICT.
        words |= {"Expired", "Cancelled"} if expired else {"Cancelled"}
        if truth.was_killed_before(n):
            words |= {"Expired", "Cancelled", "Failure"}
    if truth.was_rejected_before(n):
        words.add("Failure")
    return frozenset(words)


def _was_withdrawn(order: OrderStory, before: int) -> bool:
    """Return whether the strategy cancelled, before a line, an order that was never sent."""
    never_sent = not order.requests and not order.truths
    return never_sent and any(cancel.n < before for cancel in order.cancels)


def change_failed(history: History, order: OrderStory, before: int) -> bool:
    """Return whether a cancel, an amend or a replace of the order had failed before a line.

    That is: it was refused, or answered with an error.
    """
    replaces = [o.place.n for o in history.orders if o.place.replaces == order.client_order_id]
    changes = [amend.n for amend in order.amends] + replaces
    cancels = [cancel.n for cancel in order.cancels]
    refusals = [refusal.n for refusal in order.refused_cancels]
    refusals += [refusal.n for refusal in order.refused_amends]
    asked = any(n < before for n in (*cancels, *changes))
    refused = asked and min(refusals, default=before) < before
    return (
        refused
        or _answered_with_an_error(history, "cancel_reply", cancels, before)
        or _answered_with_an_error(history, "amend_reply", changes, before)
    )


def _answered_with_an_error(
    history: History, channel: str, asked: Iterable[int], before: int
) -> bool:
    first = min(asked, default=before)
    return any(
        line.kind == "delivered"
        and line.data.get("channel") == channel
        and _is_error(history, str(line.data.get("unit")))
        for line in history.lines[first:before]
    )


def _is_error(history: History, unit: str) -> bool:
    sent = history.units.get(unit)
    return sent is not None and sent.status is not None and sent.status >= _CLIENT_ERROR


_SAYS: dict[str, Says] = {
    "Completed": states("Filled"),
    "Cancelled": states("Canceled", "Expired"),
    "Expired": states("Expired"),
    "Failure": shows_refusal,
}


def lie_behind(history: History, order: OrderStory, event: Event) -> Fact | None:
    """Return the faulty message that said exactly what a terminal event tells, or None."""
    lie = excuse(order, event.n, _SAYS[event.name])
    if lie is None and event.name == "Failure":
        return _denial_behind(history, order, event) or _answer_to_a_copy(order, event.n)
    return lie


def _denial_behind(history: History, order: OrderStory, event: Event) -> Fact | None:
    """Return the faulty answer that the order does not exist, unless it was known to.

    After any sign of life it is the word of a replica that lags behind, and proves nothing; but on
    a chain an order can be gone without a word: who heard it for a whole window may go by it.
    """
    signs = [f for f in order.facts if f.heard and shows_acceptance(f) and f.n < event.n]
    if not signs:
        return excuse(order, event.n, _says_it_does_not_exist)
    denials = (fact for fact in order.facts if fact.altered and signs[-1].n < fact.n < event.n)
    denial = next(filter(_says_it_does_not_exist, denials), None)
    if denial is None or not history.header.decentralised:
        return None
    return denial if event.t - denial.t >= history.header.grace_window else None


def _says_it_does_not_exist(fact: Fact) -> bool:
    return fact.fact == "unknown_order" and fact.channel == "query_reply"


def _answer_to_a_copy(order: OrderStory, before: int) -> Fact | None:
    """Return the refusal of a copy that a proxy made of the one request, passed on as the answer.

    A copy that is refused as a duplicate proves that the first got through, and excuses nothing.
    One that was to replace an order, which the first had done, is refused without being tried.
    """
    copies = (truth.rejected for truth in order.truths if truth.accepted is None)
    for_itself = any(copy is not None and copy.reason != _DUPLICATE for copy in copies)
    refusal = reached(order, lambda fact: bool(fact.faults) and shows_refusal(fact))
    for_itself |= order.place.replaces is not None
    if len(order.requests) != 1 or not for_itself or refusal is None or refusal.n > before:
        return None
    return refusal
