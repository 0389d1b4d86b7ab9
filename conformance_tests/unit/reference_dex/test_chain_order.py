"""When an order is full, and when it is refused, that a chain may take back without a word."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.connectors.protocol import OrderRequest, Told
from fillproof.harness.connectors.reference.facts import (
    Fact,
    Fill,
    NotFound,
    Refused,
    Seen,
    Status,
    TakenBack,
)
from fillproof.harness.connectors.reference.ticket import ticket_of
from fillproof.harness.connectors.reference_dex.chain_order import ChainOrder

HALF = Decimal("0.5")
TICKET = ticket_of(
    "0xa",
    OrderRequest("BTC-USDC", "BUY", Decimal(1), Decimal(29000)),
    Decimal(1),
    Decimal(29000),
)
GRACE_NS = 30_000_000_000


def fill(trade_id: str) -> Fill:
    return Fill("7", trade_id, HALF, Decimal(29000), None, time_ms=5)


def seen(status: Status, cumulative: str) -> Seen:
    return Seen("7", status, Decimal(cumulative), time_ms=5)


def told(order: ChainOrder, *facts: Fact, now_ns: int = 0) -> list[str]:
    events: list[Told] = [event for fact in facts for event in order.hear(fact, now_ns)]
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


def refused(time_ms: int | None = None) -> Refused:
    return Refused("iocCancelRejected", is_final=False, time_ms=time_ms)


def test_a_refusal_of_a_block_is_told_once_it_is_final() -> None:
    """Another block may have the order; only who asks again after the window knows better."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, refused(5)) == []
    assert told(order, refused(5), now_ns=GRACE_NS - 1) == []
    assert told(order, refused(5), now_ns=GRACE_NS) == ["Failure"]


def test_a_refusal_of_another_block_is_a_new_one() -> None:
    """The block that refused first was taken back; the window begins anew."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, refused(5)) == []
    assert told(order, refused(8), now_ns=GRACE_NS - 1) == []
    assert told(order, refused(8), now_ns=GRACE_NS) == []
    assert told(order, refused(8), now_ns=2 * GRACE_NS) == ["Failure"]


def test_a_refused_order_that_nobody_knows_after_the_window_never_was() -> None:
    """The refusal was an answer alone: then the venue has no such order."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, refused(), NotFound(asked_ns=GRACE_NS - 1)) == []
    assert told(order, NotFound(asked_ns=GRACE_NS), now_ns=GRACE_NS) == ["Failure"]


def test_an_order_that_was_refused_may_fill_in_another_block() -> None:
    """Nothing was told of the refusal, so the story begins as any other."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, refused(5), fill("1")) == ["Created", "Filled"]


def test_an_open_order_may_be_refused_by_another_block() -> None:
    """It was shown as waiting again; the next block killed it."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, refused(5), seen(Status.OPEN, "0")) == ["Created"]
    assert told(order, refused(8), refused(8)) == ["Failure"]


def test_where_blocks_are_final_a_refusal_is_told_at_once() -> None:
    """Nothing takes it back."""
    assert told(ChainOrder(TICKET), refused(5)) == ["Failure"]


def refused_at(time_ms: int) -> Refused:
    return Refused("expired", time_ms=time_ms)


def test_an_order_that_another_block_refuses_keeps_no_fill() -> None:
    """A block that refuses the order has none of the fills that an earlier one gave it."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, fill("1")) == ["Created", "Filled"]
    assert told(order, refused_at(6)) == ["Reversed", "Failure"]
    assert order.filled == 0


def test_an_order_that_is_refused_after_its_end_keeps_no_fill() -> None:
    """The end was told, and stays; what it was filled is taken back."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, fill("1"), seen(Status.CANCELED, "0.5")) == [
        "Created",
        "Filled",
        "Cancelled",
    ]
    assert told(order, refused_at(6), refused_at(6)) == ["Reversed"]


def test_a_refusal_that_is_older_than_a_fill_takes_nothing_back() -> None:
    """The block that filled the order came after the one that had refused it."""
    order = ChainOrder(TICKET, GRACE_NS)
    assert told(order, fill("1"), seen(Status.CANCELED, "0.5"), refused_at(4))[2:] == ["Cancelled"]
