"""I6: asking for the venue's id waits until it is known, and no longer."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.in_flight import Identified
from fillproof.harness.rules.found import breach, end_of
from fillproof.harness.rules.wording import seconds
from fillproof.harness.verdict import Finding

_EXPECTED = ("the answer is the venue's id, no later than Created is told, or at once after that",)
_WHY = "Whoever needs the id (a cancel, a look-up) can do nothing until it has it."


def asks_for_the_id(history: History) -> bool:
    """Return whether a strategy asked for the id of an order."""
    return bool(history.identify_calls)


def id_is_waited_for(history: History) -> Iterator[Finding]:
    """I6: each question has its answer in time, and the right one."""
    orders = {order.client_order_id: order for order in history.orders}
    for call in history.identify_calls:
        order = orders.get(call.client_order_id)
        if order is not None and not _was_cut_short(history, call):
            yield from _of_a_call(history, order, call)


def _was_cut_short(history: History, call: Identified) -> bool:
    """Return whether the connector was stopped or killed before it had to answer."""
    answer = _answer_to(history, call)
    end = end_of(history) if answer is None else answer.n
    return any(phase.phase == "down" and call.n < phase.n < end for phase in history.phases)


def _answer_to(history: History, call: Identified) -> Identified | None:
    answers = (a for a in history.identify_answers if a.client_order_id == call.client_order_id)
    return next((answer for answer in answers if answer.n > call.n), None)


def _of_a_call(history: History, order: OrderStory, call: Identified) -> Iterator[Finding]:
    answer, created = _answer_to(history, call), order.events("Created")
    wrong = None
    if answer is None:
        if created:
            wrong = "no answer came, though Created was told"
    elif answer.raised is not None:
        if created:
            after = seconds(answer.t - call.t)
            wrong = f"after {after} it raised {answer.raised}; Created was told"
    elif answer.venue_order_id is None:
        if created:
            wrong = "the answer is no id, though Created was told"
    elif answer.venue_order_id not in {truth.venue_order_id for truth in order.truths}:
        wrong = f"the answer is {answer.venue_order_id}, which is no id of the order"
    elif created and answer.t > max(call.t, created[0].t):
        wrong = f"the answer came {seconds(answer.t - max(call.t, created[0].t))} late"
    if wrong is not None:
        yield breach(
            "I6",
            order,
            Anomaly.UNKNOWN_ID,
            expected=_EXPECTED,
            actual=wrong,
            why=_WHY,
            at=call.n if answer is None else answer.n,
            marks=(call.n,) if answer is None else (call.n, answer.n),
        )
