"""A3 to A5: each order is followed once, from first to last, and nobody else's is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.told import Reading
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.wording import told
from fillproof.harness.verdict import Finding, Outcome

_ITS_OWN = "Which orders it follows is the connector's own."


def shows_its_orders(history: History) -> bool:
    """Return whether its in-flight orders were read."""
    return any(reading.tracked is not None for reading in history.readings)


def has_strangers(history: History) -> bool:
    """Return whether somebody else traded with the same key."""
    return bool(history.foreign)


def tracked_once(history: History) -> Iterator[Finding]:
    """A3: no id stands twice among the in-flight orders."""
    seen: set[str] = set()
    for reading in history.readings:
        for client_order_id, times in Counter(reading.tracked or ()).items():
            if times > 1 and client_order_id not in seen:
                seen.add(client_order_id)
                yield _finding(
                    "A3",
                    Anomaly.TRACKED_TWICE,
                    f"{client_order_id} once among the tracked orders",
                    f"it stands there {times} times",
                    reading.n,
                    client_order_id,
                )


def strangers_left_alone(history: History) -> Iterator[Finding]:
    """A4: orders of others on the same key are not the strategy's."""
    for stranger in history.foreign:
        names = {stranger.client_order_id, stranger.venue_order_id}
        tracking = next((r for r in history.readings if names & {*(r.tracked or ())}), None)
        if tracking is not None:
            actual = f"it was tracked when the world was {tracking.at}"
            yield _of_a_stranger(stranger.client_order_id, actual, tracking.n)
            continue
        event = next((event for event in history.orphans if event.client_order_id in names), None)
        if event is not None:
            yield _of_a_stranger(stranger.client_order_id, f"{told(event)} was told of it", event.n)


def _of_a_stranger(client_order_id: str, actual: str, at: int) -> Finding:
    expected = f"nothing of {client_order_id}, which somebody else placed"
    return _finding("A4", Anomaly.STRANGERS_ORDER, expected, actual, at, client_order_id)


def followed_to_the_end(history: History) -> Iterator[Finding]:
    """A5: no gap before its end, and no return after it."""
    shared = {order.client_order_id for order in history.collisions}
    for order in history.orders:
        if order.client_order_id not in {None, *shared} and order.requests:
            yield from _gap(history, order)
            yield from _return(history, order)


def _gap(history: History, order: OrderStory) -> Iterator[Finding]:
    """Yield the first reading, at another order's request, that lacks an order that is under way.

    At its own request it is L2, after a restart A1, and at rest C1 that asks for it.
    """
    since = order.requests[0].n
    until = order.terminals[0].n if order.terminals else len(history.lines)
    for reading in history.readings:
        of_another = reading.client_order_id != order.client_order_id
        asks = reading.at == "create_request" and of_another and since < reading.n < until
        if asks and reading.tracked is not None and order.client_order_id not in reading.tracked:
            yield breach(
                "A5",
                order,
                Anomaly.FORGOTTEN_ORDER,
                expected=(f"{order.client_order_id} is tracked until its end is told",),
                actual=f"tracked were {', '.join(reading.tracked) or 'no orders'}",
                why=_ITS_OWN,
                at=reading.n,
                marks=(since, reading.n),
            )
            return


def _return(history: History, order: OrderStory) -> Iterator[Finding]:
    if not order.terminals:
        return
    after = [r for r in history.readings if r.n > order.terminals[0].n and r.tracked is not None]
    gone: Reading | None = None
    for reading in after:
        is_there = order.client_order_id in (reading.tracked or ())
        if not is_there:
            gone = reading
        elif gone is not None:
            yield breach(
                "A5",
                order,
                Anomaly.REVIVED_ORDER,
                expected=("an order that is over is never tracked again",),
                actual=f"it was not tracked at {gone.at}, and was at {reading.at}",
                why=_ITS_OWN,
                at=reading.n,
                marks=(gone.n, reading.n),
            )
            return


def _finding(
    rule: str, anomaly: Anomaly, expected: str, actual: str, at: int, client_order_id: str
) -> Finding:
    return Finding(
        rule=rule,
        outcome=Outcome.FAIL,
        expected=(expected,),
        actual=actual,
        why=_ITS_OWN,
        at=at,
        marks=(at,),
        client_order_id=client_order_id,
        anomaly=anomaly,
    )
