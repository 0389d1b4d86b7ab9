"""L4: Created."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory, OrderTruth, Report
from fillproof.harness.history.absences import REACTION_NS
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.evidence import (
    excuse,
    heard,
    missing,
    shows_acceptance,
)
from fillproof.harness.rules.found import breach, end_of, missing_event, wrong_event
from fillproof.harness.rules.orders.pairing import true_fills
from fillproof.harness.rules.wording import distance, moment, seconds, told
from fillproof.harness.verdict import Finding, Outcome

_OF_THE_MEMPOOL = frozenset({"New", "PendingCancel", "PendingReplace", "Restated", "Rejected"})
_EXPECTED = ("Created, exactly once, before any Filled or Completed",)


def created_once(history: History, order: OrderStory) -> Iterator[Finding]:
    """L4: an accepted order raises Created once, first of all, as soon as acceptance is known."""
    truth = order.truth
    if truth is None or truth.accepted is None:
        return
    created = order.events("Created")
    if not created:
        yield from _not_created(history, order, truth, truth.accepted)
        return
    yield from _too_early(history, order, truth.accepted, created[0])
    yield from _out_of_order(order, created[0])
    yield from _too_late(history, order, created[0])
    yield from _wrong_content(history, order, truth, created[0])
    ended = order.terminals[0].n if order.terminals else end_of(history)
    for again in created[1:]:
        if again.n < ended:  # later ones reopen the order, which is L10
            actual = f"Created was told again at {moment(history, again.t)}"
            yield wrong_event(
                history,
                "L4",
                order,
                again,
                Anomaly.DOUBLED_CREATE,
                expected=_EXPECTED,
                actual=actual,
            )


def _not_created(
    history: History, order: OrderStory, truth: OrderTruth, accepted: Report
) -> Iterator[Finding]:
    if not truth.killed_on_arrival:
        known = heard(order, shows_acceptance)
        if known is None and _was_in_no_block(history, truth):
            return
        blame = missing(history, known, accepted.t)
        actual = "Created was never told"
        yield missing_event(
            history,
            "L4",
            order,
            Anomaly.LOST_CREATE,
            expected=_EXPECTED,
            actual=actual,
            blame=blame,
            shown=(accepted.n,),
        )
    elif order.terminals:
        yield breach(
            "L4",
            order,
            Anomaly.LOST_CREATE,
            expected=_EXPECTED,
            actual=f"only {order.terminals[0].name} was told",
            why="It was killed on arrival without a fill.",
            at=order.terminals[0].n,
            outcome=Outcome.NON_STRICT,
        )


def _was_in_no_block(history: History, truth: OrderTruth) -> bool:
    """Return whether a chain never had it: whoever asks is told of no such order."""
    shown = {report.execution_type for report in truth.reports} - _OF_THE_MEMPOOL
    return history.header.decentralised and truth.rejected is not None and not shown


def _too_early(
    history: History, order: OrderStory, accepted: Report, created: Event
) -> Iterator[Finding]:
    if created.n < accepted.n:
        actual = f"Created was told {distance(created.t, accepted.t)}before the venue accepted"
        lie = excuse(order, created.n, shows_acceptance)
        yield wrong_event(
            history,
            "L4",
            order,
            created,
            Anomaly.PHANTOM_CREATE,
            expected=_EXPECTED,
            actual=actual,
            lie=lie,
        )


def _told_before(order: OrderStory, created: Event) -> list[Event]:
    """Return what was told before Created though it proves the acceptance."""
    real = {event.n for event in true_fills(order)}
    return [
        event
        for event in order.told
        if event.n < created.n and (event.name == "Completed" or event.n in real)
    ]


def comes_late(order: OrderStory, created: Event) -> bool:
    """Return whether this is the first Created and comes after what proves the acceptance."""
    return created == order.events("Created")[0] and bool(_told_before(order, created))


def _out_of_order(order: OrderStory, created: Event) -> Iterator[Finding]:
    before = _told_before(order, created)
    if before:
        first = before[0]
        actual = f"{told(first)} was told {distance(first.t, created.t)}before Created"
        yield breach(
            "L4",
            order,
            Anomaly.LATE_CREATE,
            expected=_EXPECTED,
            actual=actual,
            why="The order of events is the connector's own; a fill proves acceptance.",
            at=first.n,
            marks=(first.n, created.n),
        )


def _too_late(history: History, order: OrderStory, created: Event) -> Iterator[Finding]:
    known = heard(order, shows_acceptance)
    if order.truth is not None and order.truth.was_killed_before(created.n):
        return  # the end of an order that was never to rest shows no acceptance
    if known is not None and history.awake(known.t, created.t) > REACTION_NS:
        yield breach(
            "L4",
            order,
            Anomaly.LATE_CREATE,
            expected=_EXPECTED,
            actual=f"Created was told {seconds(created.t - known.t)} after acceptance was known",
            why=f"It was delivered: {known.channel} said so at {moment(history, known.t)}.",
            at=created.n,
            marks=(known.n, created.n),
        )


def _wrong_content(
    history: History, order: OrderStory, truth: OrderTruth, created: Event
) -> Iterator[Finding]:
    wrong = [
        *_wrong_side(order, created),
        *_wrong_amounts(order, truth, created),
        *_wrong_id(order, created),
    ]
    if wrong:
        yield wrong_event(
            history,
            "L4",
            order,
            created,
            Anomaly.GARBLED_CREATE,
            expected=("Created with the ids, the side, the amount and the price of the order",),
            actual="; ".join(wrong),
        )


def _wrong_side(order: OrderStory, created: Event) -> Iterator[str]:
    if created.side is not None and created.side != order.place.side:
        yield f"Created says {created.side}; the order is a {order.place.side}"


def _wrong_id(order: OrderStory, created: Event) -> Iterator[str]:
    """Yield a venue order id that is of none of the orders the venue made of it."""
    ids = [truth.venue_order_id for truth in order.truths]
    if created.venue_order_id is not None and created.venue_order_id not in ids:
        yield f"Created says venue order id {created.venue_order_id}; it is {', '.join(ids)}"


def _wrong_amounts(order: OrderStory, truth: OrderTruth, created: Event) -> Iterator[str]:
    """Yield what lies outside of what was asked for and what it was quantised to."""
    asked, sent = order.place, truth.reports[0]
    least = min(sent.quantity, truth.wanted_at(created.n))  # an amend may have been quicker
    by_amount = asked.quote_amount is None
    if (
        by_amount
        and created.amount is not None
        and not _between(created.amount, least, asked.amount)
    ):
        yield f"Created says amount {plain(created.amount)}; asked for {plain(asked.amount)}"
    if created.price is None or asked.price is None or sent.price is None:
        return
    if not _between(created.price, sent.price, asked.price):
        yield f"Created says price {plain(created.price)}; asked for {plain(asked.price)}"


def _between(value: Decimal, one: Decimal, other: Decimal) -> bool:
    return min(one, other) <= value <= max(one, other) or same(value, one) or same(value, other)
