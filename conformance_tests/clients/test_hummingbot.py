"""Hummingbot's Binance connector on the venue, driven as it is when it is judged."""

from __future__ import annotations

import pytest
from conformance_tests.clients.environment import HUMMINGBOT
from conformance_tests.clients.playing import SOCKET, UNIVERSE, Client, check, every_step

pytestmark = pytest.mark.slow

CONNECTOR = Client(
    "hummingbot",
    HUMMINGBOT,
    (SOCKET, UNIVERSE),
    {
        "markets": ["0.01", "0.0001", "5"],
        "balances": {"BTC": "10", "USDT": "100000"},
        "place_limit": [["a", "Created", "1", "29000"]],
        "open_orders": [["OPEN", "1.00000000"]],
        "partial_fill": [["a", "Filled", "0.25", "29000", "0.00025 BTC"]],
        "cancel": [["a", "Cancelled"]],
        "fill": [
            ["b", "Created", "0.5", "31000"],
            ["b", "Filled", "0.5", "31000", "15.5 USDT"],
            ["b", "Completed", "0.5", "15500"],
        ],
        "market_order": [
            ["m", "Created", "0.5"],
            ["m", "Filled", "0.3", "30000", "0.0003 BTC"],
            ["m", "Filled", "0.2", "30100", "0.0002 BTC"],
            ["m", "Completed", "0.5", "15020"],
        ],
        "order_book": [[29900.0, 1.0], [30100.0, 0.8]],
        "post_only_that_would_match": [["p", "Failure"]],
        "insufficient_balance": [["x", "Failure"]],
        "below_the_minimum": [["small", "Failure"]],
        "balances_at_the_end": {"BTC": "10.24925", "USDT": "93214.5"},
    },
)


@pytest.mark.parametrize(("client", "place", "step"), every_step(CONNECTOR))
def test_hummingbot_trades(client: Client, place: str, step: str) -> None:
    """Hummingbot tells of every order what the venue did, on a socket and in the universe."""
    check(client, place, step)
