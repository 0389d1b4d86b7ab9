"""Every endpoint, once: what it reads, what it weighs, who may ask, and under which names."""

from __future__ import annotations

from functools import partial

from fillproof.simulator.dialects.binance.door import limit_queries
from fillproof.simulator.dialects.binance.door.weights import heavier_with, heavier_without
from fillproof.simulator.dialects.binance.endpoint import (
    Endpoint,
    Handler,
    Security,
    Weigh,
    public,
)
from fillproof.simulator.dialects.binance.public import exchange_info, general
from fillproof.simulator.dialects.binance.public.table import METHODS as MARKET_METHODS
from fillproof.simulator.dialects.binance.public.table import REST as MARKET_REST
from fillproof.simulator.dialects.binance.trading import (
    amends,
    cancels,
    commissions,
    legacy_oco,
    list_queries,
    order_lists,
    orders,
    prevented_matches,
    queries,
    replacing,
)
from fillproof.simulator.dialects.binance.user import listening


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
    exchange_info.exchange_info,
    20,
    "symbol",
    "symbols",
    "permissions",
    "showPermissionSets",
    "symbolStatus",
)
ACCOUNT = _signed("account", queries.account, 20, "omitZeroBalances")
COMMISSION = _signed("account", commissions.account_commission, 20, "symbol")
TRADE_FEE = _signed("account", commissions.trade_fee, 1, "symbol")
PLACE = _placing(orders.place_order, 1, 1, *orders.NEW_ORDER_PARAMETERS)
TRY = _signed(
    "reference",
    orders.try_order,
    1,
    *orders.NEW_ORDER_PARAMETERS,
    "computeCommissionRates",
    weigh=heavier_with("computeCommissionRates", 20, 1),
)
CANCEL = _signed("cancel", cancels.cancel_order, 1, *cancels.CANCEL_PARAMETERS)
CANCEL_ALL = _signed("cancel", cancels.cancel_open_orders, 1, "symbol")
REPLACE = Endpoint(
    "amend",
    replacing.cancel_and_replace,
    frozenset((*replacing.REPLACE_PARAMETERS, "timestamp", "recvWindow")),
    1,
    Security.SIGNED,
    orders=1,
    counts_itself=True,
)
AMEND = _signed("amend", amends.amend_order, 4, *amends.AMEND_PARAMETERS)
AMENDMENTS = _signed("query", amends.amendments, 4, *amends.AMENDMENTS_PARAMETERS)
OCO, OTO, OTOCO, OPO, OPOCO = (
    _placing(partial(order_lists.place_list, form), 1, len(form.orders), *form.parameters)
    for form in order_lists.FORMS
)
LEGACY_OCO = _placing(legacy_oco.place_oco, 1, 2, *legacy_oco.LEGACY_PARAMETERS)
CANCEL_LIST = _signed("cancel", list_queries.cancel_list, 1, *list_queries.CANCEL_LIST_PARAMETERS)
ORDER_LIST = _signed("query", list_queries.query_list, 4, "orderListId", "origClientOrderId")
OPEN_LISTS = _signed("query", list_queries.open_lists, 6)
ALL_LISTS = _signed("query", list_queries.all_lists, 20, "fromId", *_WINDOW)
PREVENTED = _signed(
    "query",
    prevented_matches.my_prevented_matches,
    20,
    "symbol",
    "preventedMatchId",
    "orderId",
    "fromPreventedMatchId",
    "limit",
    weigh=heavier_without("preventedMatchId", 20, 2),
)
FILTERS = _signed("reference", queries.my_filters, 40, "symbol")
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
    ("POST", "/api/v3/order/cancelReplace"): REPLACE,
    ("PUT", "/api/v3/order/amend/keepPriority"): AMEND,
    ("GET", "/api/v3/order/amendments"): AMENDMENTS,
    ("POST", "/api/v3/order/oco"): LEGACY_OCO,
    ("POST", "/api/v3/orderList/oco"): OCO,
    ("POST", "/api/v3/orderList/oto"): OTO,
    ("POST", "/api/v3/orderList/otoco"): OTOCO,
    ("POST", "/api/v3/orderList/opo"): OPO,
    ("POST", "/api/v3/orderList/opoco"): OPOCO,
    ("DELETE", "/api/v3/orderList"): CANCEL_LIST,
    ("GET", "/api/v3/orderList"): ORDER_LIST,
    ("GET", "/api/v3/openOrderList"): OPEN_LISTS,
    ("GET", "/api/v3/allOrderList"): ALL_LISTS,
    ("GET", "/api/v3/myPreventedMatches"): PREVENTED,
    ("GET", "/api/v3/myFilters"): FILTERS,
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
    "order.cancelReplace": REPLACE,
    "order.amend.keepPriority": AMEND,
    "order.amendments": AMENDMENTS,
    "orderList.place": LEGACY_OCO,
    "orderList.place.oco": OCO,
    "orderList.place.oto": OTO,
    "orderList.place.otoco": OTOCO,
    "orderList.place.opo": OPO,
    "orderList.place.opoco": OPOCO,
    "orderList.cancel": CANCEL_LIST,
    "orderList.status": ORDER_LIST,
    "openOrderLists.status": OPEN_LISTS,
    "allOrderLists": ALL_LISTS,
    "myPreventedMatches": PREVENTED,
    "myFilters": FILTERS,
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
