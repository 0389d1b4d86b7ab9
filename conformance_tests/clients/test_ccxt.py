"""ccxt on the venue: its synchronous, its asynchronous and its streaming class."""

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
from conformance_tests.clients.tables.ccxt import PRO, REST

pytestmark = pytest.mark.slow

STREAMS_FIRST = '{"stream_after_reply_ns": 0}'
"""The venue promises no order of reply and stream: ccxt must see the same either way."""

ALL = (
    Client("ccxt_sync", CLIENTS, (SOCKET,), REST),
    Client("ccxt_async", CLIENTS, (SOCKET, UNIVERSE), REST),
    Client("ccxt_pro", CLIENTS, (SOCKET, UNIVERSE), PRO),
)
EARLY = Client("ccxt_pro", CLIENTS, (UNIVERSE,), PRO, STREAMS_FIRST)


@pytest.mark.parametrize(("client", "place", "step"), every_step(*ALL))
def test_ccxt_trades(client: Client, place: str, step: str) -> None:
    """Ccxt sees of every request and stream what the venue did."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place", "step"), every_step(EARLY))
def test_ccxt_is_told_before_it_is_answered(client: Client, place: str, step: str) -> None:
    """What the streams say before the reply comes changes nothing of what ccxt shows."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place"), every_place(*ALL))
def test_nothing_else_was_played(client: Client, place: str) -> None:
    """Every step that a driver plays stands in its table."""
    check_complete(client, place)
