"""D2: a fill that the chain takes back is told as Reversed, once, as it was told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.truth import Report
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.evidence import excuse, heard, missing
from fillproof.harness.rules.found import missing_event, wrong_event
from fillproof.harness.rules.orders.lateness import told_at_once
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding

TAKEN_BACK = "fill_taken_back"
"""The fact that states it."""


def has_reversals(history: History) -> bool:
    """Return whether a chain took a fill back, or one was told as if it had."""
    return any(_taken_back(order) or order.events("Reversed") for order in history.orders)


def reversals_told(history: History) -> Iterator[Finding]:
    """D2: yield what was taken back and never told, and what was told and never taken back."""
    for order in history.orders:
        taken = _taken_back(order)
        for event in order.events("Reversed"):
            yield from _wrong(history, order, event, taken)
        for report in taken:
            yield from _untold(history, order, report)


def _taken_back(order: OrderStory) -> tuple[Report, ...]:
    """Return the reports that took a fill back."""
    return tuple(
        report
        for truth in order.truths
        for report in truth.reports
        if report.execution_type == "TradeCancel" and report.is_reorganised
    )


def _untold(history: History, order: OrderStory, report: Report) -> Iterator[Finding]:
    """Yield a fill that was told and is kept, or was for long; one never told needs no word."""
    fills = [event for event in order.events("Filled") if event.trade_id == report.trade_id]
    told = [event for event in order.events("Reversed") if event.trade_id == report.trade_id]
    known = heard(order, lambda f: f.fact == TAKEN_BACK and f.trade_id == report.trade_id)
    if told and known is not None and fills and fills[0].n < known.n:
        yield from told_at_once(history, "D2", order, told[0], Anomaly.KEPT_FILL, known)
    if told or not fills:
        return
    blame = missing(history, known, report.t)
    yield missing_event(
        history,
        "D2",
        order,
        Anomaly.KEPT_FILL,
        expected=(
            f"Reversed {plain(report.last_quantity or Decimal(0))} (trade {report.trade_id})",
        ),
        actual=f"the fill that was taken back at {moment(history, report.t)} is kept",
        blame=blame,
        at=blame.n,
        shown=(fills[0].n, report.n),
    )


def _wrong(
    history: History, order: OrderStory, event: Event, taken: tuple[Report, ...]
) -> Iterator[Finding]:
    fills = [one for one in order.events("Filled") if one.trade_id == event.trade_id]
    before = [r for r in taken if r.trade_id == event.trade_id and r.n < event.n]
    again = [
        one
        for one in order.events("Reversed")
        if one.trade_id == event.trade_id and one.n < event.n
    ]
    wrong = None
    if not before:
        wrong = "it was told of a fill that the chain had not taken back"
    elif again:
        wrong = f"trade {event.trade_id} was told as Reversed again"
    elif not fills or fills[0].n > event.n:
        wrong = "it was told of a fill that nobody had been told of"
    elif event.amount is None or not same(event.amount, fills[0].amount or event.amount):
        wrong = "it does not say the amount that its Filled said"
    if wrong is None:
        return
    yield wrong_event(
        history,
        "D2",
        order,
        event,
        Anomaly.PHANTOM_REVERSAL,
        expected=("one Reversed for each fill that was told and taken back, as it was told",),
        actual=wrong,
        lie=excuse(order, event.n, lambda f: f.fact == TAKEN_BACK and f.trade_id == event.trade_id),
    )
