"""Every path of the FIX order state matrices on the engine itself, below the dialects."""

from __future__ import annotations

import pytest
from conformance_tests.unit.fix import (
    plays_a_to_b,
    plays_c_to_d,
    plays_e_to_h,
    plays_i_to_x,
    plays_refused,
)
from conformance_tests.unit.fix.desk import Desk, Play

from fillproof.harness.fix import PATHS

BOOKS = (plays_a_to_b, plays_c_to_d, plays_e_to_h, plays_i_to_x, plays_refused)
PLAYS: dict[str, Play] = {ref: play for book in BOOKS for ref, play in book.PLAYS.items()}


@pytest.mark.parametrize("ref", PATHS)
def test_the_engine_tells_the_path(ref: str) -> None:
    """Type, status, cumulative and leaves of every report are as the table of the path says."""
    Desk(PLAYS[ref]).play(PLAYS[ref].table)


def test_no_path_is_played_twice_and_none_is_unknown() -> None:
    """Each reference stands in one book, and the books hold nothing else."""
    assert sum(len(book.PLAYS) for book in BOOKS) == len(PLAYS) == len(PATHS)


def test_a_wrong_table_is_noticed() -> None:
    """A table that expects something else than what is told fails at that line."""
    with pytest.raises(AssertionError, match="ann buy X"):
        Desk(Play("")).play("ann buy X 10000 @ 100 | X New New 0/9999")
