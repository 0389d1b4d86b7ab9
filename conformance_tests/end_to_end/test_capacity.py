"""A small hour of many connections: what is remembered is bounded, and all comes out alike."""

from __future__ import annotations

import pytest
from conformance_tests.soak.capacity import MOST_ACCOUNTS, Run

CONNECTIONS = 20
ORDERS = 600
KEPT_ORDERS = 25


@pytest.mark.slow
def test_an_hour_of_orders_comes_out_alike_and_is_forgotten() -> None:
    """Two runs report and leave the same; of ended orders no more are known than are to be kept."""
    first, second = (Run(CONNECTIONS, ORDERS, KEPT_ORDERS)() for _ in range(2))

    assert first == second
    assert first.orders == ORDERS
    assert first.answers == first.asked
    ended = first.known_orders - first.live_orders
    assert ended == KEPT_ORDERS * min(MOST_ACCOUNTS, CONNECTIONS // 5)
