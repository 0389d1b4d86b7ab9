"""hyperliquid-python-sdk on `fillproof serve --dialect hyperliquid`, a process of its own."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import HYPERLIQUID
from conformance_tests.clients.playing import (
    SERVED,
    Client,
    check,
    check_complete,
    every_place,
    every_step,
)
from conformance_tests.clients.tables.hyperliquid import SDK

pytestmark = pytest.mark.slow

CLIENT = Client("hyperliquid_sdk", HYPERLIQUID, (SERVED,), SDK, dialect="hyperliquid")


@pytest.mark.parametrize(("client", "place", "step"), every_step(CLIENT))
def test_the_sdk_trades(client: Client, place: str, step: str) -> None:
    """The venue's own SDK sees of every action, query and subscription what the venue did."""
    check(client, place, step)


@pytest.mark.parametrize(("client", "place"), every_place(CLIENT))
def test_nothing_else_was_played(client: Client, place: str) -> None:
    """Every step that the driver plays stands in its table."""
    check_complete(client, place)
