"""The order tracker: what is heard, in the order it is heard, and what is told."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from fillproof.harness.connectors.protocol import Fee, OrderRequest, Told
from fillproof.harness.connectors.reference.facts import (
    Fact,
    Fill,
    InDoubt,
    Listed,
    NotFound,
    Refused,
    Seen,
    Status,
)
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.ticket import ticket_of

SECOND = 1_000_000_000
TICKET = ticket_of(
    "a",
    OrderRequest("BTC-USDT", "BUY", Decimal(1), Decimal(29000)),
    Decimal(1),
    Decimal(29000),
)
CANCELED_AT_MS = 50_000


def seen(status: str, cumulative: str = "0", venue_order_id: str = "7") -> Seen:
    """The venue shows order 7."""
    return Seen(venue_order_id, Status(status), Decimal(cumulative), CANCELED_AT_MS)


def fill(trade_id: str, amount: str, time_ms: int = CANCELED_AT_MS) -> Fill:
    """The venue shows a trade of order 7."""
    fee = Fee("BTC", Decimal("0.001"))
    return Fill("7", trade_id, Decimal(amount), Decimal(29000), fee, time_ms)


NEW = seen("Open")
UNKNOWN = InDoubt("timeout", certain_from_ns=7 * SECOND, answers_needed=2)
PERHAPS_REFUSED = InDoubt("Duplicate order sent.", certain_from_ns=1 * SECOND, answers_needed=1)
REFUSED = Refused("Filter failure: LOT_SIZE")


def not_found(second: int) -> NotFound:
    """A question asked at this second was answered -2013."""
    return NotFound(second * SECOND)


def words(told: tuple[Told, ...]) -> list[str]:
    """Events as a trader writes them: the name, and for a fill its amount."""
    return [f"{e.event} {e.amount}" if e.event == "Filled" else str(e.event) for e in told]


def hear(facts: tuple[Fact, ...], grace_seconds: int = 0) -> list[str]:
    """What is told when these facts are heard one after the other, all at second 100."""
    ledger = Ledger(grace_seconds * SECOND)
    ledger.track(TICKET)
    return [word for fact in facts for word in words(ledger.hear("a", [fact], 100 * SECOND))]


CASES: dict[str, tuple[tuple[Fact, ...], list[str]]] = {
    "accepted": ((NEW,), ["Created"]),
    "accepted on two channels": ((NEW, NEW), ["Created"]),
    "refused": ((REFUSED,), ["Failure"]),
    "refused, told twice": ((REFUSED, REFUSED), ["Failure"]),
    "the fill comes before the create reply": (
        (fill("1", "1"), NEW),
        ["Created", "Filled 1", "Completed"],
    ),
    "two fills": (
        (NEW, fill("1", "0.4"), fill("2", "0.6"), seen("Filled", "1")),
        ["Created", "Filled 0.4", "Filled 0.6", "Completed"],
    ),
    "the same fill on two channels": (
        (NEW, fill("1", "0.4"), fill("1", "0.4"), fill("2", "0.6"), fill("2", "0.6")),
        ["Created", "Filled 0.4", "Filled 0.6", "Completed"],
    ),
    "two fills of one amount": (
        (NEW, fill("1", "0.5"), fill("2", "0.5")),
        ["Created", "Filled 0.5", "Filled 0.5", "Completed"],
    ),
    "the status is filled before the last fill": (
        (NEW, fill("1", "0.4"), seen("Filled", "1"), fill("2", "0.6")),
        ["Created", "Filled 0.4", "Filled 0.6", "Completed"],
    ),
    "the status is filled and no fill is known": ((seen("Filled", "1"),), ["Created"]),
    "the fills are enough to complete": (
        (NEW, fill("1", "1")),
        ["Created", "Filled 1", "Completed"],
    ),
    "cancelled": ((NEW, seen("Canceled")), ["Created", "Cancelled"]),
    "cancelled, told by reply and stream": (
        (NEW, seen("Canceled"), seen("Canceled")),
        ["Created", "Cancelled"],
    ),
    "cancelled before anything else was heard": ((seen("Canceled"),), ["Created", "Cancelled"]),
    "cancelled with a fill that is not known yet": (
        (NEW, fill("1", "0.2"), seen("Canceled", "0.5")),
        ["Created", "Filled 0.2"],
    ),
    "cancelled, then the fills before it": (
        (NEW, seen("Canceled", "0.5"), fill("1", "0.2"), fill("2", "0.3")),
        ["Created", "Filled 0.2", "Filled 0.3", "Cancelled"],
    ),
    "the cancel loses against the last fill": (
        (NEW, seen("Canceled", "0.5"), fill("1", "0.5"), fill("2", "0.5")),
        ["Created", "Filled 0.5", "Cancelled"],
    ),
    "expired": ((NEW, seen("Expired")), ["Created", "Expired"]),
    "an IOC order that is killed partly filled": (
        (fill("1", "0.3"), seen("Expired", "0.3")),
        ["Created", "Filled 0.3", "Expired"],
    ),
    "rejected after acceptance": ((NEW, seen("Rejected")), ["Created", "Failure"]),
    "a stale status after the end": (
        (NEW, fill("1", "1"), seen("Open", "0"), seen("Open", "0.5")),
        ["Created", "Filled 1", "Completed"],
    ),
    "a stale status before the missing fill": (
        (NEW, seen("Canceled", "0.5"), seen("Open", "0"), fill("1", "0.5")),
        ["Created", "Filled 0.5", "Cancelled"],
    ),
    "a refusal of an order that is open": ((NEW, REFUSED), ["Created"]),
    "more than the amount": ((NEW, fill("1", "0.6"), fill("2", "0.6")), ["Created", "Filled 0.6"]),
    "a fill of another order of that name": (
        (NEW, Fill("8", "1", Decimal(1), Decimal(29000), None, 0)),
        ["Created"],
    ),
    "outcome unknown": ((UNKNOWN,), []),
    "outcome unknown, then found": ((UNKNOWN, NEW), ["Created"]),
    "outcome unknown, then found cancelled": (
        (UNKNOWN, seen("Canceled")),
        ["Created", "Cancelled"],
    ),
    "outcome unknown, not found while it could still be accepted": (
        (UNKNOWN, not_found(1), not_found(2), not_found(4)),
        [],
    ),
    "outcome unknown, not found once": ((UNKNOWN, not_found(8)), []),
    "outcome unknown, not found twice": ((UNKNOWN, not_found(8), not_found(9)), ["Failure"]),
    "outcome unknown, not found, then found": (
        (UNKNOWN, not_found(8), fill("1", "1"), not_found(9), not_found(10)),
        ["Created", "Filled 1", "Completed"],
    ),
    "refused as a duplicate of itself": ((PERHAPS_REFUSED, NEW), ["Created"]),
    "refused as a duplicate, and not there": ((PERHAPS_REFUSED, not_found(2)), ["Failure"]),
    "not found while the create is under way": ((not_found(8), not_found(9)), []),
    "a lost create reply of an order that is open": (
        (NEW, UNKNOWN, not_found(8), not_found(9)),
        ["Created"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fact_tells_what_it_makes_due(case: str) -> None:
    """Facts in any order lead to each event once, in the order of the contract."""
    facts, told = CASES[case]
    assert hear(facts) == told


LIFE: tuple[Fact, ...] = (
    NEW,
    fill("1", "0.2"),
    seen("Open", "0.2"),
    fill("2", "0.3"),
    seen("Canceled", "0.5"),
)


def test_no_overtaking_changes_what_is_told() -> None:
    """However the messages of a life overtake each other, its events are the same and in order."""
    for facts in permutations(LIFE):
        told = hear((*facts, *facts))
        assert (told[0], told[-1]) == ("Created", "Cancelled"), facts
        assert sorted(told[1:-1]) == ["Filled 0.2", "Filled 0.3"], facts


LATE_FILLS: dict[str, tuple[int, tuple[Fact, ...], list[str]]] = {
    "centralised: nothing follows the end": (0, (fill("2", "0.3"),), []),
    "decentralised: a fill after the cancel": (10, (fill("2", "0.3"),), ["Filled 0.3"]),
    "decentralised: told twice": (10, (fill("2", "0.3"), fill("2", "0.3")), ["Filled 0.3"]),
    "decentralised: known already": (10, (fill("1", "0.2"),), []),
    "decentralised: no second end": (
        10,
        (fill("2", "0.8"), seen("Filled", "1"), seen("Canceled", "1")),
        ["Filled 0.8"],
    ),
    "decentralised: more than the amount": (10, (fill("2", "0.9"),), []),
    "decentralised: at the last instant": (
        10,
        (fill("2", "0.3", CANCELED_AT_MS + 10_000),),
        ["Filled 0.3"],
    ),
    "decentralised: later than the venue can fill": (
        10,
        (fill("2", "0.3", CANCELED_AT_MS + 10_001),),
        [],
    ),
}


@pytest.mark.parametrize("case", LATE_FILLS)
def test_fills_after_the_end_are_owed_within_the_grace_window_only(case: str) -> None:
    """A fill after Cancelled is told once if the venue could still fill then, else never."""
    grace_seconds, late, told = LATE_FILLS[case]
    before: tuple[Fact, ...] = (fill("1", "0.2"), seen("Canceled", "0.2"))
    assert hear((*before, *late), grace_seconds)[3:] == told


def test_a_fill_after_an_end_of_no_known_time_is_owed() -> None:
    """A reply that does not say when the order ended makes no fill after it too late."""
    ended = Seen("7", Status.CANCELED, Decimal(0), time_ms=None)
    assert hear((ended, fill("1", "0.2")), grace_seconds=10)[2:] == ["Filled 0.2"]


def listed(
    ids: str, amount: str, cumulative: str, known: str = "1 2", time_ms: int | None = None
) -> Listed:
    """A list of fills of order 7, and how much a status says was filled."""
    total, said = Decimal(amount), Decimal(cumulative)
    return Listed("7", frozenset(ids.split()), total, said, frozenset(known.split()), time_ms)


LISTS: dict[str, tuple[tuple[Fact, ...], list[str]]] = {
    "all there": ((listed("1 2", "0.5", "0.5"),), []),
    "one taken back": ((listed("1", "0.2", "0.2"),), ["Reversed"]),
    "told once": ((listed("1", "0.2", "0.2"), listed("1", "0.2", "0.2")), ["Reversed"]),
    "another in its place": ((listed("1 3", "0.5", "0.5"),), ["Reversed"]),
    "a list without the fill of which the status is lags behind": (
        (listed("1", "0.2", "0.2", time_ms=CANCELED_AT_MS),),
        [],
    ),
    "the status is of what came after the fill": (
        (listed("1", "0.2", "0.2", time_ms=CANCELED_AT_MS + 1),),
        ["Reversed"],
    ),
    "a list with what was taken back lags behind": (
        (listed("1", "0.2", "0.2"), fill("3", "0.3"), listed("2", "0.3", "0.3", known="1 3")),
        ["Reversed", "Filled 0.3"],
    ),
    "none there": ((listed("", "0", "0"),), ["Reversed", "Reversed"]),
    "the list lags behind": ((listed("1", "0.2", "0.5"),), []),
    "the status lags behind": ((listed("1 2", "0.5", "0.2"),), []),
    "the fill is newer than both": ((listed("1", "0.2", "0.2", known="1"),), []),
    "an end is told without the fill that it waited for": (
        (seen("Canceled", "0.9"), listed("1 2", "0.5", "0.5")),
        ["Cancelled"],
    ),
    "an end waits on while one of them lags": (
        (seen("Canceled", "0.9"), listed("1 2", "0.5", "0.9")),
        [],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_fill_that_neither_list_nor_status_knows_was_taken_back(case: str) -> None:
    """The message that says so may be lost; one answer without the fill proves nothing."""
    after, told = LISTS[case]
    before = (NEW, fill("1", "0.2"), fill("2", "0.3"))
    assert hear((*before, *after), grace_seconds=10)[3:] == told


def test_events_carry_the_amounts_of_the_venue() -> None:
    """Created states what was sent, Filled its trade and fee, Completed the sums."""
    ledger = Ledger()
    ledger.track(TICKET)
    created, filled, completed = ledger.hear("a", [fill("1", "1")], 0)
    assert (created.side, created.amount, created.price) == ("BUY", Decimal(1), Decimal(29000))
    assert (filled.trade_id, filled.fees) == ("1", (Fee("BTC", Decimal("0.001")),))
    assert (completed.base_amount, completed.quote_amount) == (Decimal(1), Decimal(29000))


def test_tracking_lasts_until_the_terminal_event() -> None:
    """On a centralised venue an order is tracked until its terminal event, and not longer."""
    ledger = Ledger()
    ledger.track(TICKET)
    ledger.hear("a", [NEW, seen("Canceled", "0.5")], 0)
    assert ledger.tracked() == ("a",)
    ledger.hear("a", [fill("1", "0.5")], 0)
    assert ledger.tracked() == ()


def test_tracking_lasts_until_the_venue_was_asked_after_the_grace_window() -> None:
    """On a decentralised venue only what it said after the grace window ends the tracking."""
    ledger = Ledger(grace_ns=10 * SECOND)
    order = ledger.track(TICKET)
    ledger.hear("a", [seen("Canceled")], 5 * SECOND)
    ledger.release(order, 14 * SECOND)
    assert ledger.tracked() == ("a",)
    ledger.release(order, 15 * SECOND)
    assert ledger.tracked() == ()


@pytest.mark.parametrize(
    ("facts", "tracked"),
    [
        ((fill("1", "1"),), ("a",)),
        ((NEW, seen("Rejected")), ("a",)),
        ((REFUSED,), ()),
        ((UNKNOWN, not_found(8), not_found(9)), ()),
    ],
)
def test_nothing_is_owed_of_an_order_that_never_was(
    facts: tuple[Fact, ...], tracked: tuple[str, ...]
) -> None:
    """Where fills and rejections may be taken back, tracking ends at once only with a refusal."""
    ledger = Ledger(grace_ns=10 * SECOND)
    ledger.track(TICKET)
    ledger.hear("a", facts, 5 * SECOND)
    assert ledger.tracked() == tracked


GONE: dict[str, tuple[int, tuple[Fact, ...], list[str]]] = {
    "dropped": (10, (not_found(5), not_found(30), not_found(55)), ["Failure"]),
    "told once": (10, (not_found(5), not_found(55), not_found(80)), ["Failure"]),
    "not for long enough": (10, (not_found(5), not_found(54)), []),
    "in another block": (10, (not_found(5), NEW, not_found(55)), []),
    "with a fill": (
        10,
        (fill("1", "0.2"), not_found(5), not_found(55)),
        ["Filled 0.2", "Reversed", "Failure"],
    ),
    "with a fill that is missing": (
        10,
        (seen("Open", "0.2"), not_found(5), not_found(55)),
        ["Failure"],
    ),
    "lives again after its end": (
        10,
        (seen("Rejected"), NEW, fill("1", "0.2"), not_found(5), not_found(55)),
        ["Failure", "Filled 0.2"],
    ),
    "centralised": (0, (not_found(5), not_found(500)), []),
}


@pytest.mark.parametrize("case", GONE)
def test_an_order_that_a_chain_has_no_more_has_failed(case: str) -> None:
    """It was accepted and is unknown ever since; elsewhere that is what a lagging replica says."""
    grace_seconds, after, told = GONE[case]
    assert hear((NEW, *after), grace_seconds)[1:] == told


MISSING: dict[str, tuple[tuple[Fact, ...], bool]] = {
    "nothing known": ((), False),
    "open": ((NEW,), True),
    "a fill is missing": ((seen("Open", "0.2"),), False),
    "no fill is missing": ((seen("Open", "0.2"), fill("1", "0.2")), True),
    "in doubt": ((UNKNOWN,), False),
    "the end is held back": ((seen("Canceled", "0.2"),), False),
    "a late fill is missing": ((seen("Canceled"), seen("Canceled", "0.2")), False),
    "ended": ((seen("Canceled"),), True),
}


@pytest.mark.parametrize("case", MISSING)
def test_an_order_says_when_the_venue_must_be_asked(case: str) -> None:
    """An order is settled when nothing is known to be missing."""
    facts, settled = MISSING[case]
    order = Ledger(grace_ns=10 * SECOND).track(TICKET)
    for fact in facts:
        order.hear(fact, 0)
    assert order.is_settled is settled
