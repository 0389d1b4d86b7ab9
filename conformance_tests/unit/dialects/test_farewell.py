"""What the sockets of a venue hear when it is about to stop."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import NOW_MS, Bench

EVENT = {"e": "serverShutdown", "E": NOW_MS}


@pytest.mark.parametrize(
    ("path", "heard"),
    [
        ("/ws", EVENT),
        ("/ws/btcusdt@trade", EVENT),
        ("/stream?streams=btcusdt@trade", {"stream": "!serverShutdown", "data": EVENT}),
        ("/ws-api/v3", {"event": EVENT}),
    ],
)
def test_every_socket_hears_that_the_venue_stops(venue: Bench, path: str, heard: Any) -> None:
    """Raw, as a combined stream, or as an event of the WebSocket API; subscribed or not."""
    venue.open(path)
    [push] = venue.dialect.farewell(venue.now_ns)
    assert (push.socket, json.loads(push.text)) == (1, heard)
