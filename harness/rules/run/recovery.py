"""How long a connector takes, once nothing is in its way any more, to tell what it has missed."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.rules.orders.pairing import pair


def converged_after(history: History) -> int | None:
    """Return how long after the last fault had ended the last of what it hid was told.

    In virtual nanoseconds; 0 when nothing was left to tell by then, or no fault fired; None when
    the world never came to rest.
    """
    clear = history.clear_since
    if clear is None or history.phase("quiet") is None:
        return None
    late = [
        event.t - clear
        for order in history.orders
        for since, event in told_of_truth(order)
        if since <= clear < event.t
    ]
    return max(late, default=0)


def told_of_truth(order: OrderStory) -> Iterator[tuple[int, Event]]:
    """Yield when something became true of an order, and the event that told it."""
    truth = order.truth
    if truth is None:
        return
    for telling in pair(order).tellings:
        if telling.trade is not None:
            yield telling.trade.t, telling.event
    if truth.accepted is not None:
        yield from ((truth.accepted.t, event) for event in order.events("Created"))
    if truth.ended is not None:
        yield from ((truth.ended.t, event) for event in order.terminals)
