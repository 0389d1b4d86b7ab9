"""A finding as a paragraph, with the lines that show it."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import history

from fillproof.harness.anomalies import MEANINGS, Anomaly
from fillproof.harness.report.proof import proof, witnesses
from fillproof.harness.rules import judge

LOST = "place; new; <new; Created; trade 0.2; <fill"
DOUBLED = "place; new; <new; Created; trade 0.2; <fill; Filled 0.2; Filled 0.2"


def test_a_proof_reads_from_the_call_to_the_name_of_the_anomaly() -> None:
    """What was asked, what happened when, what was owed, who is to blame, what it is called."""
    told = history(LOST)
    (finding,) = judge(told).findings
    assert proof(finding, told) == (
        "At 0.010 s the strategy placed order a (id-a): buy 1 BTC-USDT at 29000. "
        "At 0.050 s, at the venue: Trade 0.2 #1, leaves 0.8. "
        "At 0.060 s, on the wire: received user_stream: fill 0.2 #1. "
        "Owed was: Filled 0.2 at 29000 (trade 1), exactly once. "
        "Yet the fill at 0.050 s was never told. "
        "It was delivered: user_stream said so at 0.060 s. "
        f"That is a lost fill. {MEANINGS[Anomaly.LOST_FILL]}"
    )


@pytest.mark.parametrize(
    ("story", "ledgers"),
    [
        (LOST, ["truth", "wire"]),
        (DOUBLED, ["told"]),
        ("place; new; <new; Created; cancel; cancels; <cancelled", ["truth", "wire"]),
        ("place; new; <new; Created; Failure", ["told"]),
        ("place; new; <new; Created; trouble deadlock; dies", ["run"]),
    ],
)
def test_the_witness_has_the_decisive_lines_and_no_other(story: str, ledgers: list[str]) -> None:
    """What never came is shown by what made it owed; what is wrong shows itself."""
    told = history(story)
    finding = judge(told).findings[0]
    assert [one.ledger for one in witnesses(finding, told)] == ledgers
    assert all(one.text for one in witnesses(finding, told))
