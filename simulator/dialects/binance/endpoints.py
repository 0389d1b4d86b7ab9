"""Every endpoint, once: what it reads, what it weighs, who may ask, and under which names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fillproof.simulator.dialects.binance import cancels, market_data, orders, queries
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome

Handler = Callable[[Desk, Call], Outcome]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that can be asked. `role` is the stem of its channels."""

    role: str
    handler: Handler
    parameters: frozenset[str]
    weight: int
    signed: bool = False

    @property
    def changes_orders(self) -> bool:
        """Placing and cancelling: their weight counts only when they fail."""
        return self.role in ("create", "cancel")


def _public(handler: Handler, weight: int, *parameters: str) -> Endpoint:
    return Endpoint("reference", handler, frozenset(parameters), weight)


def _signed(role: str, handler: Handler, weight: int, *parameters: str) -> Endpoint:
    own = frozenset((*parameters, "timestamp", "recvWindow"))
    return Endpoint(role, handler, own, weight, signed=True)


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
PLACE = _signed("create", orders.place_order, 1, *orders.NEW_ORDER_PARAMETERS)
TRY = _signed("reference", orders.try_order, 1, *orders.NEW_ORDER_PARAMETERS)
CANCEL = _signed("cancel", cancels.cancel_order, 1, *cancels.CANCEL_PARAMETERS)
CANCEL_ALL = _signed("cancel", cancels.cancel_open_orders, 1, "symbol")
ORDER = _signed("query", queries.query_order, 4, *_ORDER_NAMES)
OPEN_ORDERS = _signed("query", queries.open_orders, 6, "symbol")
ALL_ORDERS = _signed("query", queries.all_orders, 20, "symbol", "orderId", *_WINDOW)
MY_TRADES = _signed("trades", queries.my_trades, 20, "symbol", "orderId", "fromId", *_WINDOW)
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
}
"""What the WebSocket API asks by name; the answers are those of REST."""

GONE = frozenset({"/api/v3/userDataStream"})
"""Retired on 2026-02-20: HTTP 410 with a page of HTML."""
