"""L4: Created."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

FAIL = [("L4", Outcome.FAIL)]
HEARD = "place; new; <new"


@pytest.mark.parametrize(
    "story",
    [
        "place; new; <new; Created",
        "place; new; trade 0.2; <fill; Created; Filled 0.2",
        "place 1.00005 sent=1; new; <new; Created amount=1.00005",
        "place 1.00005 sent=1; new; <new; Created amount=1",
        "place venue_id=7; new; <new; Created venue_order_id=7",
        "place; refuses; <refused; Failure",
        "place side=SELL; new; <new; Created",
        "place type=MARKET tif=IOC; new; trade 1; <fill; Created; Filled 1; Completed",
    ],
)
def test_an_accepted_order_that_tells_created_once_and_first_keeps_it(story: str) -> None:
    """Created comes once, before any Filled, of the order's own side."""
    assert roots(story) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{HEARD}", "never told"),
        (f"{HEARD}; Created; Created", "told twice"),
        ("place; new; trade 0.2; <fill; Filled 0.2; Created", "after the first fill"),
        ("place; new; trade 1; <fill; Filled 1; Created; Completed", "after the only fill"),
        ("place; new; trade 1; <fill; Filled 1; Completed; Created", "after all is over"),
        ("place; Created; new; <new", "before the venue accepted"),
        (f"{HEARD}; Created side=SELL", "of the other side"),
        (f"{HEARD}; Created amount=2", "of a larger amount"),
        (f"{HEARD}; Created amount=0.5", "of another amount"),
        (f"{HEARD}; Created price=29001", "of a worse price"),
        (f"{HEARD}; Created venue_order_id=999", "with an id that the venue never gave"),
        (f"{HEARD}; wait 6; Created", "long after the message that proved it"),
    ],
)
def test_created_that_is_missing_doubled_late_or_wrong_is_found(story: str, why: str) -> None:
    """Whatever is wrong with Created is a finding of L4 and of no other rule."""
    assert roots(story) == FAIL, why


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("place; new; quiet", Outcome.UNKNOWN),
        ("place; new; bound", Outcome.FAIL),
        ("place; new; heal; wait 200; quiet", Outcome.FAIL),
        ("arm what=drop; place; new; fire; wait 200; heal; quiet", Outcome.UNKNOWN),
        ("arm what=drop; place; new; fire; wait 200; bound", Outcome.FAIL),
        ("arm what=hold; place; new; fire; <new by=F1", Outcome.FAIL),
        ("arm what=cut; place; new; fire; <new by=F1", Outcome.UNKNOWN),
        ("arm what=fail; place; new; fire; <new by=F1", Outcome.UNKNOWN),
    ],
)
def test_a_missing_created_is_blamed_on_what_was_delivered_or_discoverable(
    story: str, expected: Outcome
) -> None:
    """A fact that neither reached the connector nor could be found for the bound is UNKNOWN."""
    assert roots(story) == [("L4", expected)]


def test_without_recovery_what_was_never_delivered_is_not_owed() -> None:
    """A library that does not promise to look again is not blamed for what it could not know."""
    assert roots("place; new; bound", lacks=("recovery",)) == [("L4", Outcome.UNSUPPORTED)]
    assert roots("place; new; <new; bound", lacks=("recovery",)) == FAIL


def test_an_order_killed_on_arrival_may_leave_created_out() -> None:
    """An IOC that ends without a fill as it comes is NON_STRICT without Created."""
    killed = "place tif=IOC; new & expires; <expired"
    assert roots(f"{killed}; Expired") == [("L4", Outcome.NON_STRICT)]
    assert roots(f"{killed}; Created; Expired") == []


def test_an_order_that_was_in_no_block_need_not_be_created() -> None:
    """Only the mempool had it, no message said so, and whoever asks is told of no such order."""
    chain = {"profile": "decentralised", "grace": 20, "chain": {}}
    lost = "place; new; rejects; Failure; quiet"
    assert roots(lost, **chain) == []
    assert roots(f"place; new; <new; {lost.partition('; new; ')[2]}", **chain) == FAIL
    assert roots("place; new; triggers; rejects; Failure; quiet", **chain) != []


def test_a_message_on_a_connection_the_connector_had_closed_does_not_count() -> None:
    """What arrives after the connector closed the connection was not delivered to it."""
    story = "place; new; closed connection=c1; <new; quiet"
    assert roots(story) == [("L4", Outcome.UNKNOWN)]


def test_a_fact_by_venue_id_alone_counts_from_when_that_id_is_known() -> None:
    """A list of trades means nothing to a connector that never learned the venue's id."""
    unknown = "place; new; trade 0.2; <fill client_order_id=; quiet"
    assert ("L4", Outcome.UNKNOWN) in roots(unknown)
    assert ("L6", Outcome.UNKNOWN) in roots(unknown)
    known = "place; new; <new; Created; trade 0.2; <fill client_order_id=; quiet"
    assert roots(known) == [("L6", Outcome.FAIL)]
