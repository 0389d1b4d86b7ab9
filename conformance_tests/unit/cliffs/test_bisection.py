"""Where a function changes its value, found by halving."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.harness.cliffs import Flip, flips

GRID = (0, 10, 20, 40, 80)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], []),
        ([25], [(24, 25)]),
        ([1], [(0, 1)]),
        ([80], [(79, 80)]),
        ([5, 33], [(4, 5), (32, 33)]),
        ([22, 30], [(21, 22), (29, 30)]),
    ],
)
def test_a_step_is_found_to_the_number(steps: list[int], found: list[tuple[int, int]]) -> None:
    """The two sides of a cliff are neighbours."""

    def height(number: int) -> int:
        return sum(number >= step for step in steps)

    assert [(flip.below, flip.above) for flip in flips(height, GRID, 1)] == found


def test_a_coarser_precision_stops_sooner() -> None:
    """The sides are no more than that apart, and still differ."""
    (flip,) = flips(lambda number: number >= 33, GRID, 8)
    assert flip == Flip(30, 35, before=False, after=True)


def test_no_number_is_asked_twice() -> None:
    """Every answer costs a world."""
    asked: list[int] = []

    def height(number: int) -> bool:
        asked.append(number)
        return number >= 33

    flips(height, GRID, 1)
    assert len(asked) == len(set(asked))


@settings(derandomize=True, deadline=None)
@given(st.sets(st.integers(1, 80), max_size=5))
def test_every_step_of_a_rising_function_is_found(steps: set[int]) -> None:
    """A function that never comes back hides none of its steps from halving."""

    def height(number: int) -> int:
        return sum(number >= step for step in steps)

    naive = [(low, high) for low, high in pairwise(range(81)) if height(low) != height(high)]
    assert [(flip.below, flip.above) for flip in flips(height, GRID, 1)] == naive
