"""Values for parameters: plausible ones, and ones that the venue must refuse, by parameter name."""

from __future__ import annotations

PLAUSIBLE: dict[str, str] = {
    "symbol": "BTCUSDT",
    "symbols": '["BTCUSDT"]',
    "side": "SELL",
    "type": "LIMIT",
    "timeInForce": "GTC",
    "quantity": "0.5",
    "price": "31000",
    "newQty": "0.5",
    "origClientOrderId": "rests",
    "orderId": "1",
    "cancelOrigClientOrderId": "rests",
    "cancelReplaceMode": "STOP_ON_FAILURE",
    "newClientOrderId": "fresh",
    "newOrderRespType": "RESULT",
    "interval": "1m",
    "listClientOrderId": "list",
    "aboveType": "LIMIT_MAKER",
    "abovePrice": "33000",
    "belowType": "STOP_LOSS",
    "belowStopPrice": "27000",
    "workingType": "LIMIT",
    "workingSide": "SELL",
    "workingPrice": "31000",
    "workingQuantity": "0.5",
    "workingTimeInForce": "GTC",
    "pendingType": "MARKET",
    "pendingSide": "BUY",
    "pendingQuantity": "0.5",
    "pendingAboveType": "LIMIT_MAKER",
    "pendingAbovePrice": "33000",
    "pendingBelowType": "STOP_LOSS",
    "pendingBelowStopPrice": "27000",
}
"""Any other parameter gets "1"."""

_ORDER = ("symbol", "side", "type", "timeInForce", "quantity", "price")
_NAMED = ("symbol", "origClientOrderId")
BASES: dict[str, tuple[str, ...]] = {
    "POST /api/v3/order": _ORDER,
    "POST /api/v3/order/test": _ORDER,
    "POST /api/v3/order/cancelReplace": (*_ORDER, "cancelReplaceMode", "cancelOrigClientOrderId"),
    "PUT /api/v3/order/amend/keepPriority": (*_NAMED, "newQty"),
    "POST /api/v3/orderList/oco": (
        *("symbol", "side", "quantity", "aboveType", "abovePrice"),
        *("belowType", "belowStopPrice"),
    ),
    "GET /api/v3/order": _NAMED,
    "DELETE /api/v3/order": _NAMED,
    "GET /api/v3/klines": ("symbol", "interval"),
    "GET /api/v3/uiKlines": ("symbol", "interval"),
    "order.place": _ORDER,
    "order.test": _ORDER,
    "order.cancelReplace": (*_ORDER, "cancelReplaceMode", "cancelOrigClientOrderId"),
    "order.amend.keepPriority": (*_NAMED, "newQty"),
    "order.status": _NAMED,
    "order.cancel": _NAMED,
    "klines": ("symbol", "interval"),
    "uiKlines": ("symbol", "interval"),
}
"""What makes a request of this endpoint good; of any other, it is the market alone."""

_NUMBERS = (
    *("quantity", "price", "stopPrice", "quoteOrderQty", "icebergQty", "newQty", "recvWindow"),
    *("orderId", "limit", "startTime", "endTime", "fromId", "timestamp", "trailingDelta"),
    *("cancelOrderId", "orderListId", "windowSize", "aboveStopPrice", "belowStopPrice"),
)
_WORDS = (
    *("side", "type", "timeInForce", "newOrderRespType", "selfTradePreventionMode"),
    *("cancelRestrictions", "cancelReplaceMode", "orderRateLimitExceededMode", "omitZeroBalances"),
    *("interval", "symbol"),
)

BAD_NUMBERS = (
    *("", " ", "-1", "-0.5", "+1", "NaN", "nan", "Infinity", "-Infinity", "1e400", "1e-400"),
    *("1e3", "0x10", "1_000", "\u0661", "9" * 30, f"0.{'0' * 30}1", "1,5", "1.", "1.2.3", "1 2"),
    *("null", "true", "[]", "{}", "1;2", "1\x00", "\u00e9", "\U0001f600", "9" * 5000),
)
BAD_WORDS = (
    *("", " ", "NaN", "1e400", "-1", "NONSENSE", "limit", "null", "[]", "{}", "\x00", "\u00e9"),
    *("BUY,SELL", "%s%s%n", "' OR 1=1 --", "\U0001f600", "A" * 5000),
)

BAD_LISTS = (
    *("", " ", "BTCUSDT", "[", "[1]", "[]]", '["BTCUSDT",]', '["btcusdt"]', '["NOPE"]', "{}"),
    *('["BTCUSDT"', "[" * 100_000, f"[{'9' * 5_000}]", '["\\ud800"]', "NaN", "[NaN]", "1e400"),
)


def bad_values(parameter: str) -> tuple[str, ...]:
    """Return what the venue must refuse for a parameter, whatever the endpoint; () if unknown."""
    if parameter in _NUMBERS:
        return BAD_NUMBERS
    if parameter == "symbols":
        return BAD_LISTS
    return BAD_WORDS if parameter in _WORDS else ()
