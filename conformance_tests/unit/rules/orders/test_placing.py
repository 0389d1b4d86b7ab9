"""L1 to L3: what happens before a create request leaves."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots, verdict

from fillproof.harness.rules import Outcome

LIVES = "new; <new; Created"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"place; {LIVES}", []),
        (f"place late; {LIVES}", ["L1"]),
        ("place id=x; place id=x order=b", ["L1"]),
        (f"place; place order=b; {LIVES}; new order=b; <new order=b; Created order=b", []),
    ],
)
def test_a_call_returns_at_once_with_an_id_of_its_own(story: str, found: list[str]) -> None:
    """L1: the id is there at the instant of the call, and no other order has it."""
    assert roots(story) == [(rule, Outcome.FAIL) for rule in found]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"place; {LIVES}", []),
        (f"place untracked; {LIVES}", ["L2"]),
        ("place untracked; new; trade 1; <fill; <filled", ["L2"]),
    ],
)
def test_tracking_starts_before_the_request_is_sent(story: str, found: list[str]) -> None:
    """L2: what an untracked order loses afterwards is explained by it."""
    assert roots(story) == [(rule, Outcome.FAIL) for rule in found]


def test_a_capability_that_is_not_declared_is_not_judged() -> None:
    """A rule that needs what the library does not promise is counted as undeclared."""
    said = verdict("place untracked; new; <new; Created", lacks=("tracking",))
    assert said.outcome is Outcome.PASS
    assert "L2" not in said.rules
    undeclared = {rule for rule, needs in said.undeclared.items() if "tracking" in needs}
    assert undeclared == {"L2", "A1", "A2", "A3", "A5"}
    assert said.undeclared["L2"] == ("tracking",)


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("place 0.00005 unsent; Failure", []),
        ("place 0.0001 unsent; Failure", []),
        ("place 10000 at=1 unsent; Failure", []),
        ("place 0.00005; refuses; <refused; Failure", ["L3"]),
        ("place 0.0001; refuses; <refused; Failure", ["L3"]),
        ("place 9000.5 at=1; refuses; <refused; Failure", ["L3"]),
        ("place 0.00005 unsent; Failure; Failure", ["L3"]),
        ("place 0.00005 unsent; Created; Failure", ["L3"]),
        ("place 0.00005 unsent; bound", ["L3"]),
    ],
)
def test_a_violating_order_stays_at_home_and_fails(story: str, found: list[str]) -> None:
    """L3: below the minimum quantity or notional, or above the maximum, nothing is sent."""
    assert roots(story) == [(rule, Outcome.FAIL) for rule in found]


def test_an_order_that_is_within_the_limits_only_before_quantising_violates_them() -> None:
    """The order as it would stand on the wire is what the limits are for."""
    assert roots("place 0.000199 at=29000 unsent; Failure") == []
    assert roots("place 9000.00005 at=1 sent=9000; new; <new; Created") == []


def test_without_local_checks_the_venue_may_refuse() -> None:
    """A library that promises no checks may send what the venue refuses."""
    story = "place 0.00005; refuses; <refused; Failure"
    assert roots(story, lacks=("local_checks",)) == []
