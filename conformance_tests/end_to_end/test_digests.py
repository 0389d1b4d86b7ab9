"""One seed is one recording, byte for byte, in every process."""

from __future__ import annotations

import os

import pytest
from conformance_tests.digests import digests, drawn_documents

from fillproof.harness.worker.interpreters import NoInterpreter, interpreter_for

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("connector", "processes", "scenarios"),
    [("reference", 20, 2), ("hummingbot:binance", 5, 4)],
)
def test_one_seed_is_one_recording(connector: str, processes: int, scenarios: int) -> None:
    """Processes with different hash seeds record the same bytes; `make soak` tries a thousand."""
    try:
        interpreter_for(connector)
    except NoInterpreter as missing:
        pytest.skip(str(missing))
    documents = drawn_documents(connector, scenarios)
    jobs = os.cpu_count() or 1
    seen = list(digests(connector, documents, range(1, processes + 1), jobs))
    assert len(seen) == processes
    assert set(seen) == {seen[0]}
