"""A1 to A5: which orders are followed, read after a restart and at each create request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conformance_tests.unit.rules.build import history

from fillproof.harness.history import History
from fillproof.harness.history.model import Phase
from fillproof.harness.history.told import Reading
from fillproof.harness.rules import judge

OPEN = "place; new; <new; Created"
FILLED = f"{OPEN}; trade 1; <fill; Filled 1; Completed"


def restarted(story: str, *tracked: str, **options: Any) -> History:
    """Return a story after which the connector was killed; `tracked` are what the next one has."""
    told = history(story, **options)
    last = max(line.n for line in told.lines if line.ledger == "told" and line.kind == "event")
    phases = tuple(
        Phase(last + 1 + n, told.lines[last].t, phase)
        for n, phase in enumerate(("down", "restarting", "up"))
    )
    reading = Reading(last + 4, told.lines[last].t, "up", None, tracked, None)
    return replace(told, phases=(*told.phases, *phases), readings=(*told.readings, reading))


def read(told: History, at: str, client_order_id: str | None, *tracked: str) -> History:
    """Return a story in which the in-flight orders are read once more, at its end."""
    n = max([reading.n for reading in told.readings], default=0) + 1
    n = max(n, max(event.n for order in told.orders for event in order.told) + 1)
    reading = Reading(n, told.lines[-1].t, at, client_order_id, tracked, None)
    return replace(told, readings=(*told.readings, reading))


def found(told: History) -> list[str]:
    """Return the rules of the family that the roots are of."""
    return [one.rule for one in judge(told).findings if one.rule.startswith("A")]


@pytest.mark.parametrize(
    ("story", "tracked", "wrong"),
    [
        (OPEN, ("id-a",), []),
        (OPEN, (), ["A1"]),
        (OPEN, ("197",), ["A1"]),
        (FILLED, (), []),
        (FILLED, ("id-a",), ["A2"]),
        (OPEN, ("id-a", "id-a"), ["A3"]),
    ],
)
def test_after_a_restart_the_live_orders_are_tracked_and_no_others(
    story: str, tracked: tuple[str, ...], wrong: list[str]
) -> None:
    """What was told before the restart says which orders are live."""
    assert found(restarted(story, *tracked)) == wrong


@pytest.mark.parametrize(("profile", "wrong"), [("decentralised", []), ("centralised", ["A2"])])
def test_an_order_that_came_into_no_block_may_be_followed_in_its_window(
    profile: str, wrong: list[str]
) -> None:
    """A transaction that was given up as lost may yet come into a block; elsewhere none does."""
    told = restarted("place; Failure", "id-a", profile=profile, grace=20)
    assert found(told) == wrong


def test_an_end_that_the_next_connector_tells_on_its_way_up_is_an_end() -> None:
    """Who finds an order filled before it is ready has told its end, and tracks it no more."""
    told = restarted(FILLED, "id-a")
    early = tuple(
        replace(phase, n=told.orders[0].told[0].n + 1) if phase.phase == "down" else phase
        for phase in told.phases
    )
    assert found(replace(restarted(FILLED), phases=early)) == []


def test_without_a_promise_nothing_is_asked() -> None:
    """Whoever cannot be restarted, or does not show its orders, is not judged."""
    for lacking in ("restart", "tracking"):
        told = restarted(OPEN)
        declared = told.header.capabilities - {lacking}
        assert found(replace(told, header=replace(told.header, capabilities=declared))) == []


def test_an_order_under_way_is_tracked_at_the_requests_of_others() -> None:
    """A gap in tracking is seen whenever somebody looks."""
    told = history(OPEN)
    assert found(read(told, "create_request", "id-b", "id-a", "id-b")) == []
    assert found(read(told, "create_request", "id-b", "id-b")) == ["A5"]


def test_an_order_that_is_over_and_gone_does_not_come_back() -> None:
    """Seen to be gone after its end, and seen again: it was taken up anew."""
    gone = read(history(FILLED), "create_request", "id-b", "id-b")
    assert found(read(gone, "create_request", "id-c", "id-b", "id-c")) == []
    assert found(read(gone, "create_request", "id-c", "id-a", "id-c")) == ["A5"]
