"""What a client sees that hands over the venue's own answers (drivers/plain_rest.py), by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

ANSWERS: Mapping[str, Any] = {
    "ping": {},
    "markets": [
        "TRADING",
        "0.01000000",
        [
            "LIMIT",
            "LIMIT_MAKER",
            "MARKET",
            "STOP_LOSS",
            "STOP_LOSS_LIMIT",
            "TAKE_PROFIT",
            "TAKE_PROFIT_LIMIT",
        ],
    ],
    "balances": [
        ["BTC", "10.00000000", "0.00000000"],
        ["USDT", "100000.00000000", "0.00000000"],
    ],
    "commission": "0.00100000",
    "rsa_signature": "BTC",
    "ed25519_signature": "BTC",
    "try_order": {},
    "place_limit": ["a", "LIMIT", "NEW", "1.00000000", "0.00000000"],
    "open_orders": [["a", "LIMIT", "NEW", "1.00000000", "0.00000000"]],
    "partial_fill": ["a", "LIMIT", "PARTIALLY_FILLED", "1.00000000", "0.25000000"],
    "own_trades": [["29000.00000000", "0.25000000", "7250.00000000", "0.00025000", "BTC", True]],
    "balances_locked": [
        ["BTC", "10.24975000", "0.00000000"],
        ["USDT", "71000.00000000", "21750.00000000"],
    ],
    "amend_keeping_priority": ["a", "0.50000000", "0.25000000"],
    "cancel_replace": ["SUCCESS", "SUCCESS", ["b", "LIMIT", "NEW", "2.00000000", "0.00000000"]],
    "cancel": ["CANCELED", ["b", "LIMIT", "CANCELED", "2.00000000", "0.00000000"]],
    "cancel_all": ["CANCELED", "CANCELED"],
    "market_order": [
        *("m", "MARKET", "FILLED", "0.50000000", "0.50000000", "15000.00000000"),
        [["30000.00000000", "0.50000000", "0.00050000"]],
    ],
    "market_order_by_cost": [
        *("mc", "MARKET", "FILLED", "0.05000000", "0.05000000"),
        *("1500.00000000", "1500.00000000"),
    ],
    "immediate_or_cancel": ["i", "LIMIT", "EXPIRED", "0.10000000", "0.00000000"],
    "fill_or_kill": ["f", "LIMIT", "EXPIRED", "2.00000000", "0.00000000"],
    "post_only": [
        ["clientOrderId", "orderId", "orderListId", "symbol", "transactTime"],
        *("p", "LIMIT_MAKER", "NEW", "0.10000000", "0.00000000"),
    ],
    "stop_loss": [
        *("s", "STOP_LOSS_LIMIT", "NEW", "0.10000000", "0.00000000"),
        *("29500.00000000", False),
    ],
    "take_profit": ["t", "TAKE_PROFIT", "NEW", "0.10000000", "0.00000000"],
    "trailing_stop": ["tr", "STOP_LOSS_LIMIT", "NEW", "0.10000000", "0.00000000", 100],
    "iceberg": [
        ["28000.00000000", "0.10000000"],
        *("ice", "LIMIT", "NEW", "1.00000000", "0.00000000"),
    ],
    "stop_loss_is_triggered": ["s", "STOP_LOSS_LIMIT", "FILLED", "0.10000000", "0.10000000"],
    "cancel_the_rest": 3,
    "oco": ["OCO", "EXECUTING", ["LIMIT_MAKER", "NEW"], ["STOP_LOSS_LIMIT", "NEW"]],
    "oco_is_open": ["oco", "OCO", "EXECUTING"],
    "oco_is_canceled": [
        *("OCO", "ALL_DONE"),
        *(["LIMIT_MAKER", "CANCELED"], ["STOP_LOSS_LIMIT", "CANCELED"]),
    ],
    "oto": ["OTO", "EXECUTING", ["LIMIT", "NEW"], ["LIMIT", "PENDING_NEW"]],
    "pending_order_after_the_working_one": [
        ["n", "LIMIT", "PENDING_NEW", "0.05000000", "0.00000000"],
        ["w", "LIMIT", "FILLED", "0.10000000", "0.10000000"],
        ["n", "LIMIT", "NEW", "0.05000000", "0.00000000"],
    ],
    "otoco": [
        *("OTO", "EXECUTING", ["LIMIT", "NEW"]),
        *(["LIMIT_MAKER", "PENDING_NEW"], ["STOP_LOSS", "PENDING_NEW"]),
    ],
    "cancel_the_lists": 2,
    "all_lists": [["OCO", "ALL_DONE"], ["OTO", "ALL_DONE"], ["OTO", "ALL_DONE"]],
    "order_book": [[["29400.00000000", "0.30000000"]], [["30000.00000000", "1.45000000"]]],
    "trades": [
        ["29000.00000000", "0.25000000", True],
        ["30000.00000000", "0.50000000", False],
        ["30000.00000000", "0.05000000", False],
        ["29900.00000000", "2.00000000", True],
        ["29400.00000000", "0.50000000", True],
        ["29400.00000000", "0.10000000", True],
        ["29400.00000000", "0.10000000", True],
        ["29500.00000000", "0.10000000", True],
    ],
    "old_trades": [["29500.00000000", "0.10000000"]],
    "aggregate_trades": [
        ["29000.00000000", "0.25000000", True],
        ["30000.00000000", "0.50000000", False],
        ["30000.00000000", "0.05000000", False],
        ["29900.00000000", "2.00000000", True],
        ["29400.00000000", "0.50000000", True],
        ["29400.00000000", "0.10000000", True],
        ["29400.00000000", "0.10000000", True],
        ["29500.00000000", "0.10000000", True],
    ],
    "tickers": [
        *("29500.00000000", "3.60000000", "29500.00000000"),
        *("29400.00000000", "30000.00000000"),
    ],
    "window_ticker": ["29500.00000000", "3.60000000"],
    "average_price": ["closeTime", "mins", "price"],
    "candles": [
        *("29000.00000000", "30000.00000000", "29000.00000000"),
        *("29500.00000000", "3.60000000"),
    ],
    "all_orders": {
        "b": "CANCELED",
        "c": "CANCELED",
        "d": "CANCELED",
        "m": "FILLED",
        "mc": "FILLED",
        "i": "EXPIRED",
        "f": "EXPIRED",
        "p": "CANCELED",
        "s": "FILLED",
        "t": "CANCELED",
        "tr": "FILLED",
        "ice": "CANCELED",
        "w": "FILLED",
        "n": "CANCELED",
    },
    "order_count": [["ORDERS", "SECOND", 10], ["ORDERS", "DAY", 1]],
    "prevented_matches": [
        "EXPIRED_IN_MATCH",
        [["EXPIRE_TAKER", "29600.00000000", "0.10000000"]],
    ],
}
"""What the venue answers to what it carries out."""

REFUSALS: Mapping[str, tuple[int, int, str]] = {
    "insufficient_balance": (400, -2010, "Account has insufficient balance for requested action."),
    "unknown_order": (400, -2013, "Order does not exist."),
    "cancel_of_an_unknown_order": (400, -2011, "Unknown order sent."),
    "duplicate_id": (400, -2010, "Duplicate order sent."),
    "post_only_that_would_match": (400, -2010, "Order would immediately match and take."),
    "stop_that_would_trigger": (400, -2010, "Order would trigger immediately."),
    "off_tick": (400, -1013, "Filter failure: PRICE_FILTER"),
    "below_the_minimum_quantity": (400, -1013, "Filter failure: LOT_SIZE"),
    "below_the_minimum_notional": (400, -1013, "Filter failure: NOTIONAL"),
    "unknown_symbol": (400, -1121, "Invalid symbol."),
    "missing_parameter": (
        *(400, -1102),
        "Mandatory parameter 'price' was not sent, was empty/null, or malformed.",
    ),
    "cancel_replace_of_an_unknown_order": (400, -2022, "Order cancel-replace failed."),
    "bad_signature": (400, -1022, "Signature for this request is not valid."),
    "clock_behind": (
        *(400, -1021),
        "Timestamp for this request is outside of the recvWindow.",
    ),
}
"""HTTP status, code and text of what it refuses."""

_TOO_MUCH = "Too much request weight used; current limit is 6000 request weight per 1 MINUTE."
_USE_STREAMS = "Please use WebSocket Streams for live updates to avoid"
TOO_MANY = (
    (429, -1003, f"{_TOO_MUCH} {_USE_STREAMS} polling the API."),
    (418, -1003, f"Way too much request weight used; IP banned until <time>. {_USE_STREAMS} bans."),
)
"""Who asks too much is refused, and banned when it goes on."""

Say = Callable[[int, int, str], str]


def plain_table(say: Say, **others: Any) -> dict[str, Any]:
    """Return the whole table of a client that tells a refusal so; `others` are its own steps."""
    refusals = {step: say(*refusal) for step, refusal in REFUSALS.items()}
    too_many = {"too_many_requests": [say(*refusal) for refusal in TOO_MANY]}
    last = {"clock_behind": refusals.pop("clock_behind")}
    table = {**ANSWERS, **refusals, **too_many, **last}
    unknown = [step for step in others if step not in table]
    assert not unknown, f"no step of drivers/plain_rest.py: {unknown}"
    return {**table, **others}
