"""The number a run ends with."""

from __future__ import annotations

import pytest

from fillproof.harness.runner import Counts, Status
from fillproof.harness.runner.events import exit_code

S = Status


@pytest.mark.parametrize(
    ("statuses", "incomplete", "number"),
    [
        ([S.PASS], False, 0),
        ([S.NON_STRICT, S.INFO, S.KNOWN, S.UNSUPPORTED], False, 0),
        ([S.PASS, S.FAIL], False, 1),
        ([S.PASS, S.FIXED], False, 1),
        ([], False, 2),
        ([S.UNSUPPORTED, S.UNSUPPORTED], False, 2),
        ([S.PASS], True, 2),
        ([S.FAIL], True, 2),
        ([S.PASS, S.UNKNOWN], False, 3),
        ([S.FAIL, S.ERROR], True, 3),
        ([S.ERROR], False, 3),
    ],
)
def test_the_highest_number_that_holds_wins(
    statuses: list[Status], incomplete: bool, number: int
) -> None:
    """0 nothing new wrong, 1 a new FAIL or unexpected pass, 2 nothing judged, 3 not told."""
    assert exit_code(Counts.of(statuses), incomplete) == number


def test_what_could_not_be_told_is_not_judged() -> None:
    """UNSUPPORTED, UNKNOWN and ERROR do not count as judged."""
    assert Counts.of(Status).judged == len(Status) - 3
