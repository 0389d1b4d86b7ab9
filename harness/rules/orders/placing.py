"""L1 to L3: what happens before a create request leaves."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History, OrderStory
from fillproof.harness.rules.evidence import missing
from fillproof.harness.rules.found import breach, end_of, missing_event
from fillproof.harness.rules.orders.amounts import violations
from fillproof.harness.rules.wording import seconds, trace
from fillproof.harness.verdict import Finding

_BY_ITSELF = "The connector does this alone; nothing that was sent or lost can excuse it."


def returns_at_once(history: History, order: OrderStory) -> Iterator[Finding]:
    """L1: the call gives a unique id back at the instant it is made, before any reply."""
    returned, place = order.returned, order.place
    if returned is None:
        return
    expected = (f"{place.side.lower()}() returns at once with a client order id of its own",)
    for other in history.orders:
        if other.label != order.label and other.client_order_id == returned.client_order_id:
            actual = f"order {order.label} got the id {returned.client_order_id}"
            yield breach(
                "L1",
                order,
                Anomaly.SHARED_ID,
                expected=expected,
                actual=f"{actual}, which order {other.label} has",
                why=_BY_ITSELF,
                at=returned.n,
                marks=(returned.n, other.place.n),
            )
    late = returned.t - place.t
    replied = any(
        line.ledger == "wire" and line.kind == "delivered" and line.data.get("facts")
        for line in history.lines[place.n : returned.n]
    )
    if late or replied:
        actual = f"it returned {seconds(late)} after the call"
        actual += ", after the venue had answered" if replied else ""
        yield breach(
            "L1",
            order,
            Anomaly.BLOCKING_CALL,
            expected=expected,
            actual=actual,
            why=_BY_ITSELF,
            at=returned.n,
        )


def tracked_first(history: History, order: OrderStory) -> Iterator[Finding]:
    """L2: the order is tracked when the first byte of its create request enters the link."""
    readings = (
        reading
        for reading in history.readings
        if reading.at == "create_request" and reading.client_order_id == order.client_order_id
    )
    first = next(readings, None)
    if first is None or order.client_order_id in (first.tracked or ()):
        return
    actual = "the in-flight orders could not be read"
    if first.tracked is not None:
        actual = f"tracked were {', '.join(first.tracked) or 'no orders'}"
    yield breach(
        "L2",
        order,
        Anomaly.UNTRACKED_SEND,
        expected=(f"{order.client_order_id} is tracked when its create request is sent",),
        actual=actual,
        why=_BY_ITSELF,
        at=first.n,
    )


def broken_limits(history: History, order: OrderStory) -> tuple[str, ...]:
    """Return the limits of its market that the order as placed breaks."""
    market = history.header.markets.get(order.place.market)
    return tuple(violations(order.place, market)) if market else ()


def checked_locally(history: History, order: OrderStory) -> Iterator[Finding]:
    """L3: an order that breaks a limit stays off the wire and ends in Failure, once."""
    broken = broken_limits(history, order)
    if not broken:
        return
    expected = ("nothing is sent", "Failure, exactly once")
    reached = [request.n for request in order.requests]
    reached += [truth.reports[0].n for truth in order.truths]
    if reached:
        yield breach(
            "L3",
            order,
            Anomaly.UNCHECKED_LIMIT,
            expected=expected,
            actual=f"the create request was sent though {'; '.join(broken)}",
            why=_BY_ITSELF,
            at=min(reached),
        )
    elif order.told and [event.name for event in order.told] != ["Failure"]:
        actual = f"it told {trace(order.told)} though {'; '.join(broken)}"
        at = order.told[0].n
        marks = tuple(event.n for event in order.told)
        yield breach(
            "L3",
            order,
            Anomaly.UNCHECKED_LIMIT,
            expected=expected,
            actual=actual,
            why=_BY_ITSELF,
            at=at,
            marks=marks,
        )
    elif not order.told and history.declares(Capability.FAILURE):
        yield missing_event(
            history,
            "L3",
            order,
            Anomaly.UNCHECKED_LIMIT,
            expected=expected,
            actual=f"nothing was told though {'; '.join(broken)}",
            blame=missing(history, None, order.place.t),
            at=end_of(history),
        )
