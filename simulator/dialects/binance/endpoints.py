"""Every endpoint, once: what it reads, what it weighs, who may ask, and under which names."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import (
    cancels,
    general,
    limit_queries,
    listening,
    orders,
    queries,
)
from fillproof.simulator.dialects.binance.endpoint import (
    Endpoint,
    Handler,
    Security,
    Weigh,
    public,
)
from fillproof.simulator.dialects.binance.public.table import METHODS as MARKET_METHODS
from fillproof.simulator.dialects.binance.public.table import REST as MARKET_REST
from fillproof.simulator.dialects.binance.weights import heavier_with, heavier_without


def _listening(handler: Handler, *parameters: str) -> Endpoint:
    return Endpoint("reference", handler, frozenset(parameters), 2, Security.KEY, retired=True)


def _signed(
    role: str, handler: Handler, weight: int, *parameters: str, weigh: Weigh | None = None
) -> Endpoint:
    own = frozenset((*parameters, "timestamp", "recvWindow"))
    return Endpoint(role, handler, own, weight, Security.SIGNED, weigh)


def _placing(handler: Handler, weight: int, orders: int, *parameters: str) -> Endpoint:
    own = frozenset((*parameters, "timestamp", "recvWindow"))
    return Endpoint("create", handler, own, weight, Security.SIGNED, orders=orders)


_ORDER_NAMES = ("symbol", "orderId", "origClientOrderId")
_WINDOW = ("startTime", "endTime", "limit")

PING = public(general.ping, 1)
TIME = public(general.server_time, 1)
EXCHANGE_INFO = public(
    general.exchange_info,
    20,
    "symbol",
    "symbols",
    "permissions",
    "showPermissionSets",
    "symbolStatus",
)
ACCOUNT = _signed("account", queries.account, 20, "omitZeroBalances")
COMMISSION = _signed("account", queries.account_commission, 20, "symbol")
TRADE_FEE = _signed("account", queries.trade_fee, 1, "symbol")
PLACE = _placing(orders.place_order, 1, 1, *orders.NEW_ORDER_PARAMETERS)
TRY = _signed(
    "reference",
    orders.try_order,
    1,
    *orders.NEW_ORDER_PARAMETERS,
    weigh=heavier_with("computeCommissionRates", 20, 1),
)
CANCEL = _signed("cancel", cancels.cancel_order, 1, *cancels.CANCEL_PARAMETERS)
CANCEL_ALL = _signed("cancel", cancels.cancel_open_orders, 1, "symbol")
ORDER = _signed("query", queries.query_order, 4, *_ORDER_NAMES)
OPEN_ORDERS = _signed(
    "query", queries.open_orders, 6, "symbol", weigh=heavier_without("symbol", 80, 6)
)
ALL_ORDERS = _signed("query", queries.all_orders, 20, "symbol", "orderId", *_WINDOW)
MY_TRADES = _signed(
    "trades",
    queries.my_trades,
    20,
    "symbol",
    "orderId",
    "fromId",
    *_WINDOW,
    weigh=heavier_without("orderId", 20, 5),
)
ORDER_LIMITS = _signed("reference", limit_queries.unfilled_orders, 40)
BEGIN_LISTENING = _listening(listening.begin)
GO_ON_LISTENING = _listening(listening.go_on, "listenKey")
END_LISTENING = _listening(listening.end, "listenKey")
WALLET = _signed("reference", general.nothing, 10)
MARGIN_PAIRS = _signed("reference", general.nothing, 1, "symbol")
DERIVATIVES_INFO = public(general.derivatives_info, 1)

REST: dict[tuple[str, str], Endpoint] = {
    ("GET", "/api/v3/ping"): PING,
    ("GET", "/api/v3/time"): TIME,
    ("GET", "/api/v3/exchangeInfo"): EXCHANGE_INFO,
    **MARKET_REST,
    ("GET", "/api/v3/account"): ACCOUNT,
    ("GET", "/api/v3/account/commission"): COMMISSION,
    ("POST", "/api/v3/order"): PLACE,
    ("POST", "/api/v3/order/test"): TRY,
    ("GET", "/api/v3/order"): ORDER,
    ("DELETE", "/api/v3/order"): CANCEL,
    ("DELETE", "/api/v3/openOrders"): CANCEL_ALL,
    ("GET", "/api/v3/openOrders"): OPEN_ORDERS,
    ("GET", "/api/v3/allOrders"): ALL_ORDERS,
    ("GET", "/api/v3/myTrades"): MY_TRADES,
    ("GET", "/api/v3/rateLimit/order"): ORDER_LIMITS,
    ("POST", "/api/v3/userDataStream"): BEGIN_LISTENING,
    ("PUT", "/api/v3/userDataStream"): GO_ON_LISTENING,
    ("DELETE", "/api/v3/userDataStream"): END_LISTENING,
    ("GET", "/sapi/v1/capital/config/getall"): WALLET,
    ("GET", "/sapi/v1/margin/allPairs"): MARGIN_PAIRS,
    ("GET", "/sapi/v1/margin/isolated/allPairs"): MARGIN_PAIRS,
    ("GET", "/sapi/v1/asset/tradeFee"): TRADE_FEE,
    ("GET", "/fapi/v1/exchangeInfo"): DERIVATIVES_INFO,
    ("GET", "/dapi/v1/exchangeInfo"): DERIVATIVES_INFO,
}

METHODS: dict[str, Endpoint] = {
    "ping": PING,
    "time": TIME,
    "exchangeInfo": EXCHANGE_INFO,
    **MARKET_METHODS,
    "account.status": ACCOUNT,
    "account.commission": COMMISSION,
    "order.place": PLACE,
    "order.test": TRY,
    "order.status": ORDER,
    "order.cancel": CANCEL,
    "openOrders.cancelAll": CANCEL_ALL,
    "openOrders.status": OPEN_ORDERS,
    "allOrders": ALL_ORDERS,
    "myTrades": MY_TRADES,
    "account.rateLimits.orders": ORDER_LIMITS,
    "userDataStream.start": BEGIN_LISTENING,
    "userDataStream.ping": GO_ON_LISTENING,
    "userDataStream.stop": END_LISTENING,
}
"""What the WebSocket API asks by name; the answers are those of REST."""

PATHS = frozenset(path for _, path in REST)
"""A known path asked by another method is 405, an unknown one 404."""
