"""U1: one call is at most one order, and its outcome is not guessed."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

FAIL = [("U1", Outcome.FAIL)]


@pytest.mark.parametrize(
    "story",
    [
        "place; new; <new; Created",
        "place; new; <refused http=503; wait 5; <new; Created",
        "place; new; <new; Created; refuses; <refused by=F1",
        "place at=29000.005 sent_at=29000; new; <new; Created",
        "place side=SELL at=29000.005 sent_at=29000.01; new; <new; Created",
        "place 1.00009 sent=1; new; <new; Created",
        "place tif=GTD; new time_in_force=GTC; <new; Created",
    ],
)
def test_one_order_at_most_the_one_asked_for_keeps_it(story: str) -> None:
    """Silence while the outcome is unknown is right, and a refused resend is no second order."""
    assert roots(f"arm what=resend; fire; {story}") == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        ("place; new; <refused http=503; Failure; <new", "an error without an outcome"),
        ("place; Failure; new; <new", "told before the answer came"),
        ("place; new; <new; Created; Failure", "a living order"),
        ("place; new; <new; Created; Failure; trade 1; <fill; <filled", "and its fills lost"),
        ("place; new; <new; Created; new venue_order_id=9", "two orders of one call"),
        ("place; new; <new; Created; new venue_order_id=9 client_order_id=z", "under another id"),
        ("place sent_at=29001; new; <new; Created", "at a worse price"),
        ("place sent_at=28999; new; <new; Created", "at another price"),
        ("place; new order_type=MARKET; <new; Created", "of another type"),
        ("place tif=IOC; new time_in_force=GTC; <new; Created", "that rests, asked for IOC"),
        ("place tif=GTD; new time_in_force=IOC; <new; Created", "that has no time to its date"),
        ("place sent=0.5; new; <new; Created", "for less"),
        ("place; new side=SELL; <new; Created", "of the other side"),
    ],
)
def test_a_guessed_outcome_and_a_second_order_are_found(story: str, why: str) -> None:
    """Whatever is guessed or doubled is a finding of U1 and of no other rule."""
    assert roots(story) == FAIL, why


@pytest.mark.parametrize(
    ("sent", "market_orders", "found"),
    [
        ("order_type=LIMIT time_in_force=IOC", False, []),
        ("order_type=LIMIT time_in_force=GTC", False, FAIL),
        ("order_type=LIMIT time_in_force=IOC", True, FAIL),
    ],
)
def test_a_venue_without_market_orders_gets_a_limit_that_does_not_rest(
    sent: str, market_orders: bool, found: list[tuple[str, Outcome]]
) -> None:
    """Where all orders have a limit, IOC is what comes nearest to a market order."""
    story = f"place type=MARKET tif=IOC; new {sent}; <new; Created"
    assert roots(story, market_orders=market_orders) == found


def test_failure_that_a_faulty_message_said_plainly_is_info() -> None:
    """A refusal that a fault invented, with an HTTP status that means it, excuses Failure."""
    lie = "arm what=fail; place; new; fire; <refused by=F1 http={}; Failure"
    assert roots(lie.format(400)) == [("U1", Outcome.INFO)]
    assert roots(lie.format(503)) == FAIL


def test_a_second_order_that_a_proxy_made_is_info() -> None:
    """A request sent twice on the way is not the connector's doing."""
    story = "place; arm what=resend; fire; new; new venue_order_id=9; <new; Created"
    assert roots(story) == [("U1", Outcome.INFO)]
    assert roots(f"{story}; new venue_order_id=10") == FAIL


def test_an_order_nobody_placed_is_found() -> None:
    """An order in truth without any call is the connector's own."""
    story = "place side=SELL unsent; Failure; new client_order_id=z side=BUY"
    assert roots(story) == FAIL
