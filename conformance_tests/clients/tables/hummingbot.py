"""What Hummingbot's Binance connector tells, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CONNECTOR: Mapping[str, Any] = {
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
    "order_after_a_reconnect": [
        ["r", "Created", "0.5", "30050"],
        ["r", "Filled", "0.5", "30050", "15.025 USDT"],
        ["r", "Completed", "0.5", "15025"],
    ],
}
