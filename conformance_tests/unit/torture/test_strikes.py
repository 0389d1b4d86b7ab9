"""Each request of a run is found, and a scenario is made in which it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fillproof.harness.scenario import from_document, parse
from fillproof.harness.torture import WAYS, Strike, strikes_of, tortured

SCENARIO = """\
title: An order rests
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - wait: 5s
expect:
  a:
    pass: [[Created]]
"""


def recording(*channels: str) -> Iterator[str]:
    """Yield the lines of a recording with units of these channels; "healed" is the phase."""
    for channel in channels:
        healed = {"kind": "phase", "phase": "healed"}
        yield json.dumps(healed if channel == "healed" else {"kind": "sent", "channel": channel})


def document() -> dict[str, Any]:
    return parse(SCENARIO, name="rests", identity="mine/rests").document()


def test_requests_are_counted_by_role_until_faults_heal() -> None:
    """Replies, streams and what comes after healing are none."""
    lines = recording(
        *("reference_request", "reference_reply", "create_request", "user_stream", "create_reply"),
        *("query_request", "create_request", "control", "healed", "query_request"),
    )
    assert [str(strike) for strike in strikes_of(lines)] == [
        *("reference:0", "create:0", "query:0", "create:1")
    ]


def test_only_what_changes_something_can_have_been_done() -> None:
    """A read that the venue answered with an error has changed nothing either way."""
    assert "acted" in Strike("create", 0).ways
    assert "acted" not in Strike("query", 0).ways
    assert set(Strike("create", 0).ways) == set(WAYS)


@pytest.mark.parametrize("way", WAYS)
def test_a_tortured_scenario_is_a_scenario(way: str) -> None:
    """Its fault stands before the connector's start and lets the earlier requests pass."""
    made = tortured(document(), Strike("create", 2), way)
    fault, start, *steps = made["steps"]
    assert from_document(made).id == f"mine/rests~create-2-{way}"
    assert (fault["skip"], fault["count"], start["op"]) == (2, 1, "start")
    assert fault["channel"] == ("create_request" if way == "cut" else "create_reply")
    assert [step["op"] for step in steps] == ["buy", "wait"]
    assert made["expect"] == {}


def test_a_scenario_with_a_start_keeps_it() -> None:
    """The fault comes first of all."""
    made = tortured(tortured(document(), Strike("create", 0), "lost"), Strike("create", 1), "cut")
    assert [step["op"] for step in made["steps"]] == ["cut", "drop", "start", "buy", "wait"]
