"""D1: an order is tracked through its grace window, and not beyond it."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import Event, History, OrderStory, OrderTruth
from fillproof.harness.history.told import Reading
from fillproof.harness.rules.found import breach
from fillproof.harness.rules.wording import distance
from fillproof.harness.verdict import Finding

IN_THE_WINDOW = "grace"
"""When a reading is taken in the middle of the grace window of an order."""

_ENDS = ("Cancelled", "Expired")


def has_windows(history: History) -> bool:
    """Return whether an order was told to have ended on a venue that may still fill it."""
    return any(order.events(*_ENDS) for order in history.orders) and any(
        reading.tracked is not None for reading in history.readings
    )


def windows_kept(history: History) -> Iterator[Finding]:
    """D1: yield where tracking stopped too early, or never did."""
    may_fill = _fills_after_an_end(history)
    for order in history.orders:
        ends, truth = order.events(*_ENDS), order.truth
        if ends and truth is not None and order.client_order_id is not None:
            if may_fill:
                yield from _forgotten(history, order, truth, ends[0])
            yield from _leaked(history, order, truth, ends[0])


def _fills_after_an_end(history: History) -> bool:
    """Return whether the venue may fill an order of which it said that it is over.

    A chain whose blocks are final when they are shown does so only if it announces a cancel before
    a block has it.
    """
    chain = history.header.document.get("venue", {}).get("chain")
    if chain is None:
        return True
    shows_what_may_go = bool(chain.get("finality")) and chain.get("shows") != "final"
    return shows_what_may_go or bool(chain.get("announces_cancel"))


def _forgotten(
    history: History, order: OrderStory, truth: OrderTruth, end: Event
) -> Iterator[Finding]:
    for reading in history.readings:
        if reading.at != IN_THE_WINDOW or reading.client_order_id != order.client_order_id:
            continue
        owes_nothing = truth.filled_before(reading.n) >= truth.wanted_at(reading.n)
        if end.n > reading.n or owes_nothing or _tracks(reading, order):
            continue
        yield breach(
            "D1",
            order,
            Anomaly.FORGOTTEN_ORDER,
            expected=("an order is tracked while the venue may still fill it",),
            actual=f"it was not tracked {distance(end.t, reading.t)}after {end.name}",
            why="What the venue fills now, nobody would know of.",
            at=end.n,
            marks=(end.n, reading.n),
        )
        return


def _leaked(
    history: History, order: OrderStory, truth: OrderTruth, end: Event
) -> Iterator[Finding]:
    """Yield tracking that goes on: whoever is quiet for so long has had the time to end it."""
    quiet = [reading for reading in history.readings if reading.at == "quiet"]
    if history.phase("quiet") is None or not quiet or truth.ended is None:
        return
    over = max(end.t, truth.ended.t) + history.header.grace_window
    reading = quiet[-1]
    if reading.t > over and reading.tracked is not None and _tracks(reading, order):
        yield breach(
            "D1",
            order,
            Anomaly.LEAKED_TRACKING,
            expected=("tracking ends with the grace window",),
            actual=f"it was still tracked {distance(over, reading.t)}after the window",
            why="The venue cannot fill it any more.",
            at=reading.n,
            marks=(end.n, reading.n),
        )


def _tracks(reading: Reading, order: OrderStory) -> bool:
    return reading.tracked is None or order.client_order_id in reading.tracked
