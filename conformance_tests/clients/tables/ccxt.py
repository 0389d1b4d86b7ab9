"""What ccxt sees, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def _json(code: int, text: str) -> str:
    return f'{{"code":{code},"msg":"{text}"}}'


_WEIGHT = (
    "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use "
    "WebSocket Streams for live updates to avoid polling the API."
)
_BANNED = (
    "Way too much request weight used; IP banned until <time>. Please use WebSocket Streams for "
    "live updates to avoid bans."
)

_LATE = "InvalidNonce: binance " + _json(
    -1021, "Timestamp for this request is outside of the recvWindow."
)

REST: Mapping[str, Any] = {
    "markets": [
        *("BTCUSDT", True, 0.01),
        {
            "leverage": {"min": None, "max": None},
            "amount": {"min": 0.0001, "max": 9000.0},
            "price": {"min": 0.01, "max": 10000000.0},
            "cost": {"min": 5.0, "max": 1000000000.0},
            "market": {"min": 0.0, "max": 9000.0},
        },
    ],
    "server_time": True,
    "balances": [
        {"free": 10.0, "used": 0.0, "total": 10.0},
        {"free": 100000.0, "used": 0.0, "total": 100000.0},
    ],
    "fees": [0.001, 0.001],
    "rsa_signature": 10.0,
    "ed25519_signature": 10.0,
    "place_limit": ["a", "limit", "open", 0.0, 1.0],
    "open_orders": [["a", "limit", "open", 0.0, 1.0]],
    "partial_fill": ["a", "limit", "open", 0.25, 0.75],
    "own_trades": [["buy", 29000.0, 0.25, "maker", 0.00025]],
    "balances_locked": [
        {"free": 10.24975, "used": 0.0, "total": 10.24975},
        {"free": 71000.0, "used": 21750.0, "total": 92750.0},
    ],
    "edit": [["b", "limit", "open", 0.0, 2.0], ["a", "limit", "canceled", 0.25, 0.75]],
    "cancel": ["canceled", ["b", "limit", "canceled", 0.0, 2.0]],
    "cancel_all": ["canceled", "canceled"],
    "market_order": [
        *("m", "market", "closed", 0.5, 0.0, 30000.0, 15000.0),
        [{"currency": "BTC", "cost": 0.0005}],
    ],
    "market_order_by_cost": ["mc", "market", "closed", 0.05, 0.0, 1500.0],
    "immediate_or_cancel": ["i", "limit", "expired", 0.0, 0.1],
    "fill_or_kill": ["f", "limit", "expired", 0.0, 2.0],
    "post_only": ["p", "limit", "open", 0.0, 0.1],
    "stop_loss": ["s", "limit", "open", 0.0, 0.1, 29500.0],
    "stop_loss_is_open": [["p", "limit", None], ["s", "limit", 29500.0]],
    "take_profit_market": ["t", "market", "open", 0.0, 0.1, "canceled"],
    "trailing_stop": ["tr", "limit", "open", 0.0, 0.1, "canceled"],
    "iceberg": [[28000.0, 0.1], "ice", "limit", "open", 0.0, 1.0, "canceled"],
    "stop_loss_is_triggered": ["s", "limit", "closed", 0.1, 0.0],
    "cancel_the_rest": 1,
    "oco": ["OCO", "EXECUTING", ["LIMIT_MAKER", "NEW"], ["STOP_LOSS_LIMIT", "NEW"]],
    "oco_is_open": ["OCO", "EXECUTING", 2],
    "oco_is_canceled": [
        *("OCO", "ALL_DONE"),
        *(["LIMIT_MAKER", "CANCELED"], ["STOP_LOSS_LIMIT", "CANCELED"]),
    ],
    "oto": ["OTO", "EXECUTING", ["LIMIT", "NEW"], ["LIMIT", "PENDING_NEW"]],
    "pending_order_after_the_working_one": [
        # The venue's word for it is not among ccxt's.
        ["n", "limit", "PENDING_NEW", 0.0, 0.05],
        ["w", "limit", "closed", 0.1, 0.0],
        ["n", "limit", "open", 0.0, 0.05],
    ],
    "otoco": [
        *("OTO", "EXECUTING", ["LIMIT", "NEW"]),
        *(["LIMIT_MAKER", "PENDING_NEW"], ["STOP_LOSS", "PENDING_NEW"]),
    ],
    "cancel_the_lists": 2,
    "order_book": [[[29400.0, 0.4]], [[30000.0, 1.45]]],
    "trades": [
        ["sell", 29000.0, 0.25],
        ["buy", 30000.0, 0.5],
        ["buy", 30000.0, 0.05],
        ["sell", 29900.0, 2.0],
        ["sell", 29400.0, 0.5],
        ["sell", 29400.0, 0.1],
        ["sell", 29500.0, 0.1],
    ],
    "ticker": [29400.0, 30000.0, 29500.0, 30000.0, 29000.0, 3.5],
    "best_prices": [29400.0, 30000.0],
    "last_prices": 29500.0,
    "candles": [29000.0, 30000.0, 29000.0, 29500.0, 3.5],
    "all_orders": {
        "a": "canceled",
        "b": "canceled",
        "c": "canceled",
        "d": "canceled",
        "m": "closed",
        "mc": "closed",
        "i": "expired",
        "f": "expired",
        "p": "canceled",
        "s": "closed",
        "t": "canceled",
        "tr": "canceled",
        "ice": "canceled",
        "w": "closed",
        "n": "canceled",
    },
    "insufficient_balance": (
        "InsufficientFunds: binance Account has insufficient balance for requested action."
    ),
    "unknown_order": "OrderNotFound: binance " + _json(-2013, "Order does not exist."),
    "cancel_of_an_unknown_order": "OrderNotFound: binance " + _json(-2011, "Unknown order sent."),
    # Not its DuplicateOrderId: finding C2.
    "duplicate_id": "InvalidOrder: binance " + _json(-2010, "Duplicate order sent."),
    "post_only_that_would_match": (
        "OrderImmediatelyFillable: binance Order would immediately match and take."
    ),
    "stop_that_would_trigger": (
        "OrderImmediatelyFillable: binance Order would trigger immediately."
    ),
    "below_the_minimum_notional": "BadRequest: binance " + _json(-1013, "Filter failure: NOTIONAL"),
    "unknown_symbol": "BadSymbol: binance " + _json(-1121, "Invalid symbol."),
    "bad_signature": "AuthenticationError: binance "
    + _json(-1022, "Signature for this request is not valid."),
    # After a private call that went well it takes this for an overload.
    "bad_key": "DDoSProtection: binance "
    + _json(-2015, "Invalid API-key, IP, or permissions for action."),
    "too_many_requests": [
        f"DDoSProtection: binance 429 Too Many Requests {_json(-1003, _WEIGHT)}",
        f"DDoSProtection: binance 418 I'm a Teapot {_json(-1003, _BANNED)}",
    ],
    "clock_behind": _LATE,
}

PRO: Mapping[str, Any] = {
    "place": [
        ["a", "limit", "open", 0.0, 1.0],
        {"free": 71000.0, "used": 29000.0, "total": 100000.0},
    ],
    "open_orders": [["a", "limit", "open", 0.0, 1.0]],
    "partial_fill": [
        ["a", "limit", "open", 0.25, 0.75],
        ["buy", 0.25, 29000.0, {"currency": "BTC", "cost": 0.00025}],
        {"free": 10.24975, "used": 0.0, "total": 10.24975},
    ],
    "order": ["a", "limit", "open", 0.25, 0.75],
    "edit": [["a", "limit", "canceled", 0.25, 0.75], ["b", "limit", "open", 0.0, 2.0]],
    "cancel": [
        ["b", "limit", "canceled", 0.0, 2.0],
        {"free": 92750.0, "used": 0.0, "total": 92750.0},
    ],
    "market_order": [[0.3, 30000.0], [0.2, 30100.0]],
    "cancel_all": 2,
    "own_trades": [0.25, 0.3, 0.2],
    "candles_by_request": [29000.0, 30100.0, 29000.0, 30100.0, 0.75],
    "order_book": [
        [[], [[30100.0, 0.8]]],
        [[[28000.0, 1.0]], [[30100.0, 0.8]]],
    ],
    "trades": ["sell", 29500.0, 0.1],
    "ticker": [29000.0, 29500.0, 30100.0],
    "best_prices": [30100.0, 0.8],
    "candles": [29000.0, 30100.0, 29000.0, 29500.0],
    "end_of_a_stream": [],
    "insufficient_balance": (
        "InsufficientFunds: binance Account has insufficient balance for requested action."
    ),
    "cancel_of_an_unknown_order": "OrderNotFound: binance " + _json(-2011, "Unknown order sent."),
    "client_id_by_its_unified_name": "BadRequest: binance "
    + _json(-1104, "Not all sent parameters were read; read '13' parameter(s) but was sent '14'."),
    "bad_signature": "AuthenticationError: binance "
    + _json(-1022, "Signature for this request is not valid."),
    "clock_behind": _LATE,
}
