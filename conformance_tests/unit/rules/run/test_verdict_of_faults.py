"""What a verdict says of the faults of its case."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import history

from fillproof.harness.rules import judge

SECOND = 1_000_000_000
STORY = "place; new; <new; Created; arm what=drop; fire; trade 1; heal"


@pytest.mark.parametrize(("story", "fired"), [(STORY, 1), (STORY.replace("fire; ", ""), 0)])
def test_a_fault_is_counted_as_often_as_it_fired(story: str, fired: int) -> None:
    """None means that it met nothing."""
    (count,) = judge(history(story)).faults
    assert (count.what, count.fired) == ("drop", fired)


@pytest.mark.parametrize(
    ("end", "seconds"),
    [
        ("<fill & Filled 1; <filled & Completed", 0),
        ("wait 40; <fill & Filled 1; <filled & Completed", 40),
        ("<fill & Filled 1; wait 40; <filled & Completed", 40),
        ("<fill & Filled 1; <filled & Completed; wait 40; place order=b; new order=b", 0),
        ("dies", None),
    ],
)
def test_convergence_is_measured_from_the_last_fault_to_what_it_hid(
    end: str, seconds: int | None
) -> None:
    """What became true later is no matter of the fault; a world without rest has not converged."""
    after = judge(history(f"{STORY}; {end}")).converged_after
    assert (None if after is None else after // SECOND) == seconds
