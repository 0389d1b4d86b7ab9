"""D1: an order is tracked through its grace window, and not beyond it."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

CANCELLED = "place; new; <new; Created; cancel; cancels; <cancelled; Cancelled"
FAIL = ("D1", Outcome.FAIL)
GRACE = {"profile": "decentralised", "grace": 20}


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CANCELLED}; wait 10; reading grace of=id-a tracked=id-a", []),
        (f"{CANCELLED}; wait 10; reading grace of=id-a tracked=", [FAIL]),
        (f"{CANCELLED}; wait 10; reading grace of=id-b tracked=", []),
        (f"{CANCELLED}; wait 10; reading grace of=id-a", []),
        ("place; new; <new; Created; pending; reading grace of=id-a tracked=; cancels", []),
    ],
)
def test_it_is_tracked_in_the_middle_of_the_window(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """What is read of this order after its end was told must have it; unreadable proves nothing."""
    told = story if "Cancelled" in story else f"{story}; <cancelled; Cancelled"
    assert roots(told, **GRACE) == found


def test_an_order_that_is_full_may_be_forgotten() -> None:
    """Nothing more can become of it."""
    story = "place; new; <new; Created; cancel; pending; <cancelled; Cancelled; trade 1; <fill"
    assert roots(f"{story}; Filled 1; wait 5; reading grace of=id-a tracked=", **GRACE) == []


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{CANCELLED}; wait 30; stop; reading tracked=", []),
        (f"{CANCELLED}; wait 30; stop; reading tracked=id-a", [FAIL]),
        (f"{CANCELLED}; wait 15; stop; reading tracked=id-a", []),
    ],
)
def test_it_is_tracked_no_longer(story: str, found: list[tuple[str, Outcome]]) -> None:
    """When all is quiet and the window is over, it is let go."""
    assert roots(story, **GRACE) == found


def test_a_centralised_venue_has_no_windows() -> None:
    """There tracking ends with the terminal event, and L10a says so."""
    story = f"{CANCELLED}; wait 10; reading grace of=id-a tracked="
    assert roots(story) == []


@pytest.mark.parametrize(
    ("chain", "found"),
    [
        ({"finality": 0}, []),
        ({"finality": 3, "shows": "final"}, []),
        ({"finality": 3, "shows": "tip"}, [FAIL]),
        ({"finality": 0, "announces_cancel": True}, [FAIL]),
    ],
)
def test_only_where_a_fill_may_still_come(
    chain: dict[str, object], found: list[tuple[str, Outcome]]
) -> None:
    """The word of a block that is final is the last one: such an order may be forgotten."""
    story = f"{CANCELLED}; wait 10; reading grace of=id-a tracked="
    assert roots(story, **GRACE, chain=chain) == found
