"""Processes that record the same bytes for the same seed, each with a hash seed of its own."""

from __future__ import annotations

from conformance_tests.digests import digests, drawn_documents
from conformance_tests.soak.lifecycles import CONNECTOR
from conformance_tests.soak.saying import say

SCENARIOS_A_PROCESS = 5
PROCESSES_A_LINE = 50


def same_digests(wanted: int, jobs: int) -> bool:
    """Compare so many processes; return whether all recorded the same."""
    documents = drawn_documents(CONNECTOR, SCENARIOS_A_PROCESS)
    first: tuple[str, ...] | None = None
    same = 0
    for count, seen in enumerate(digests(CONNECTOR, documents, range(1, wanted + 1), jobs), 1):
        first = first or seen
        same += seen == first
        if count % PROCESSES_A_LINE == 0 or count == wanted:
            say(f"digests: {same:,} of {count:,} processes the same (of {wanted:,})")
    return same == wanted
