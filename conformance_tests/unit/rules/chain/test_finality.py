"""D3: what only the mempool has is no end of an order; D4: a nonce is used once."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
PENDING = f"{LIVES}; cancel; pending"
BACK = "restated reason=reorganised order_status=New leaves_quantity=1"
FAIL, LAX = ("D3", Outcome.FAIL), ("D3", Outcome.NON_STRICT)
CHAIN = {"profile": "decentralised", "grace": 20, "chain": {}}


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{PENDING}; cancels; <cancelled; Cancelled", []),
        (f"{PENDING}; Cancelled; cancels", [FAIL]),
        (f"{PENDING}; <cancelled; Cancelled; cancels", []),
        (f"{PENDING}; <unknown on=cancel_reply; Cancelled; cancels", []),
        (f"{PENDING}; Cancelled; {BACK}", [FAIL]),
    ],
)
def test_an_end_is_the_venues_word(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Cancelled told when only the mempool has the cancel, and no message said so, is too early."""
    assert roots(story, **CHAIN) == found


def test_an_end_that_was_taken_back_was_no_lie() -> None:
    """It was so when it was told; it is NON_STRICT when the order comes to another end."""
    gone = f"{PENDING}; cancels; <cancelled; Cancelled; {BACK}"
    filled = "trade 1; <fill; Filled 1; <filled"
    assert roots(f"{gone}; {filled}", **CHAIN) == [LAX]
    assert roots(f"{gone}; pending; cancels", **CHAIN) == []
    failed = f"{LIVES}; rejects; <rejected; Failure; {BACK}"
    assert roots(failed, **CHAIN) == [LAX]
    assert roots(f"{failed}; rejects", **CHAIN) == []


def test_without_a_chain_it_says_nothing() -> None:
    """A venue that only settles late is judged by L8 and L11."""
    assert roots(f"{PENDING}; Cancelled; cancels", profile="decentralised", grace=20) == []


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("signed 17; signed 18", []),
        ("signed 17; signed 17", [("D4", Outcome.FAIL)]),
        ("signed 17; signed 18; signed 17; signed 18", [("D4", Outcome.FAIL)]),
    ],
)
def test_a_nonce_is_used_once(story: str, found: list[tuple[str, Outcome]]) -> None:
    """However far apart two requests are, and whatever is between them."""
    assert roots(f"{LIVES}; {story}", **CHAIN) == found
