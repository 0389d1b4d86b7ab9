"""Hummingbot's Binance connector on the venue, driven as it is when it is judged."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import HUMMINGBOT
from conformance_tests.clients.playing import SOCKET, UNIVERSE, Client, check, every_step
from conformance_tests.clients.tables.hummingbot import CONNECTOR

pytestmark = pytest.mark.slow

BINANCE = Client(
    "hummingbot",
    HUMMINGBOT,
    (SOCKET, UNIVERSE),
    CONNECTOR,
)


@pytest.mark.parametrize(("client", "place", "step"), every_step(BINANCE))
def test_hummingbot_trades(client: Client, place: str, step: str) -> None:
    """Hummingbot tells of every order what the venue did, on a socket and in the universe."""
    check(client, place, step)
