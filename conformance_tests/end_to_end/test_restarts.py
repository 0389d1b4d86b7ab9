"""The reference connector is killed in the middle of its work, and nothing is told wrongly.

One await point after each step of each life; `make soak` has them all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conformance_tests.soak.restarted import Killing, moments, outlive

from fillproof.harness.worker.launch import Worker

SLICE = [Killing(*moment, 1 + number % 3) for number, moment in enumerate(moments())]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Return a worker for all of them."""
    with Worker("reference") as one:
        yield one


@pytest.mark.parametrize("killing", SLICE, ids=str)
def test_what_is_told_before_and_after_a_kill_is_one_story(
    worker: Worker, killing: Killing
) -> None:
    """No fill is told twice, none is lost, and no order begins or ends twice."""
    assert not outlive(worker, killing).wrong
