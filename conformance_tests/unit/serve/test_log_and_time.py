"""The lines a served venue writes, and its clock."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import pytest

from fillproof.harness.serve.aside import is_local
from fillproof.harness.serve.log import Log
from fillproof.harness.serve.real_time import RealTime

NOW_NS = 1_700_000_000_123_456_789


def lines(form: str) -> list[str]:
    """Return what a log of this form writes of two events."""
    written: list[str] = []
    log = Log(form, written.append, lambda: NOW_NS)
    log.say("request", path="/api/v3/ping", status=200, weight=None)
    log.insist("warning", message="two words")
    return written


def test_a_json_line_is_an_object_with_time_and_event() -> None:
    """Keys without a value are left out."""
    first, second = map(json.loads, lines("json"))
    assert first == {
        "time": "2023-11-14T22:13:20.123456Z",
        "event": "request",
        "path": "/api/v3/ping",
        "status": 200,
    }
    assert second["message"] == "two words"


def test_a_text_line_is_one_line() -> None:
    """Values with blanks are quoted."""
    assert lines("text") == [
        "2023-11-14T22:13:20.123456Z request path=/api/v3/ping status=200",
        '2023-11-14T22:13:20.123456Z warning message="two words"',
    ]


def test_what_must_be_known_is_written_even_when_the_log_is_off() -> None:
    """Nothing else is."""
    [line] = lines("off")
    assert "warning" in line


def test_time_never_runs_backwards() -> None:
    """A machine clock that is put back stands still until it has caught up."""
    machine = iter([5, 7, 6, 3, 8])
    clock = RealTime(lambda: next(machine))
    assert [clock.now_ns() for _ in range(5)] == [5, 7, 7, 7, 8]


def test_timers_are_called_in_order_of_their_time() -> None:
    """Also what was due before it was asked for."""

    async def run() -> list[str]:
        clock = RealTime(count(1_000_000_000).__next__)
        called: list[str] = []
        over = asyncio.Event()
        # Each is asked for after the one before it, so that a slow machine keeps their order too.
        clock.call_at(1, lambda: called.append("first"))
        clock.call_at(1_001_000_000, lambda: called.append("second"))
        clock.call_at(1_001_000_000, lambda: called.append("cancelled")).cancel()
        clock.call_at(1_002_000_000, over.set)
        await over.wait()
        return called

    assert asyncio.run(run()) == ["first", "second"]


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.7", False),
        ("::ffff:192.168.1.7", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_loopback_is_this_machine(address: str | None, local: bool) -> None:
    """Words are taken from nowhere else."""
    assert is_local(address) is local
