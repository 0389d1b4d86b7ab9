"""How long a connector may take to get ready: faults that meet it give it its time again."""

from __future__ import annotations

from typing import Any

from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.history import History, read_recording
from fillproof.harness.scenario import from_document
from fillproof.harness.worker.connector import READY_BOUND_SECONDS
from fillproof.harness.worker.launch import Job, Worker

NOBODY_IS_THERE = {"op": "unreachable", "how": "timeout", "for": 35 * 10**9, "breaks": True}
START = {"op": "start"}


def lost(count: int) -> dict[str, Any]:
    """Return the fault that loses every other one of some replies."""
    return {"op": "drop", "channel": "reference_reply", "count": count, "skip": 1}


def lived(*steps: dict[str, Any]) -> History:
    """Return what became of the reference in a life of these steps."""
    numbered = [{**step, "line": line, "column": 1} for line, step in enumerate(steps, 1)]
    document = from_document({**still_document(), "steps": numbered}).document()
    with Worker("reference") as worker:
        return read_recording(worker.run(Job(document, seed=1)))


def test_a_connector_that_is_disturbed_has_its_whole_time_once_that_is_over() -> None:
    """Pauses that grow are no fault of it: it gets ready long after the usual bound."""
    history = lived(NOBODY_IS_THERE, lost(5), START)
    ready = history.phase("ready")
    assert ready is not None, history.troubles
    assert ready.t > READY_BOUND_SECONDS * 10**9


def test_its_time_counts_from_the_end_of_a_window() -> None:
    """Nobody can get ready while nobody can be reached, however long that takes."""
    hours = 3 * 3600 * 10**9
    history = lived({**NOBODY_IS_THERE, "how": "refused", "for": hours}, START)
    ready = history.phase("ready")
    assert ready is not None, history.troubles
    assert ready.t > hours
