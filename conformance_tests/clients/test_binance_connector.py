"""binance-connector 3 on the venue: its REST class, WebSocket API and stream clients."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import CONNECTOR
from conformance_tests.clients.playing import (
    SOCKET,
    Client,
    check,
    check_complete,
    every_place,
    every_step,
)
from conformance_tests.clients.tables.connector import REST, SOCKETS, SOCKETS_OF_OLD

pytestmark = pytest.mark.slow

OF_OLD = '{"legacy_listen_keys": true}'
"""Listen keys are gone since 2026-02-20; this client knows no other user stream."""

SPOT = Client("connector_rest", CONNECTOR, (SOCKET,), REST)
CLIENTS = Client("connector_sockets", CONNECTOR, (SOCKET,), SOCKETS)
CLIENTS_OF_OLD = Client("connector_sockets", CONNECTOR, (SOCKET,), SOCKETS_OF_OLD, OF_OLD)


@pytest.mark.parametrize(("client", "place", "step"), every_step(SPOT, CLIENTS))
def test_binance_connector_trades(client: Client, place: str, step: str) -> None:
    """binance-connector sees of every request and stream what the venue did."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place", "step"), every_step(CLIENTS_OF_OLD))
def test_its_user_stream_works_where_listen_keys_do(client: Client, place: str, step: str) -> None:
    """On a venue of before 2026-02-20 binance-connector hears its orders and fills."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place"), every_place(SPOT, CLIENTS, CLIENTS_OF_OLD))
def test_nothing_else_was_played(client: Client, place: str) -> None:
    """Every step that a driver plays stands in its table."""
    check_complete(client, place)
