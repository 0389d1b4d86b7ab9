"""Makes a failing scenario one-minimal: nothing can be left out or said rounder."""

from __future__ import annotations

from collections.abc import Callable

from fillproof.harness.fuzz.simpler import Document, is_valid, simpler


def trim(document: Document, fails: Callable[[Document], bool]) -> Document:
    """Return a scenario that fails, and of which no simpler neighbour fails.

    `document` is known to fail; `fails` must always say the same of the same scenario.
    """
    place = in_vain = 0
    candidates = list(simpler(document))
    while in_vain < len(candidates):
        candidate = candidates[place % len(candidates)]
        if is_valid(candidate) and fails(candidate):
            document, in_vain = candidate, 0
            candidates = list(simpler(document))
        else:
            place, in_vain = place + 1, in_vain + 1
    return document
