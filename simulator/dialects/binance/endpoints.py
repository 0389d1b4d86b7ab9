"""Every endpoint, once: what it reads, what it weighs, who may ask, and under which names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from fillproof.simulator.dialects.binance import (
    cancels,
    limit_queries,
    listening,
    market_data,
    orders,
    queries,
)
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.weights import heavier_with, heavier_without

Handler = Callable[[Desk, Call], Outcome]
Weigh = Callable[[Parameters], int]


class Security(Enum):
    """What a request must bring: nothing, an API key, or a signature by one."""

    NONE = "NONE"
    KEY = "KEY"
    SIGNED = "SIGNED"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that can be asked. `role` is the stem of its channels.

    `weigh` tells the weight where it depends on the parameters. `orders` is how many the venue
    counts against the order limits when it succeeds; with `counts_itself` the handler does that.
    What is `retired` is gone (410) unless a quirk brings it back.
    """

    role: str
    handler: Handler
    parameters: frozenset[str]
    weight: int
    security: Security = Security.NONE
    weigh: Weigh | None = None
    orders: int = 0
    counts_itself: bool = False
    retired: bool = False

    def cost(self, parameters: Parameters) -> int:
        """Return what a request with these parameters weighs."""
        return self.weight if self.weigh is None else self.weigh(parameters)

    @property
    def changes_orders(self) -> bool:
        """Placing and cancelling: their weight counts only when they fail."""
        return self.role in ("create", "cancel") or self.counts_itself


def _public(handler: Handler, weight: int, *parameters: str) -> Endpoint:
    return Endpoint("reference", handler, frozenset(parameters), weight)


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

PING = _public(market_data.ping, 1)
TIME = _public(market_data.server_time, 1)
EXCHANGE_INFO = _public(
    market_data.exchange_info,
    20,
    "symbol",
    "symbols",
    "permissions",
    "showPermissionSets",
    "symbolStatus",
)
DEPTH = _public(market_data.depth, 5, "symbol", "limit")
TRADES = _public(market_data.trades, 25, "symbol", "limit")
TICKER_DAY = _public(market_data.ticker_day, 2, "symbol", "symbols")
TICKER_PRICE = _public(market_data.ticker_price, 2, "symbol", "symbols")
TICKER_BOOK = _public(market_data.ticker_book, 2, "symbol", "symbols")
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
WALLET = _signed("reference", market_data.nothing, 10)
MARGIN_PAIRS = _signed("reference", market_data.nothing, 1, "symbol")
DERIVATIVES_INFO = _public(market_data.derivatives_info, 1)

REST: dict[tuple[str, str], Endpoint] = {
    ("GET", "/api/v3/ping"): PING,
    ("GET", "/api/v3/time"): TIME,
    ("GET", "/api/v3/exchangeInfo"): EXCHANGE_INFO,
    ("GET", "/api/v3/depth"): DEPTH,
    ("GET", "/api/v3/trades"): TRADES,
    ("GET", "/api/v3/ticker/24hr"): TICKER_DAY,
    ("GET", "/api/v3/ticker/price"): TICKER_PRICE,
    ("GET", "/api/v3/ticker/bookTicker"): TICKER_BOOK,
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
    "depth": DEPTH,
    "trades.recent": TRADES,
    "ticker.24hr": TICKER_DAY,
    "ticker.price": TICKER_PRICE,
    "ticker.book": TICKER_BOOK,
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
