"""L7 and L8: Completed, Cancelled and Expired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory, OrderTruth, Trade
from fillproof.harness.history.wire import Fact
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.evidence import heard, missing, states
from fillproof.harness.rules.found import breach, missing_event, wrong_event
from fillproof.harness.rules.orders.endings import lie_behind, rule_broken_by
from fillproof.harness.rules.orders.lateness import end_at_once
from fillproof.harness.rules.orders.pairing import pair, true_fills
from fillproof.harness.rules.wording import distance, moment, told
from fillproof.harness.verdict import Finding, Outcome

_COMPLETED = ("Completed, exactly once, after the last Filled",)
_OWN_WORD = ("Cancelled, Expired or Failure, exactly once",)


def completed_once(history: History, order: OrderStory) -> Iterator[Finding]:
    """L7: a full order raises Completed once, after its last Filled, with the summed amounts."""
    truth = order.truth
    if truth is None:
        return
    completed = order.events("Completed")
    true = [event for event in completed if rule_broken_by(history, order, event) != "L7"]
    for event in completed:
        if event not in true:
            yield _not_full(history, order, truth, event)
    if true:
        yield from _after_the_last_fill(order, true[0])
        yield from _summed(history, order, truth, true[0])
        yield from end_at_once(history, order, "L7", true[0])
    for again in completed[1:]:
        if again in true:
            actual = f"Completed was told again at {moment(history, again.t)}"
            yield wrong_event(
                history,
                "L7",
                order,
                again,
                Anomaly.DOUBLED_TERMINAL,
                expected=_COMPLETED,
                actual=actual,
            )
    if truth.is_full and not completed and not _was_ended_before(history, order):
        blame = missing(history, _known_full(order, truth), truth.trades[-1].t)
        actual = "Completed was never told"
        yield missing_event(
            history,
            "L7",
            order,
            Anomaly.GHOST_ORDER,
            expected=_COMPLETED,
            actual=actual,
            blame=blame,
            shown=(truth.trades[-1].n,),
        )


def _not_full(history: History, order: OrderStory, truth: OrderTruth, event: Event) -> Finding:
    filled, wanted = plain(truth.filled_before(event.n)), plain(truth.wanted_at(event.n))
    return wrong_event(
        history,
        "L7",
        order,
        event,
        Anomaly.WRONG_TERMINAL if truth.is_over_at(event.n) else Anomaly.ZOMBIE_ORDER,
        expected=("Completed only once the order is full",),
        actual=f"Completed was told when {filled} of {wanted} was filled",
        lie=lie_behind(history, order, event),
    )


def _was_ended_before(history: History, order: OrderStory) -> bool:
    """Return whether a decentralised order rightly told its end before the grace fills came."""
    return history.header.decentralised and any(
        rule_broken_by(history, order, event) is None
        for event in order.events("Cancelled", "Expired", "Failure")
    )


def _known_full(order: OrderStory, truth: OrderTruth) -> Fact | None:
    """Return the delivered fact that made the order known as full: the last fill not yet told.

    Its status alone does not: Completed waits for the last Filled, which waits for its fill.
    """
    unheard = {trade.trade_id for trade in truth.trades}
    for fact in order.facts:
        if fact.heard and fact.fact == "fill":
            unheard.discard(fact.trade_id or "")
            if not unheard:
                return fact
    untold = {trade.trade_id for trade in pair(order).untold}
    return None if unheard & untold else heard(order, states("Filled"))


def _after_the_last_fill(order: OrderStory, completed: Event) -> Iterator[Finding]:
    if any(report.is_reorganised for truth in order.truths for report in truth.reports):
        return  # what a chain took back may be filled again, and was not to be waited for
    later = [event for event in true_fills(order) if event.n > completed.n]
    if later:
        last = later[-1]
        yield breach(
            "L7",
            order,
            Anomaly.EARLY_TERMINAL,
            expected=_COMPLETED,
            actual=f"{told(last)} was told {distance(completed.t, last.t)}after Completed",
            why="The order of events is the connector's own; it can wait for the last fill.",
            at=completed.n,
            marks=(completed.n, *(event.n for event in later)),
        )


def _summed(
    history: History, order: OrderStory, truth: OrderTruth, completed: Event
) -> Iterator[Finding]:
    wrong = []
    if completed.side is not None and completed.side != order.place.side:
        wrong.append(f"Completed says {completed.side}; the order is a {order.place.side}")
    then = truth.standing_at(completed.n)
    once = [then, [trade for trade in truth.trades if trade.n < completed.n]]
    once += [truth.standing_at(r.n) for r in truth.reports if r.is_reorganised]
    for name, said, summed in (
        ("base", completed.base_amount, _base),
        ("quote", completed.quote_amount, _quote),
    ):
        true = summed(then)
        # What was taken back or corrected since it was told, no event can unsay.
        if said is not None and not any(same(said, summed(fills)) for fills in once):
            wrong.append(f"Completed says {plain(said)} {name}; the fills sum to {plain(true)}")
    if wrong:
        yield wrong_event(
            history,
            "L7",
            order,
            completed,
            Anomaly.GARBLED_TERMINAL,
            expected=("Completed with the side of the order and the sums of its fills",),
            actual="; ".join(wrong),
        )


def _base(trades: Iterable[Trade]) -> Decimal:
    return sum((trade.amount for trade in trades), Decimal(0))


def _quote(trades: Iterable[Trade]) -> Decimal:
    return sum((trade.quote for trade in trades), Decimal(0))


def end_told_once(history: History, order: OrderStory) -> Iterator[Finding]:
    """L8: a cancel is told as Cancelled once and an expiry as Expired once."""
    truth = order.truth
    if truth is None:
        return
    for event in order.terminals:
        if rule_broken_by(history, order, event) == "L8":
            yield _not_so(history, order, truth, event)
    if _was_completed_before(history, order):
        return
    if truth.killed_on_arrival:
        yield from _killed(history, order, truth)
    elif truth.ending in {"Canceled", "Expired"} and not _was_rejected_once(history, order):
        yield from _ended(history, order, truth, truth.ending)


def _was_completed_before(history: History, order: OrderStory) -> bool:
    """Return whether it rightly told Completed, before a trade taken back revived the order."""
    return any(rule_broken_by(history, order, event) is None for event in order.events("Completed"))


def _was_rejected_once(history: History, order: OrderStory) -> bool:
    """Return whether it rightly told Failure, before a chain took the rejection back."""
    return any(rule_broken_by(history, order, event) is None for event in order.events("Failure"))


def _not_so(history: History, order: OrderStory, truth: OrderTruth, event: Event) -> Finding:
    if truth.announced and truth.announced.n < event.n:
        actual, expected = f"{event.name} was told of an order that was cancelled", "Cancelled"
    else:
        actual, expected = f"{event.name} was told while the order was live", f"no {event.name}"
        if truth.filled_before(event.n) >= truth.wanted_at(event.n):
            actual, expected = f"{event.name} was told of a filled order", "Completed"
    return wrong_event(
        history,
        "L8",
        order,
        event,
        Anomaly.WRONG_TERMINAL if truth.is_over_at(event.n) else Anomaly.ZOMBIE_ORDER,
        expected=(expected,),
        actual=actual,
        lie=lie_behind(history, order, event),
    )


def _ended(
    history: History, order: OrderStory, truth: OrderTruth, ending: str
) -> Iterator[Finding]:
    word = "Cancelled" if ending == "Canceled" else "Expired"
    expected = (f"{word}, exactly once",)
    ends = order.events("Cancelled", "Expired")
    for event in ends[1:]:
        if event.name == ends[0].name and rule_broken_by(history, order, event) is None:
            actual = f"{event.name} was told again at {moment(history, event.t)}"
            yield wrong_event(
                history,
                "L8",
                order,
                event,
                Anomaly.DOUBLED_TERMINAL,
                expected=expected,
                actual=actual,
            )
    if not ends:
        yield _end_missing(history, order, truth, expected)
        return
    yield from end_at_once(history, order, "L8", ends[0])
    if word == "Expired" and not order.events("Expired") and not _is_called_canceled(order):
        yield breach(
            "L8",
            order,
            Anomaly.WRONG_TERMINAL,
            expected=expected,
            actual="Cancelled was told of an order that expired",
            why="It ended without a fill of the rest either way.",
            at=ends[0].n,
            outcome=Outcome.NON_STRICT,
        )


def _is_called_canceled(order: OrderStory) -> bool:
    """Return whether Cancelled is the venue's own word for what expired."""
    truth = order.truth
    announced = truth is not None and truth.cancel_was_announced
    return announced or heard(order, states("Canceled")) is not None


def _end_missing(
    history: History, order: OrderStory, truth: OrderTruth, expected: tuple[str, ...]
) -> Finding:
    assert truth.ended is not None, "an ending has a report"
    known = heard(order, states("Canceled", "Expired", "Rejected"))
    blame = missing(history, known, truth.ended.t)
    actual = f"{expected[0].partition(',')[0]} was never told"
    return missing_event(
        history,
        "L8",
        order,
        Anomaly.GHOST_ORDER,
        expected=expected,
        actual=actual,
        blame=blame,
        shown=(truth.ended.n,),
    )


def _killed(history: History, order: OrderStory, truth: OrderTruth) -> Iterator[Finding]:
    """Judge an order killed on arrival: any one word for its end, once."""
    ends = order.events("Cancelled", "Expired", "Failure")
    if ends:
        yield from end_at_once(history, order, "L8", ends[0])
    else:
        yield _end_missing(history, order, truth, _OWN_WORD)
    for again in ends[1:]:
        if again.name == ends[0].name:
            actual = f"{again.name} was told again at {moment(history, again.t)}"
            yield wrong_event(
                history,
                "L8",
                order,
                again,
                Anomaly.DOUBLED_TERMINAL,
                expected=_OWN_WORD,
                actual=actual,
            )
