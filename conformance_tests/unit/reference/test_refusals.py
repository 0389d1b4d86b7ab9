"""What an error reply to a create proves."""

from __future__ import annotations

import pytest

from fillproof.harness.connectors.reference.facts import InDoubt, Refused
from fillproof.harness.connectors.reference.refusals import outcome_of_create
from fillproof.harness.connectors.reference.trouble import (
    NotSent,
    Refusal,
    Unanswered,
    Unreadable,
    VenueTrouble,
)

SECOND = 1_000_000_000
SENT, ANSWERED = 0, 1 * SECOND

OUTCOMES: dict[str, tuple[VenueTrouble, str]] = {
    "LOT_SIZE": (Refusal(400, -1013, "Filter failure: LOT_SIZE"), "refused"),
    "precision": (Refusal(400, -1111, "Parameter 'price' has too much precision."), "refused"),
    "symbol": (Refusal(400, -1121, "Invalid symbol."), "refused"),
    "signature": (Refusal(400, -1022, "Signature for this request is not valid."), "refused"),
    "key": (Refusal(401, -2015, "Invalid API-key, IP, or permissions for action."), "refused"),
    "never sent": (NotSent("pause"), "refused"),
    "duplicate": (Refusal(400, -2010, "Duplicate order sent."), "ask once"),
    "balance": (Refusal(400, -2010, "Account has insufficient balance"), "ask once"),
    "late": (Refusal(400, -1021, "Timestamp for this request is outside"), "ask once"),
    "pace": (Refusal(429, -1015, "Too many new orders"), "ask once"),
    "bus": (Refusal(400, -1006, "Execution status unknown."), "ask when it is dead"),
    "backend": (Refusal(400, -1007, "Send status unknown"), "ask when it is dead"),
    "timeout": (Unanswered("no answer in 10 s"), "ask when it is dead"),
    "empty": (Unreadable("HTTP 200 without JSON"), "ask when it is dead"),
}


@pytest.mark.parametrize("case", OUTCOMES)
def test_failure_is_told_only_when_refusal_is_certain(case: str) -> None:
    """Only a refusal that speaks of the request itself is believed without asking."""
    trouble, expected = OUTCOMES[case]
    reason = str(trouble)
    outcome = outcome_of_create(trouble, SENT, ANSWERED)
    assert (
        outcome
        == {
            "refused": Refused(reason),
            "ask once": InDoubt(reason, certain_from_ns=ANSWERED, answers_needed=1),
            "ask when it is dead": InDoubt(reason, certain_from_ns=7 * SECOND, answers_needed=2),
        }[expected]
    )
