"""D2: a fill that the chain takes back is told as Reversed, once, as it was told."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots, verdict

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.rules import Outcome

FILLED = "place; new; <new; Created; trade 0.3; <fill; Filled 0.3"
GONE = "bust 1 reason=reorganised"
HEARD = "<fill_taken_back trade_id=1"
REVERSED = "Reversed amount=0.3 price=29000 trade_id=1"
FAIL, UNKNOWN = ("D2", Outcome.FAIL), ("D2", Outcome.UNKNOWN)
CHAIN = {"profile": "decentralised", "grace": 20, "chain": {}}


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{FILLED}; {GONE}; {HEARD}; {REVERSED}", []),
        (f"{FILLED}; {GONE}; {HEARD}", [FAIL]),
        (f"{FILLED}; {GONE}", [UNKNOWN]),
        (f"{FILLED}; {GONE}; bound", [FAIL]),
        (f"{FILLED}; {GONE}; {HEARD}; {REVERSED}; {REVERSED}", [FAIL]),
        (f"{FILLED}; {GONE}; {HEARD}; Reversed amount=1 price=29000 trade_id=1", [FAIL]),
        (f"{FILLED}; {REVERSED}", [FAIL]),
        (f"{FILLED}; bust 1", []),
        (f"place; new; <new; Created; trade 0.3; {GONE}", []),
        (f"place; new; <new; Created; trade 0.3; {GONE}; {HEARD}; {REVERSED}", [FAIL]),
    ],
)
def test_what_is_taken_back_is_told_once(story: str, found: list[tuple[str, Outcome]]) -> None:
    """One Reversed for each fill that was told and is gone; a venue's own bust is another thing."""
    assert roots(story, **CHAIN) == found


def test_what_comes_again_is_another_fill() -> None:
    """The second trade has an id of its own; both are told, and one of them is reversed."""
    again = "trade 0.3; <fill; Filled 0.3"
    assert roots(f"{FILLED}; {GONE}; {HEARD}; {REVERSED}; {again}", **CHAIN) == []


def test_a_kept_fill_and_a_phantom_reversal_have_names() -> None:
    """A strategy that believes in a position that is gone, and one that lost a true one."""
    kept, phantom = f"{FILLED}; {GONE}; {HEARD}", f"{FILLED}; {REVERSED}"
    names = [verdict(story, **CHAIN).findings[0].anomaly for story in (kept, phantom)]
    assert names == [Anomaly.KEPT_FILL, Anomaly.PHANTOM_REVERSAL]


def test_who_promises_no_reversals_is_not_asked() -> None:
    """Its library has no such event."""
    assert roots(f"{FILLED}; {GONE}; {HEARD}", lacks=("reversals",), **CHAIN) == []


def test_a_faulty_message_excuses() -> None:
    """Reversed on the word of an altered message is INFO."""
    story = f"{FILLED}; arm what=alter; {HEARD} by=F1; fire; {REVERSED}"
    assert roots(story, **CHAIN) == [("D2", Outcome.INFO)]


def test_an_order_that_is_full_again_is_not_completed_too_early() -> None:
    """What fills it anew may have been made before Completed, and be heard of after it."""
    full = "place; new; <new; Created; trade 1; <fill; Filled 1"
    heard = f"Completed; {HEARD}; Reversed amount=1 price=29000 trade_id=1; <fill; Filled 1"
    assert roots(f"{full}; {GONE}; trade 1; {heard}", **CHAIN) == []
