"""What Binance documents of Spot, by section, as of 2026-07-21: names only."""

from __future__ import annotations

REST = """
GET /api/v3/ping
GET /api/v3/time
GET /api/v3/exchangeInfo
GET /api/v3/executionRules
GET /api/v3/depth
GET /api/v3/trades
GET /api/v3/historicalTrades
GET /api/v3/historicalBlockTrades
GET /api/v3/aggTrades
GET /api/v3/klines
GET /api/v3/uiKlines
GET /api/v3/avgPrice
GET /api/v3/ticker/24hr
GET /api/v3/ticker/tradingDay
GET /api/v3/ticker/price
GET /api/v3/ticker/bookTicker
GET /api/v3/ticker
GET /api/v3/referencePrice
GET /api/v3/referencePrice/calculation
POST /api/v3/order
POST /api/v3/order/test
GET /api/v3/order
DELETE /api/v3/order
DELETE /api/v3/openOrders
POST /api/v3/order/cancelReplace
PUT /api/v3/order/amend/keepPriority
POST /api/v3/order/oco
POST /api/v3/orderList/oco
POST /api/v3/orderList/oto
POST /api/v3/orderList/otoco
POST /api/v3/orderList/opo
POST /api/v3/orderList/opoco
DELETE /api/v3/orderList
GET /api/v3/orderList
GET /api/v3/allOrderList
GET /api/v3/openOrderList
POST /api/v3/sor/order
POST /api/v3/sor/order/test
GET /api/v3/account
GET /api/v3/account/commission
GET /api/v3/openOrders
GET /api/v3/allOrders
GET /api/v3/myTrades
GET /api/v3/rateLimit/order
GET /api/v3/myPreventedMatches
GET /api/v3/myAllocations
GET /api/v3/order/amendments
GET /api/v3/myFilters
"""

METHODS = """
ping time exchangeInfo executionRules depth trades.recent trades.historical blockTrades.historical
trades.aggregate klines uiKlines avgPrice ticker.24hr ticker.tradingDay ticker ticker.price
ticker.book referencePrice referencePrice.calculation
session.logon session.status session.logout session.subscriptions
order.place order.test order.status order.cancel order.cancelReplace order.amend.keepPriority
openOrders.cancelAll openOrders.status
orderList.place orderList.place.oco orderList.place.oto orderList.place.otoco orderList.place.opo
orderList.place.opoco orderList.status orderList.cancel openOrderLists.status allOrderLists
sor.order.place sor.order.test
account.status account.commission account.rateLimits.orders allOrders myTrades myPreventedMatches
myAllocations order.amendments myFilters
userDataStream.subscribe userDataStream.subscribe.signature userDataStream.unsubscribe
"""

STREAMS = """
<symbol>@trade <symbol>@aggTrade <symbol>@blockTrade <symbol>@kline_<interval>
<symbol>@kline_<interval>@+08:00 <symbol>@miniTicker !miniTicker@arr <symbol>@ticker
<symbol>@ticker_1h <symbol>@ticker_4h <symbol>@ticker_1d
!ticker_1h@arr !ticker_4h@arr !ticker_1d@arr <symbol>@bookTicker <symbol>@avgPrice
<symbol>@depth5 <symbol>@depth10 <symbol>@depth20
<symbol>@depth5@100ms <symbol>@depth10@100ms <symbol>@depth20@100ms
<symbol>@depth <symbol>@depth@100ms <symbol>@referencePrice !serverShutdown
"""

STREAM_REQUESTS = "SUBSCRIBE UNSUBSCRIBE LIST_SUBSCRIPTIONS SET_PROPERTY GET_PROPERTY"

USER_EVENTS = """
executionReport outboundAccountPosition balanceUpdate listStatus eventStreamTerminated
externalLockUpdate serverShutdown
"""

EXECUTION_TYPES = "NEW TRADE CANCELED REPLACED REJECTED EXPIRED TRADE_PREVENTION"

ORDER_STATUSES = """
NEW PENDING_NEW PARTIALLY_FILLED FILLED CANCELED PENDING_CANCEL REJECTED EXPIRED EXPIRED_IN_MATCH
"""

ORDER_TYPES = """
LIMIT LIMIT_MAKER MARKET STOP_LOSS STOP_LOSS_LIMIT TAKE_PROFIT TAKE_PROFIT_LIMIT
"""

ORDER_PARAMETERS = """
symbol side type timeInForce quantity quoteOrderQty price newClientOrderId strategyId strategyType
stopPrice trailingDelta icebergQty newOrderRespType selfTradePreventionMode pegPriceType
pegOffsetValue pegOffsetType recvWindow timestamp
"""

TIMES_IN_FORCE = "GTC IOC FOK"

SELF_TRADE_PREVENTION = "NONE EXPIRE_MAKER EXPIRE_TAKER EXPIRE_BOTH DECREMENT TRANSFER"

SYMBOL_STATUSES = "TRADING END_OF_DAY HALT BREAK CANCEL_ONLY"

FILTERS = """
PRICE_FILTER PERCENT_PRICE PERCENT_PRICE_BY_SIDE LOT_SIZE MIN_NOTIONAL NOTIONAL ICEBERG_PARTS
MARKET_LOT_SIZE MAX_NUM_ORDERS MAX_NUM_ALGO_ORDERS MAX_NUM_ICEBERG_ORDERS MAX_POSITION
TRAILING_DELTA MAX_NUM_ORDER_AMENDS MAX_NUM_ORDER_LISTS EXCHANGE_MAX_NUM_ORDERS
EXCHANGE_MAX_NUM_ALGO_ORDERS EXCHANGE_MAX_NUM_ICEBERG_ORDERS EXCHANGE_MAX_NUM_ORDER_LISTS MAX_ASSET
"""

EXPIRY_REASONS = """
REJECTED EXCHANGE_CANCELED OCO_TRIGGER OTO_PHASE_ONE_EXPIRED UNFILLED_IOC_QUANTITY_EXPIRED
UNFILLED_FOK_ORDER_EXPIRED INSUFFICIENT_LIQUIDITY EXECUTION_RULE_PRICE_RANGE_EXCEEDED
"""

REJECT_REASONS = """
NONE INSUFFICIENT_BALANCES STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY WOULD_MATCH_IMMEDIATELY
OCO_BAD_PRICES
"""

SIGNATURES = "HMAC RSA Ed25519"

HEADERS = """
X-MBX-USED-WEIGHT X-MBX-USED-WEIGHT-1M X-MBX-ORDER-COUNT-10S X-MBX-ORDER-COUNT-1D Retry-After
X-MBX-APIKEY X-MBX-TIME-UNIT
"""

RATE_LIMITS = "REQUEST_WEIGHT ORDERS RAW_REQUESTS CONNECTIONS"

ERROR_CODES = """
-1000 UNKNOWN -1001 DISCONNECTED -1002 UNAUTHORIZED -1003 TOO_MANY_REQUESTS -1006 UNEXPECTED_RESP
-1007 TIMEOUT -1008 SERVER_BUSY -1013 INVALID_MESSAGE -1014 UNKNOWN_ORDER_COMPOSITION
-1015 TOO_MANY_ORDERS -1016 SERVICE_SHUTTING_DOWN -1020 UNSUPPORTED_OPERATION
-1021 INVALID_TIMESTAMP -1022 INVALID_SIGNATURE -1033 COMP_ID_IN_USE -1034 TOO_MANY_CONNECTIONS
-1035 LOGGED_OUT -1100 ILLEGAL_CHARS -1101 TOO_MANY_PARAMETERS
-1102 MANDATORY_PARAM_EMPTY_OR_MALFORMED -1103 UNKNOWN_PARAM -1104 UNREAD_PARAMETERS
-1105 PARAM_EMPTY -1106 PARAM_NOT_REQUIRED -1108 PARAM_OVERFLOW -1111 BAD_PRECISION -1112 NO_DEPTH
-1114 TIF_NOT_REQUIRED -1115 INVALID_TIF -1116 INVALID_ORDER_TYPE -1117 INVALID_SIDE
-1118 EMPTY_NEW_CL_ORD_ID -1119 EMPTY_ORG_CL_ORD_ID -1120 BAD_INTERVAL -1121 BAD_SYMBOL
-1122 INVALID_SYMBOLSTATUS -1125 INVALID_LISTEN_KEY -1127 MORE_THAN_XX_HOURS
-1128 OPTIONAL_PARAMS_BAD_COMBO -1130 INVALID_PARAMETER -1134 BAD_STRATEGY_TYPE -1135 INVALID_JSON
-1139 INVALID_TICKER_TYPE -1145 INVALID_CANCEL_RESTRICTIONS -1151 DUPLICATE_SYMBOLS
-1152 INVALID_SBE_HEADER -1153 UNSUPPORTED_SCHEMA_ID -1155 SBE_DISABLED
-1158 OCO_ORDER_TYPE_REJECTED -1160 OCO_ICEBERGQTY_TIMEINFORCE -1161 DEPRECATED_SCHEMA
-1165 BUY_OCO_LIMIT_MUST_BE_BELOW -1166 SELL_OCO_LIMIT_MUST_BE_ABOVE
-1168 BOTH_OCO_ORDERS_CANNOT_BE_LIMIT -1182 PARAMS_BAD_COMBO -1191 TOO_MANY_SUBSCRIPTIONS
-1194 INVALID_TIME_UNIT -1196 BUY_OCO_STOP_LOSS_MUST_BE_ABOVE
-1197 SELL_OCO_STOP_LOSS_MUST_BE_BELOW -1198 BUY_OCO_TAKE_PROFIT_MUST_BE_BELOW
-1199 SELL_OCO_TAKE_PROFIT_MUST_BE_ABOVE -1210 INVALID_PEG_PRICE_TYPE -1211 INVALID_PEG_OFFSET_TYPE
-1220 SYMBOL_DOES_NOT_MATCH_STATUS -1221 INVALID_SBE_MESSAGE_FIELD -1222 OPO_WORKING_MUST_BE_BUY
-1223 OPO_PENDING_MUST_BE_SELL -1224 WORKING_PARAM_REQUIRED -1225 PENDING_PARAM_NOT_REQUIRED
-2010 NEW_ORDER_REJECTED -2011 CANCEL_REJECTED -2013 NO_SUCH_ORDER -2014 BAD_API_KEY_FMT
-2015 REJECTED_MBX_KEY -2016 NO_TRADING_WINDOW -2018 NO_SUCH_ORDER_LIST
-2021 CANCEL_REPLACE_PARTIALLY_FAILED -2022 CANCEL_REPLACE_FAILED -2026 ORDER_ARCHIVED
-2035 SUBSCRIPTION_ACTIVE -2036 SUBSCRIPTION_INACTIVE -2038 ORDER_AMEND_REJECTED
-2039 CLIENT_ORDER_ID_INVALID -2042 MAXIMUM_SUBSCRIPTION_IDS -2043 NO_REFERENCE_PRICE
"""
"""Less those of FIX sessions (-1169 to -1181, -1183 to -1190)."""

ENGINE_MESSAGES = (
    "Unknown order sent.",
    "Duplicate order sent.",
    "Market is closed.",
    "Account has insufficient balance for requested action.",
    "Market orders are not supported for this symbol.",
    "Iceberg orders are not supported for this symbol.",
    "Stop loss orders are not supported for this symbol.",
    "Stop loss limit orders are not supported for this symbol.",
    "Take profit orders are not supported for this symbol.",
    "Take profit limit orders are not supported for this symbol.",
    "Order amend is not supported for this symbol.",
    "Price * QTY is zero or less.",
    "IcebergQty exceeds QTY.",
    "This action is disabled on this account.",
    "This account may not place or cancel orders.",
    "Unsupported order combination",
    "Order would trigger immediately.",
    "Cancel order is invalid. Check origClOrdId and orderId.",
    "Order would immediately match and take.",
    "The relationship of the prices for the orders is not correct.",
    "OCO orders are not supported for this symbol",
    "Quote order qty market orders are not support for this symbol.",
    "Trailing stop orders are not supported for this symbol.",
    "Order cancel-replace is not supported for this symbol.",
    "This symbol is not permitted for this account.",
    "This symbol is restricted for this account.",
    "Order was not canceled due to cancel restrictions.",
    "Rest API trading is not enabled.",
    "WebSocket API trading is not enabled.",
    "Order book liquidity is less than LOT_SIZE filter minimum quantity.",
    "Order book liquidity is less than MARKET_LOT_SIZE filter minimum quantity.",
    "Order book liquidity is less than symbol minimum quantity.",
    "Order amend (quantity increase) is not supported.",
    "The requested action would change no state; rejecting",
    "Pegged orders are not supported for this symbol.",
    "This order type may not use pegged price.",
    "This price peg cannot be used with this order type.",
    "Order book liquidity is too low for this pegged order.",
    "OPO orders are not supported for this symbol.",
    "Order amend (pending OPO order) is not supported.",
)
