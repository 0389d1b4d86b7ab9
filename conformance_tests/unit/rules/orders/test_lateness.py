"""L6, L7 and L8: what is known is told at once."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
FILLED = f"{LIVES}; trade 0.2; <fill"
FULL = f"{LIVES}; trade 1"
GONE = f"{FILLED}; Filled 0.2; cancel; cancels"


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (f"{FILLED}; wait 4; Filled 0.2", "within five seconds"),
        (f"{FILLED} trade_id=; wait 6; Filled 0.2", "the message was of any fill of that amount"),
        (f"{FILLED} by=F1; wait 6; Filled 0.2", "a fault may have written the message"),
        (f"{LIVES}; trade 0.2; wait 60; <fill; Filled 0.2", "the message came late"),
        (f"{FULL}; <filled; wait 6; <fill; Filled 1; Completed", "its fill came late"),
        (f"{FULL}; <fill; Filled 1; wait 6; <filled; Completed", "its status came late"),
        (f"{GONE}; wait 6; <cancelled; Cancelled", "its end came late"),
    ],
)
def test_what_is_told_as_it_becomes_known_keeps_it(story: str, why: str) -> None:
    """Late is who knew; the time that a message took to come is the venue's and the network's."""
    assert roots(f"arm what=fail; fire; {story}") == [], why


@pytest.mark.parametrize(
    ("story", "rule"),
    [
        (f"{FILLED}; wait 6; Filled 0.2", "L6"),
        (f"{FULL}; <fill; <filled; wait 6; Filled 1; Completed", "L6"),
        (f"{FULL}; <fill; <filled; Filled 1; wait 6; Completed", "L7"),
        (f"{GONE}; <cancelled; wait 6; Cancelled", "L8"),
        (f"{FILLED}; cancel; cancels; <cancelled; wait 6; Filled 0.2; Cancelled", "L6"),
        ("place; new; <new; Created; expires; <expired; wait 6; Expired", "L8"),
    ],
)
def test_what_was_known_for_long_is_told_late(story: str, rule: str) -> None:
    """Who hears of a fill or an end and tells it at the next poll has left the strategy blind."""
    assert roots(story) == [(rule, Outcome.FAIL)]


def test_on_a_chain_a_fill_may_wait_for_finality() -> None:
    """Until nothing takes it back any more, it may be held back."""
    assert roots(f"{FILLED}; wait 6; Filled 0.2", profile="decentralised", grace=60) == []
