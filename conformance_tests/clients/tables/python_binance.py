"""What python-binance sees on the WebSocket API and on streams, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance_tests.clients.tables.plain import TOO_MANY

API: Mapping[str, Any] = {
    "markets": ["BTCUSDT"],
    "account": ["BTC", "USDT"],
    "place_limit": ["a", "LIMIT", "NEW", "0.10000000", "0.00000000"],
    "open_orders": ["a"],
    "partial_fill": ["a", "LIMIT", "PARTIALLY_FILLED", "0.10000000", "0.04000000"],
    "order": ["a", "LIMIT", "PARTIALLY_FILLED", "0.10000000", "0.04000000"],
    "cancel_replace": ["SUCCESS", ["b", "LIMIT", "NEW", "0.20000000", "0.00000000"]],
    "cancel": "CANCELED",
    "oco": ["OCO", "EXECUTING", ["LIMIT_MAKER", "NEW"], ["STOP_LOSS", "NEW"]],
    "oto": ["OTO", "EXECUTING", ["LIMIT", "NEW"], ["MARKET", "PENDING_NEW"]],
    "cancel_all": 2,
    "own_trades": [["21000.00000000", "0.04000000"]],
    "order_book": [[], []],
    "candles": [*("21000.00000000",) * 4, "0.04000000"],
    "insufficient_balance": (
        "BinanceAPIException: APIError(code=-2010): "
        "Account has insufficient balance for requested action."
    ),
    "unknown_order": "BinanceAPIException: APIError(code=-2011): Unknown order sent.",
    "bad_signature": (
        "BinanceAPIException: APIError(code=-1022): Signature for this request is not valid."
    ),
    "clock_behind": (
        "BinanceAPIException: APIError(code=-1021): "
        "Timestamp for this request is outside of the recvWindow."
    ),
    "too_many_requests": [
        f"BinanceAPIException: APIError(code={code}): {text}" for _, code, text in TOO_MANY
    ],
}

STREAMS: Mapping[str, Any] = {
    "open_sockets": [
        "aggregate",
        "best",
        "candles",
        "combined",
        "depth",
        "depth5",
        "ticker",
        "trade",
        "user",
    ],
    "an_order_is_told": [
        ["executionReport", "a", "NEW", "NEW", "0.00000000", "0.00000000"],
        ["outboundAccountPosition"],
    ],
    "a_partial_fill_is_told": [
        ["executionReport", "a", "TRADE", "PARTIALLY_FILLED", "0.25000000", "0.25000000"],
        ["outboundAccountPosition"],
    ],
    "a_cancel_is_told": [
        ["CANCELED", "CANCELED", "0.00000000", "0.25000000"],
        ["outboundAccountPosition"],
    ],
    "a_market_order_is_told": [
        ["m", "MARKET", "FILLED", "0.50000000", "0.50000000"],
        [
            ["executionReport", "m", "NEW", "NEW", "0.00000000", "0.00000000"],
            ["executionReport", "m", "TRADE", "PARTIALLY_FILLED", "0.30000000", "0.30000000"],
            ["executionReport", "m", "TRADE", "FILLED", "0.20000000", "0.50000000"],
            ["outboundAccountPosition"],
        ],
    ],
    "a_deposit_is_told": ["BTC", "1.00000000", ["outboundAccountPosition"]],
    "trades": [
        ["29000.00000000", "0.25000000", True],
        ["30000.00000000", "0.30000000", False],
        ["30100.00000000", "0.20000000", False],
    ],
    "aggregate_trades": [
        ["29000.00000000", "0.25000000", True],
        ["30000.00000000", "0.30000000", False],
        ["30100.00000000", "0.20000000", False],
    ],
    "combined_streams": ["btcusdt@trade", "29000.00000000"],
    "depth_changes": [True, [["29000.00000000", "1.00000000"]]],
    "depth_snapshots": [[], [["30100.00000000", "0.80000000"]]],
    "best_prices": ["0.00000000", "0.00000000", "30100.00000000", "0.80000000"],
    "ticker": [
        "29000.00000000",
        "30100.00000000",
        "29000.00000000",
        "30100.00000000",
        "0.75000000",
    ],
    "candles": ["1m", "30100.00000000"],
    "an_amend_is_told": ["b2", "b", "REPLACED", "NEW", "0.40000000"],
    "a_cancel_replace_is_told": [
        ["executionReport", "cancel", "CANCELED", "CANCELED", "0.00000000", "0.00000000"],
        ["executionReport", "c", "NEW", "NEW", "0.00000000", "0.00000000"],
        ["outboundAccountPosition"],
    ],
    "an_order_list_is_told": [
        [
            ["executionReport", "above", "NEW", "NEW", "0.00000000", "0.00000000"],
            ["executionReport", "below", "NEW", "NEW", "0.00000000", "0.00000000"],
        ],
        ["OCO", "EXEC_STARTED", "EXECUTING", "oco"],
    ],
    "the_end_of_an_order_list_is_told": [
        [
            ["executionReport", "above", "EXPIRED", "EXPIRED", "0.00000000", "0.00000000"],
            ["executionReport", "below", "NEW", "NEW", "0.00000000", "0.00000000"],
            ["executionReport", "below", "TRADE", "FILLED", "0.10000000", "0.10000000"],
        ],
        ["OCO", "ALL_DONE", "ALL_DONE", "oco"],
    ],
    "depth_cache": [
        [[28000.0, 1.0], [20400.0, 0.8], [20000.0, 1.0]],
        [[30100.0, 0.8]],
    ],
    "public_stream_after_a_reconnect": ["ConnectionClosedOK", "29000.00000000"],
    # It should have been told of a deposit.
    "user_stream_after_a_reconnect": ["ConnectionClosedOK", "silence"],
}
