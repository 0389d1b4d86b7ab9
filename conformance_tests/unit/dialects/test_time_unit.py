"""Times are written in milliseconds, or in microseconds for who asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import NOW_NS, Bench

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.moments import Moment, TimeUnit

_NOW = {None: 1_700_000_000_000, "MICROSECOND": 1_700_000_000_000_000}
_BAD = {
    "code": -1194,
    "msg": "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.",
}


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (TimeUnit.MILLISECOND, '{"T":1700000000123,"id":7,"s":"é"}'),
        (TimeUnit.MICROSECOND, '{"T":1700000000123456,"id":7,"s":"é"}'),
    ],
)
def test_a_moment_is_written_in_the_unit(unit: TimeUnit, text: str) -> None:
    """The encoder cuts a moment to whole units; plain numbers stay as they are."""
    assert compact({"T": Moment(NOW_NS + 123_456_789), "id": 7, "s": "é"}, unit) == text


@pytest.mark.parametrize(
    ("header", "status", "body"),
    [
        ("MILLISECOND", 200, {"serverTime": _NOW[None]}),
        ("millisecond", 200, {"serverTime": _NOW[None]}),
        ("MICROSECOND", 200, {"serverTime": _NOW["MICROSECOND"]}),
        ("microsecond", 200, {"serverTime": _NOW["MICROSECOND"]}),
        ("Microsecond", 400, _BAD),
        ("", 400, _BAD),
    ],
)
def test_a_header_asks_for_microseconds(
    venue: Bench, header: str, status: int, body: dict[str, Any]
) -> None:
    """X-MBX-TIME-UNIT names the unit of a REST answer; any other word is -1194."""
    answer = venue.ask("GET", "/api/v3/time", **{"x-mbx-time-unit": header})
    assert answer == (status, body)


@pytest.mark.parametrize("unit", [None, "MICROSECOND"])
def test_a_socket_asks_for_microseconds(venue: Bench, unit: str | None) -> None:
    """TimeUnit in the URL of a socket is the unit of all that it hears: replies and events."""
    query = f"?timeUnit={unit}" if unit else ""
    venue.listen(query=query)
    venue.open(f"/ws/btcusdt@trade{query}", socket=2)
    venue.limit("SELL", "0.1", "29000", "x", who="bob")
    venue.limit("BUY", "0.1", "29000", "a")
    assert venue.call("time", sign_it=False)["result"] == {"serverTime": _NOW[unit]}
    assert {event["E"] for event in venue.events()} == {_NOW[unit]}
    assert {event["E"] for event in venue.heard[2]} == {_NOW[unit]}


@pytest.mark.parametrize("path", ["/ws-api/v3", "/ws/btcusdt@trade", "/stream?streams=x@trade&"])
def test_a_socket_with_a_wrong_unit_is_refused(venue: Bench, path: str) -> None:
    """A handshake with another unit is answered with -1194."""
    refusal = venue.open(path + ("timeUnit=s" if path.endswith("&") else "?timeUnit=s"))
    assert refusal is not None
    assert (refusal.status, json.loads(refusal.body)) == (400, _BAD)
