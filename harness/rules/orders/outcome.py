"""U1: one call is at most one order, and its outcome is not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory, OrderTruth, Report
from fillproof.harness.history.told import Place
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.found import breach, wrong_event
from fillproof.harness.rules.orders.amounts import is_worse, on_lot, quantised
from fillproof.harness.rules.orders.endings import lie_behind, rule_broken_by
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding, Outcome

_KINDS = {True: "only rests", False: "may take"}


def outcome_known(history: History, order: OrderStory) -> Iterator[Finding]:
    """U1: one order at most, the one that was asked for, and no Failure of a living order."""
    for event in order.terminals:
        if rule_broken_by(history, order, event) == "U1":
            yield _guessed(history, order, event)
    yield from _several(history, order)
    accepted = order.truth if order.truth and order.truth.accepted else None
    if accepted is not None and accepted.accepted is not None:
        wrong = (
            *_not_asked_for(history, order, accepted),
            *_unasked_amends(history, order, accepted),
        )
        if wrong:
            yield breach(
                "U1",
                order,
                Anomaly.GARBLED_ORDER,
                expected=("the order that was asked for, or none",),
                actual="; ".join(wrong),
                why="The venue keeps what it was sent.",
                at=accepted.accepted.n,
                marks=(order.place.n, accepted.accepted.n),
            )


def _guessed(history: History, order: OrderStory, event: Event) -> Finding:
    assert order.truth is not None, "only an accepted order can be lied about"
    accepted = order.truth.accepted
    assert accepted is not None, "only an accepted order can be lied about"
    return wrong_event(
        history,
        "U1",
        order,
        event,
        Anomaly.WRONG_TERMINAL if order.truth.is_over_at(event.n) else Anomaly.ZOMBIE_ORDER,
        expected=("nothing, until the outcome is known", "then the events of an accepted order"),
        actual=f"Failure was told of an order the venue accepted at {moment(history, accepted.t)}",
        lie=lie_behind(history, order, event),
    )


def _several(history: History, order: OrderStory) -> Iterator[Finding]:
    accepted = _made_of(history, order)
    if len(accepted) <= 1:
        return
    by_proxy = len({_sent_by(history, truth) for truth in accepted}) == 1
    ids = ", ".join(truth.venue_order_id for truth in accepted)
    yield breach(
        "U1",
        order,
        Anomaly.SECOND_ORDER,
        expected=("at most one order in truth",),
        actual=f"the venue accepted {len(accepted)} orders: {ids}",
        why="A proxy sent the request twice." if by_proxy else "Each was sent by the connector.",
        at=accepted[1].reports[0].n,
        marks=tuple(truth.reports[0].n for truth in accepted),
        outcome=Outcome.INFO if by_proxy else None,
    )


def _made_of(history: History, order: OrderStory) -> list[OrderTruth]:
    """Return every order that the venue accepted and that comes, as far as can be told, of it."""
    return [truth for truth in (*order.truths, *_strays(history, order)) if truth.accepted]


def _sent_by(history: History, truth: OrderTruth) -> int:
    """Return the line by which the order was sent: where a proxy doubled a request, or its own.

    The venue reports on a doubled request at once, so only truth stands between.
    """
    first = truth.reports[0].n
    before = next(line for line in reversed(history.lines[:first]) if line.ledger != "truth")
    doubled = before.kind == "fired" and before.get("what") == "resend"
    return before.n if doubled else first


def _strays(history: History, order: OrderStory) -> Iterator[OrderTruth]:
    """Yield the orders nobody placed that look like another try at this one."""
    for stray in history.strays:
        first = stray.reports[0]
        earlier = [
            other
            for other in history.orders
            if other.place.n < first.n
            and (other.place.market, other.place.side) == (first.market, first.side)
        ]
        if earlier and earlier[-1].label == order.label:
            yield stray


def orders_nobody_placed(history: History) -> Iterator[Finding]:
    """U1: every order in truth comes from one call."""
    for stray in history.strays:
        made = [_made_of(history, order) for order in history.orders]
        if any(stray in orders and len(orders) > 1 for orders in made):
            continue  # one of several orders of one call
        first = stray.reports[0]
        yield Finding(
            rule="U1",
            outcome=Outcome.FAIL,
            expected=("every order in truth comes from one buy() or sell()",),
            actual=f"the venue accepted {first.side} {plain(first.quantity)} {first.market}"
            f" ({first.client_order_id}), which nobody asked for",
            why="The connector sent it.",
            at=first.n,
            marks=(first.n,),
            client_order_id=first.client_order_id,
            anomaly=Anomaly.UNASKED_ORDER,
        )


def _not_asked_for(history: History, order: OrderStory, truth: OrderTruth) -> Iterator[str]:
    asked, sent = order.place, truth.reports[0]
    if (sent.market, sent.side) != (asked.market, asked.side):
        yield f"asked for {asked.side} {asked.market}; sent was {sent.side} {sent.market}"
        return
    yield from _wrong_kind(history, asked, sent)
    market = history.header.markets.get(asked.market)
    if market is None:
        return
    amount, price = quantised(asked, market)
    yield from _wrong_quote(asked, sent)
    if sent.quantity < amount and not same(sent.quantity, amount):
        yield f"asked for {plain(asked.amount)}; sent was {plain(sent.quantity)}"
    if asked.price is None or price is None or sent.price is None:
        return
    if is_worse(asked.side, sent.price, asked.price):
        yield f"asked for price {plain(asked.price)}; sent was {plain(sent.price)}, which is worse"
    elif is_worse(asked.side, price, sent.price) and not same(price, sent.price):
        yield f"asked for price {plain(asked.price)}; sent was {plain(sent.price)}"


def _wrong_quote(asked: Place, sent: Report) -> Iterator[str]:
    """Yield an amount of the quote asset that is not what was asked for."""
    wish, got = asked.quote_amount, sent.quote_quantity
    if wish != got and (wish is None or got is None or not same(wish, got)):
        words = ("an amount of base" if value is None else plain(value) for value in (wish, got))
        wish_said, got_said = words
        yield f"asked for {wish_said} of quote; sent was {got_said}"


def _wrong_trigger(asked: Place, sent: Report) -> Iterator[str]:
    """Yield what the order waits for, when it is not what was asked for."""
    wish = None
    if asked.stop_loss is not None:
        wish = ("STOP_LOSS", asked.stop_loss)
    elif asked.take_profit is not None:
        wish = ("TAKE_PROFIT", asked.take_profit)
    if wish != sent.trigger:
        yield f"asked for one that waits for {_waits(wish)}; sent was {_waits(sent.trigger)}"


def _waits(trigger: tuple[str, Decimal | None] | None) -> str:
    if trigger is None:
        return "nothing"
    kind, price = trigger
    return f"{kind} {'' if price is None else plain(price)}".rstrip()


def _unasked_amends(history: History, order: OrderStory, truth: OrderTruth) -> Iterator[str]:
    """Yield each amend that the venue carried out, and nobody asked for."""
    market = history.header.markets.get(order.place.market)
    if market is None:
        return
    wishes = [(amend.n, amend.amount) for amend in order.amends]
    wishes += [
        (step.n, Decimal(step.step["amount"]))
        for step in history.steps
        if step.op == "desk_amend" and step.step["order"] == order.label
    ]
    for report in truth.reports:
        asked = (on_lot(amount, market) for n, amount in wishes if n < report.n)
        if report.execution_type == "Replaced" and report.quantity not in asked:
            yield f"it was made {plain(report.quantity)}, which nobody asked for"


def _is_kept(asked: str, sent: str) -> bool:
    """Return whether a time in force is what was asked for, or can be made to be by cancelling."""
    return asked == sent or (asked, sent) == ("GTD", "GTC")


def _is_kind(history: History, asked: Place, sent: Report) -> bool:
    """Return whether an order is of the type that was asked for, as far as the venue has it.

    Without market orders, a limit that does not rest is what comes nearest.
    """
    if asked.order_type == "MARKET" and not history.header.market_orders:
        return (sent.order_type, sent.time_in_force) == ("LIMIT", "IOC")
    return asked.order_type == sent.order_type


def _wrong_kind(history: History, asked: Place, sent: Report) -> Iterator[str]:
    if not _is_kind(history, asked, sent):
        yield f"asked for a {asked.order_type} order; sent was a {sent.order_type} order"
    elif asked.order_type == "LIMIT" and not _is_kept(asked.time_in_force, sent.time_in_force):
        yield f"asked for {asked.time_in_force}; sent was {sent.time_in_force}"
    yield from _wrong_trigger(asked, sent)
    if sent.post_only is not None and asked.post_only != sent.post_only:
        wish, done = (_KINDS[post_only] for post_only in (asked.post_only, sent.post_only))
        yield f"asked for an order that {wish}; sent was one that {done}"
