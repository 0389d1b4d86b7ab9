"""Where a function of a whole number changes its value, found by halving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Flip(Generic[_Value]):
    """At `below` the function has still one value, at `above` already another."""

    below: int
    above: int
    before: _Value
    after: _Value


def flips(
    function: Callable[[int], _Value], grid: Sequence[int], precision: int
) -> tuple[Flip[_Value], ...]:
    """Return where the function changes between the points of an ascending grid.

    Between two points that differ the change is closed in until its sides are no more than
    `precision` apart; every change that shows itself on the way is found, and none between two
    points of one value. Each number is asked once, from the lowest on.
    """
    known: dict[int, _Value] = {}

    def at(number: int) -> _Value:
        if number not in known:
            known[number] = function(number)
        return known[number]

    found: list[Flip[_Value]] = []
    spans = [*pairwise(grid)][::-1]
    while spans:
        low, high = spans.pop()
        if at(low) == at(high):
            continue
        if high - low <= precision:
            found.append(Flip(low, high, at(low), at(high)))
            continue
        middle = (low + high) // 2
        spans += [(middle, high), (low, middle)]
    return tuple(found)
