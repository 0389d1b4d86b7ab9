"""Has Hypothesis draw plans from a seed, and shrink one of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.strategies import SearchStrategy

from fillproof.harness.fuzz.moves import Plan

MOST_PLANS = 400
"""How many plans are asked about to shrink one."""


class _StillFails(Exception):
    """Tells Hypothesis that a plan fails."""


class _Enough(BaseException):
    """Leaves Hypothesis, which takes any Exception for a failure."""


def batch_seed(seed: int, batch: int) -> int:
    """Return the seed of one batch of plans; other batches and seeds have others."""
    return int.from_bytes(sha256(f"{seed}/{batch}".encode()).digest()[:8], "big")


def draw(strategy: SearchStrategy[Plan], seed: int, count: int) -> list[Plan]:
    """Return at most `count` plans; the same seed draws the same plans."""
    drawn: list[Plan] = []
    _each(strategy, seed, count, drawn.append, (Phase.generate,))
    return drawn


def shrink(
    strategy: SearchStrategy[Plan],
    seed: int,
    count: int,
    plan: Plan,
    fails: Callable[[Plan], bool],
) -> Plan:
    """Return the smallest plan Hypothesis finds that fails as `plan` does.

    `plan` is one that `draw` returned for the same seed and count; it is not asked about again.
    """
    smallest, asked = plan, 0

    def ask(candidate: Plan) -> None:
        nonlocal smallest, asked
        if not asked and candidate != plan:
            return
        asked += 1
        if asked > MOST_PLANS:
            raise _Enough
        if candidate == plan or fails(candidate):
            smallest = min(smallest, candidate, key=_size)
            raise _StillFails

    with suppress(_StillFails, _Enough):
        _each(strategy, seed, count, ask, (Phase.generate, Phase.shrink))
    return smallest


def _size(plan: Plan) -> tuple[int, int, int]:
    faults = sum(move.fault is not None for move in plan.moves)
    return len(plan.moves), faults, sum(move.pause for move in plan.moves)


def _each(
    strategy: SearchStrategy[Plan],
    seed: int,
    count: int,
    body: Callable[[Plan], None],
    phases: tuple[Phase, ...],
) -> None:
    """Call `body` with each plan Hypothesis draws from the seed alone."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        phases=phases,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @hypothesis.given(strategy)
    def each(plan: Plan) -> None:
        body(plan)

    each()
