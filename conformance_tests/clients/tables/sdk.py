"""What binance-sdk-spot sees, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance_tests.clients.tables.plain import plain_table

_NAMES = {400: "BadRequestError", 418: "RateLimitBanError", 429: "TooManyRequestsError"}


def _said(status: int, code: int, text: str) -> str:
    return f"{_NAMES[status]}: {(code, text)}"


REST: Mapping[str, Any] = plain_table(
    _said,
    # It has no place for how much was prevented of the taker.
    prevented_matches=["EXPIRED_IN_MATCH", [["EXPIRE_TAKER", "29600.00000000", None]]],
    # It writes a small number as 1e-05, which the venue does not read.
    below_the_minimum_quantity=_said(
        400,
        -1100,
        "Illegal characters found in parameter 'quantity'; "
        r"legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'.",
    ),
)

SOCKETS: Mapping[str, Any] = {
    # It reads this answer by REST's model: of the whole only this is left.
    "markets": ["rateLimits"],
    "user_data": ["subscriptionId"],
    "place_limit": [
        ["a", "NEW", "1.00000000", "0.00000000"],
        [["a", "NEW", "NEW", "1.00000000", "0.00000000"], [None] * 5],
    ],
    "open_orders": [["a", "NEW", "1.00000000", "0.00000000"]],
    "partial_fill": [
        ["a", "TRADE", "PARTIALLY_FILLED", "0.25000000", "0.25000000", "0.00025000", "BTC"]
    ],
    "order": ["a", "PARTIALLY_FILLED", "1.00000000", "0.25000000"],
    "amend_keeping_priority": [
        *("a", "0.50000000"),
        [["REPLACED", "PARTIALLY_FILLED", "0.50000000", "a"]],
    ],
    "cancel_replace": ["SUCCESS", ["b", "NEW", "2.00000000", "0.00000000"]],
    "cancel": "CANCELED",
    "market_order": [
        *("m", "FILLED", "0.50000000", "0.50000000"),
        [["30000.00000000", "0.30000000"], ["30100.00000000", "0.20000000"]],
    ],
    "oco": ["OCO", ["LIMIT_MAKER", "NEW"], ["STOP_LOSS", "NEW"]],
    "oco_is_open": ["oco", "EXECUTING"],
    "oco_is_canceled": "ALL_DONE",
    "balances": [["BTC", "10.74925000"], ["USDT", "77730.00000000"]],
    "own_trades": [
        ["29000.00000000", "0.25000000", "0.00025000"],
        ["30000.00000000", "0.30000000", "0.00030000"],
        ["30100.00000000", "0.20000000", "0.00020000"],
    ],
    "candles": [
        *("29000.00000000", "30100.00000000", "29000.00000000"),
        *("30100.00000000", "0.75000000"),
    ],
    "insufficient_balance": (
        "ValueError: {'code': -2010, "
        "'msg': 'Account has insufficient balance for requested action.'}"
    ),
    "cancel_of_an_unknown_order": "ValueError: {'code': -2011, 'msg': 'Unknown order sent.'}",
    "subscribe": ["btcusdt@trade", "btcusdt@depth", "btcusdt@bookTicker", "btcusdt@kline_1m"],
    "trades": ["BTCUSDT", "29500.00000000", "0.40000000", True],
    "depth_changes": ["BTCUSDT", [["29500.00000000", "0.60000000"]]],
    "best_prices": ["29500.00000000", "0.60000000", "30100.00000000", "0.80000000"],
    "candle_stream": "1m",
    "logon": [True, True],
    "order_in_a_session": [["e", "NEW", "0.10000000", "0.00000000"], ["e", "NEW", "NEW"]],
    "logout": None,
    "clock_behind": (
        "ValueError: {'code': -1021, "
        "'msg': 'Timestamp for this request is outside of the recvWindow.'}"
    ),
    "request_after_the_venue_closed": "ValueError: No WebSocket connections available.",
}
