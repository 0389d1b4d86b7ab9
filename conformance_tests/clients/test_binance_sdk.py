"""binance-sdk-spot, the modular SDK, on the venue: REST, WebSocket API and streams."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import CLIENTS
from conformance_tests.clients.playing import (
    SOCKET,
    UNIVERSE,
    Client,
    check,
    check_complete,
    every_place,
    every_step,
)
from conformance_tests.clients.tables.sdk import REST, SOCKETS

pytestmark = pytest.mark.slow

ALL = (
    Client("sdk_rest", CLIENTS, (SOCKET,), REST),
    Client("sdk_sockets", CLIENTS, (SOCKET, UNIVERSE), SOCKETS),
)


@pytest.mark.parametrize(("client", "place", "step"), every_step(*ALL))
def test_binance_sdk_trades(client: Client, place: str, step: str) -> None:
    """binance-sdk-spot sees of every request and stream what the venue did."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place"), every_place(*ALL))
def test_nothing_else_was_played(client: Client, place: str) -> None:
    """Every step that a driver plays stands in its table."""
    check_complete(client, place)
