"""One seed has one recording, whatever process wrote it and whatever ran before it there."""

from __future__ import annotations

import hashlib

import pytest
from conformance_tests.soak import SCENARIO, digest, digests

from fillproof.harness.connectors.hummingbot import environment
from fillproof.harness.scenario import discover, load
from fillproof.harness.worker.launch import Job, Worker


@pytest.mark.slow
def test_twenty_processes_with_twenty_hash_seeds_write_one_recording() -> None:
    """Nothing in a world depends on the process, its addresses or its hash seed."""
    assert len(digests("reference", SCENARIO, range(20))) == 1


@pytest.mark.slow
def test_the_released_hummingbot_writes_one_recording_too() -> None:
    """What holds for our own connector holds for one that nobody wrote for this."""
    if environment.cached_python() is None:
        pytest.skip("the hummingbot environment is not built: make conformance builds it")
    assert len(digests("hummingbot:binance", SCENARIO, range(4))) == 1


@pytest.mark.slow
def test_a_scenario_alone_and_after_others_has_one_digest() -> None:
    """Each world is a fresh child: nothing leaks from the worlds before it."""
    before = ("cancels/resting", "partial_fills/stream_closed", "rejections/duplicate_id")
    with Worker("reference") as worker:
        for scenario in (*before, SCENARIO):
            (path,) = discover([scenario])
            lines = worker.run(Job(load(path).document(), 7))

    last = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert last == digest("reference", SCENARIO, seed=7, hash_seed=0)
