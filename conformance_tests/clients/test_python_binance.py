"""python-binance on the venue: its Client, its AsyncClient and its BinanceSocketManager."""

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
from conformance_tests.clients.tables.plain import plain_table
from conformance_tests.clients.tables.python_binance import API, STREAMS

pytestmark = pytest.mark.slow


def _said(_status: int, code: int, text: str) -> str:
    return f"BinanceAPIException: APIError(code={code}): {text}"


REST = plain_table(_said)
CLIENT = Client("python_binance_sync", CLIENTS, (SOCKET,), {**REST, "microseconds": 16})
ASYNC_CLIENT = Client("python_binance_async", CLIENTS, (SOCKET, UNIVERSE), REST)
WS_API = Client("python_binance_api", CLIENTS, (SOCKET, UNIVERSE), API)
MANAGER = Client("python_binance_streams", CLIENTS, (SOCKET, UNIVERSE), STREAMS)
ALL = (CLIENT, ASYNC_CLIENT, WS_API, MANAGER)


@pytest.mark.parametrize(("client", "place", "step"), every_step(*ALL))
def test_python_binance_trades(client: Client, place: str, step: str) -> None:
    """python-binance sees of every request and stream what the venue did."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place"), every_place(*ALL))
def test_nothing_else_was_played(client: Client, place: str) -> None:
    """Every step that a driver plays stands in its table."""
    check_complete(client, place)
