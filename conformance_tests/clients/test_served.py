"""Clients on `fillproof serve`, the command: venue and client are processes of their own."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import CLIENTS, HUMMINGBOT
from conformance_tests.clients.playing import SERVED, Client, check, every_step
from conformance_tests.clients.tables.ccxt import REST
from conformance_tests.clients.tables.hummingbot import CONNECTOR
from conformance_tests.clients.tables.python_binance import STREAMS

pytestmark = pytest.mark.slow

ALL = (
    Client("ccxt_sync", CLIENTS, (SERVED,), REST),
    Client("python_binance_streams", CLIENTS, (SERVED,), STREAMS),
    Client("hummingbot", HUMMINGBOT, (SERVED,), CONNECTOR),
)


@pytest.mark.parametrize(("client", "place", "step"), every_step(*ALL))
def test_the_served_venue_is_the_same(client: Client, place: str, step: str) -> None:
    """A client sees on the served venue what it sees on the tests' own: the table is the same."""
    check(client, place, step)
