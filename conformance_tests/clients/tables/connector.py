"""What binance-connector sees, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance_tests.clients.tables.plain import plain_table


def _said(status: int, code: int | None, text: str) -> str:
    return f"ClientError: {(status, code, text)}"


_GONE = _said(410, None, "<html>\r\n<head><title>410 Gone</title></head>")

REST: Mapping[str, Any] = plain_table(
    _said,
    # Its error has no place for the two halves of a cancel-replace but the data.
    cancel_replace_of_an_unknown_order=_said(400, -2022, "Order cancel-replace failed.")
    + " {'cancelResult': 'FAILURE', 'newOrderResult': 'NOT_ATTEMPTED', 'cancelResponse': "
    "{'code': -2011, 'msg': 'Unknown order sent.'}, 'newOrderResponse': None}",
) | {"listen_key": _GONE}

SOCKETS: Mapping[str, Any] = {
    "ping": {},
    "markets": ["BTCUSDT"],
    "place_limit": ["a", "LIMIT", "NEW", "1.00000000", "0.00000000"],
    "open_orders": [["a", "LIMIT", "NEW", "1.00000000", "0.00000000"]],
    "partial_fill": ["a", "LIMIT", "PARTIALLY_FILLED", "1.00000000", "0.25000000"],
    "cancel_replace": ["SUCCESS", ["b", "LIMIT", "NEW", "2.00000000", "0.00000000"]],
    "cancel": "CANCELED",
    "oco": ["OCO", "EXECUTING", ["LIMIT_MAKER", "NEW"], ["STOP_LOSS", "NEW"]],
    "oco_is_open": ["oco"],
    "oco_is_canceled": "ALL_DONE",
    "cancel_all": 1,
    "balances": [["BTC", "10.24975000"], ["USDT", "92750.00000000"]],
    "own_trades": [["29000.00000000", "0.25000000", "0.00025000"]],
    "candles": [*("29000.00000000",) * 4, "0.25000000"],
    "insufficient_balance": (
        "ValueError: {'code': -2010, "
        "'msg': 'Account has insufficient balance for requested action.'}"
    ),
    "cancel_of_an_unknown_order": "ValueError: {'code': -2011, 'msg': 'Unknown order sent.'}",
    "user_stream_of_old": "ValueError: {'code': -1020, 'msg': 'This operation is not supported.'}",
    "subscribe": [
        "btcusdt@trade",
        "btcusdt@depth@100ms",
        "btcusdt@bookTicker",
        "btcusdt@miniTicker",
        "btcusdt@kline_1m",
    ],
    "trades": ["30100.00000000", "0.20000000", False],
    "best_prices": ["0.00000000", "0.00000000", "30100.00000000", "0.80000000"],
    "small_ticker": ["29000.00000000", "30100.00000000", "29000.00000000", "30100.00000000"],
    "candle_stream": "30100.00000000",
    "end_of_a_stream": [
        "btcusdt@depth@100ms",
        "btcusdt@bookTicker",
        "btcusdt@miniTicker",
        "btcusdt@kline_1m",
    ],
    "user_stream_by_listen_key": _GONE,
    "clock_behind": (
        "ValueError: {'code': -1021, "
        "'msg': 'Timestamp for this request is outside of the recvWindow.'}"
    ),
}

SOCKETS_OF_OLD: Mapping[str, Any] = {
    **SOCKETS,
    "user_stream_of_old": ["listenKey"],
    "user_stream_by_listen_key": [
        ["executionReport", "l", "NEW", "NEW", "0.00000000", "0.00000000"],
        ["outboundAccountPosition"],
        ["executionReport", "l", "TRADE", "FILLED", "0.10000000", "0.10000000"],
    ],
}
