"""When an order is full whose fills may be taken back without a word."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.connectors.protocol import Told
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen, Status, TakenBack
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference_dex.chain_order import ChainOrder

HALF = Decimal("0.5")
TICKET = Ticket("0xa", "BTC-USDC", "BUY", Decimal(1), Decimal(29000), "LIMIT", "GTC")
GRACE_NS = 30_000_000_000


def fill(trade_id: str) -> Fill:
    return Fill("7", trade_id, HALF, Decimal(29000), None, time_ms=5)


def seen(status: Status, cumulative: str) -> Seen:
    return Seen("7", status, Decimal(cumulative), time_ms=5)


def told(order: ChainOrder, *facts: Fact) -> list[str]:
    events: list[Told] = [event for fact in facts for event in order.hear(fact, now_ns=0)]
    return [event.event.value for event in events]


def test_fills_that_sum_up_are_not_the_end_until_the_venue_says_so() -> None:
    """One of the two may have been taken back, and the other be what took its place."""
    order = ChainOrder(TICKET, GRACE_NS)
    halves = (fill("1"), fill("2"))
    assert told(order, *halves) == ["Created", "Filled", "Filled"]
    assert told(order, seen(Status.FILLED, "1")) == ["Completed"]


def test_what_took_the_place_of_a_fill_leaves_the_order_open() -> None:
    """When the first fill is found to be gone, the order is as full as the venue says."""
    order = ChainOrder(TICKET, GRACE_NS)
    gone = TakenBack("7", "1", HALF, Decimal(29000))
    assert told(order, fill("1"), fill("2"), gone) == ["Created", "Filled", "Filled", "Reversed"]
    assert order.filled == HALF
    assert told(order, seen(Status.OPEN, "0.5"), fill("3")) == ["Filled"]
    assert told(order, seen(Status.FILLED, "1")) == ["Completed"]
