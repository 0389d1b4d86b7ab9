"""When told and truth agree about an order, so that a world may come to rest."""

from __future__ import annotations

import pytest

from fillproof.harness.worker.progress import Progress

TRADE, TAKEN_BACK, BUST = ("Trade", "none"), ("TradeCancel", "reorganised"), ("TradeCancel", "none")


def progress(truth: list[tuple[str, str]], told: str) -> Progress:
    """An order that is open at the venue, with these reports, of which this was told."""
    made = Progress(lambda: 0.0)
    made.note_truth("a", "New", "New")
    for execution_type, reason in truth:
        made.note_truth("a", execution_type, "PartiallyFilled", reason)
    for event in told.split():
        made.note_told("a", event)
    return made


@pytest.mark.parametrize(
    ("truth", "told", "agrees"),
    [
        ([TRADE], "Created", False),
        ([TRADE], "Created Filled", True),
        ([TRADE, TAKEN_BACK], "Created Filled", False),
        ([TRADE, TAKEN_BACK], "Created Filled Reversed", True),
        ([TRADE, TAKEN_BACK], "Created", True),
        ([TRADE, TAKEN_BACK, TRADE], "Created Filled", True),
        ([TRADE, TAKEN_BACK, TRADE], "Created Filled Filled", False),
        ([TRADE, TAKEN_BACK, TRADE], "Created Filled Reversed Filled", True),
        ([TRADE, BUST], "Created Filled", True),
    ],
)
def test_what_a_chain_takes_back_is_owed_as_a_reversal(
    truth: list[tuple[str, str]], told: str, agrees: bool
) -> None:
    """A fill that was told and stands no more is owed Reversed; one never told is owed nothing."""
    assert progress(truth, told).all_agree(tells_reversals=True) is agrees


def test_who_does_not_promise_reversals_owes_none() -> None:
    """Nobody waits for what was never promised."""
    assert progress([TRADE, TAKEN_BACK], "Created Filled").all_agree()
