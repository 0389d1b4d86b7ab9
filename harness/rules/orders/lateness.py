"""L6, L7 and L8: what is known is told at once."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory, Trade
from fillproof.harness.history.absences import REACTION_NS
from fillproof.harness.history.wire import Fact
from fillproof.harness.rules.evidence import Says, heard, states
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.orders.pairing import Telling, Told, pair, trades_of
from fillproof.harness.rules.wording import moment, seconds, told
from fillproof.harness.verdict import Finding

_AT_ONCE = f"at most {seconds(REACTION_NS)} after it is known"


def fills_at_once(history: History, order: OrderStory) -> Iterator[Finding]:
    """L6: a fill is told as soon as a message with its trade id was delivered.

    On a chain the connector may wait until nothing takes the fill back.
    """
    if history.header.decentralised:
        return
    for telling in pair(order).tellings:
        known = _known(order, telling)
        if known is not None:
            yield from told_at_once(history, "L6", order, telling.event, Anomaly.LATE_FILL, known)


def end_at_once(history: History, order: OrderStory, rule: str, event: Event) -> Iterator[Finding]:
    """L7, L8: an end is told as soon as it was delivered, and every fill before it, and told."""
    if history.header.decentralised:
        return
    says = states("Filled") if event.name == "Completed" else states("Canceled", "Expired")
    known = _all_known(order, says)
    told_fills = [filled.t for filled in order.events("Filled") if filled.n < event.n]
    if known is not None and _is_late(history, max(known.t, *told_fills, 0), event):
        yield _late(history, rule, order, event, Anomaly.GHOST_ORDER, known)


def told_at_once(
    history: History, rule: str, order: OrderStory, event: Event, anomaly: Anomaly, known: Fact
) -> Iterator[Finding]:
    """Yield that an event was told long after what it tells was delivered."""
    if _is_late(history, known.t, event):
        yield _late(history, rule, order, event, anomaly, known)


def _known(order: OrderStory, telling: Telling) -> Fact | None:
    if telling.how is not Told.ONCE or telling.trade is None:
        return None
    return heard(order, _naming(telling.trade))


def _naming(trade: Trade) -> Says:
    """Return whether a fact names this fill: one that is only of its amount may be of another."""
    return lambda fact: fact.fact == "fill" and fact.trade_id == trade.trade_id


def _all_known(order: OrderStory, says_the_end: Says) -> Fact | None:
    """Return what was delivered last of the end and of all fills; None when not all of it was."""
    facts = [heard(order, says_the_end)]
    facts += [heard(order, _naming(trade)) for trade in trades_of(order)]
    known = [fact for fact in facts if fact is not None]
    return max(known, key=lambda fact: fact.n) if len(known) == len(facts) else None


def _is_late(history: History, known_t: int, event: Event) -> bool:
    return history.awake(known_t, event.t) > REACTION_NS


def _late(
    history: History, rule: str, order: OrderStory, event: Event, anomaly: Anomaly, known: Fact
) -> Finding:
    return breach(
        rule,
        order,
        anomaly,
        expected=(f"{told(event)}, {_AT_ONCE}",),
        actual=f"{told(event)} was told {seconds(event.t - known.t)} after it was known",
        why=f"It was delivered: {known.channel} said so at {moment(history, known.t)}.",
        at=event.n,
        marks=(known.n, event.n),
    )
