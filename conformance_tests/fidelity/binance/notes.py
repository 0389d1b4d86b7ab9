"""How what is there differs from the venue, and why what is missing is: by section and name."""

from __future__ import annotations

_SOR = "smart order routing has one venue to route to"
_PEG = "prices pegged to the book"
_SBE = "binary (SBE) answers"
_FIX = "FIX sessions"
_ALL_ALLOWED = "every market allows it"
_NO_RESTRICTED = "no account and no server is restricted"
_BY_FAULT = "said when a scenario makes the venue fail, never by itself"
_SAME_CANDLES = "the candles of klines"
_WHOLE_SECOND = "the 24 hours begin with a whole second"
_RETIRED = "retired by the venue; 410 unless the quirk `legacy_listen_keys` brings it back"

DIFFERS: dict[tuple[str, str], str] = {
    ("REST", "GET /api/v3/historicalBlockTrades"): "always empty: there are no block trades",
    ("REST", "GET /api/v3/referencePrice"): "-2043: no market has a reference price",
    ("REST", "GET /api/v3/referencePrice/calculation"): "-2043: no market has a reference price",
    ("REST", "GET /api/v3/executionRules"): "no market has any",
    ("REST", "GET /api/v3/uiKlines"): _SAME_CANDLES,
    ("REST", "GET /api/v3/ticker/24hr"): _WHOLE_SECOND,
    ("WebSocket API", "uiKlines"): _SAME_CANDLES,
    ("WebSocket API", "ticker.24hr"): _WHOLE_SECOND,
    ("WebSocket API", "blockTrades.historical"): "always empty: there are no block trades",
    ("WebSocket API", "referencePrice"): "-2043: no market has a reference price",
    ("WebSocket API", "referencePrice.calculation"): "-2043: no market has a reference price",
    ("WebSocket API", "executionRules"): "no market has any",
    ("WebSocket API", "session.logon"): "takes HMAC keys too (quirk `hmac_logon`)",
    ("Market streams", "<symbol>@depth"): (
        "speaks at once, one event a command that changed the book, unless the quirk"
        " `depth_interval` makes it wait for 1000 ms"
    ),
    ("Market streams", "<symbol>@depth@100ms"): (
        "speaks at once, one event a command that changed the book, unless the quirk"
        " `depth_interval` makes it wait for 100 ms"
    ),
    ("Order statuses", "PENDING_CANCEL"): (
        "only with a settlement delay, which this venue has not: a gateway's"
    ),
    ("Self-trade prevention", "NONE"): "the default of every market",
    ("Symbol statuses", "BREAK"): "may be asked for; no market has it",
    ("Symbol statuses", "END_OF_DAY"): "may be asked for; no market has it",
    ("Error codes", "-1000"): _BY_FAULT,
    ("Error codes", "-1001"): _BY_FAULT,
    ("Error codes", "-1006"): _BY_FAULT,
    ("Error codes", "-1007"): _BY_FAULT,
    ("Error codes", "-1008"): _BY_FAULT,
}
"""Of rows that the dialect has."""

WITHOUT: dict[tuple[str, str], str] = {
    ("REST", "POST /api/v3/sor/order"): _SOR,
    ("REST", "POST /api/v3/sor/order/test"): _SOR,
    ("REST", "GET /api/v3/myAllocations"): _SOR,
    ("WebSocket API", "sor.order.place"): _SOR,
    ("WebSocket API", "sor.order.test"): _SOR,
    ("WebSocket API", "myAllocations"): _SOR,
    ("Market streams", "<symbol>@blockTrade"): "there are no block trades",
    ("Market streams", "<symbol>@referencePrice"): "no market has a reference price",
    ("User events", "externalLockUpdate"): "nothing outside the venue locks money",
    ("Parameters of a new order", "pegPriceType"): _PEG,
    ("Parameters of a new order", "pegOffsetType"): _PEG,
    ("Parameters of a new order", "pegOffsetValue"): _PEG,
    ("Filters", "PERCENT_PRICE"): "markets have PERCENT_PRICE_BY_SIDE",
    ("Filters", "MIN_NOTIONAL"): "markets have NOTIONAL",
    ("Filters", "MAX_ASSET"): "an asset's own filter",
    ("Filters", "EXCHANGE_MAX_NUM_ORDERS"): "markets have their own limit",
    ("Filters", "EXCHANGE_MAX_NUM_ALGO_ORDERS"): "markets have their own limit",
    ("Filters", "EXCHANGE_MAX_NUM_ICEBERG_ORDERS"): "markets have their own limit",
    ("Filters", "EXCHANGE_MAX_NUM_ORDER_LISTS"): "markets have their own limit",
    ("Expiry reasons", "EXECUTION_RULE_PRICE_RANGE_EXCEEDED"): "no market has execution rules",
    ("Error codes", "-1002"): _NO_RESTRICTED,
    ("Error codes", "-1016"): "the venue stops with `serverShutdown` and a close",
    ("Error codes", "-1033"): _FIX,
    ("Error codes", "-1035"): _FIX,
    ("Error codes", "-1103"): "-1104 says it",
    ("Error codes", "-1112"): "an empty book has no code: the order expires",
    ("Error codes", "-1114"): "-1106 says it",
    ("Error codes", "-1118"): "-1105 says it",
    ("Error codes", "-1119"): "-1105 says it",
    ("Error codes", "-1152"): _SBE,
    ("Error codes", "-1153"): _SBE,
    ("Error codes", "-1155"): _SBE,
    ("Error codes", "-1161"): _SBE,
    ("Error codes", "-1182"): _FIX,
    ("Error codes", "-1210"): _PEG,
    ("Error codes", "-1211"): _PEG,
    ("Error codes", "-1221"): _SBE,
    ("Error codes", "-1224"): "-1102 says it",
    ("Error codes", "-1225"): "-1106 says it",
    ("Error codes", "-2016"): "every market that is there trades",
    ("Error codes", "-2026"): "orders beyond those kept are unknown: -2013",
    **{
        ("Engine messages", text): _ALL_ALLOWED
        for text in (
            "Iceberg orders are not supported for this symbol.",
            "Stop loss orders are not supported for this symbol.",
            "Stop loss limit orders are not supported for this symbol.",
            "Take profit orders are not supported for this symbol.",
            "Take profit limit orders are not supported for this symbol.",
            "Order amend is not supported for this symbol.",
            "OCO orders are not supported for this symbol",
            "OPO orders are not supported for this symbol.",
            "Quote order qty market orders are not support for this symbol.",
            "Trailing stop orders are not supported for this symbol.",
            "Order cancel-replace is not supported for this symbol.",
        )
    },
    **{
        ("Engine messages", text): _NO_RESTRICTED
        for text in (
            "This action is disabled on this account.",
            "This account may not place or cancel orders.",
            "This symbol is not permitted for this account.",
            "This symbol is restricted for this account.",
            "Rest API trading is not enabled.",
            "WebSocket API trading is not enabled.",
        )
    },
    **{
        ("Engine messages", text): _PEG
        for text in (
            "Pegged orders are not supported for this symbol.",
            "This order type may not use pegged price.",
            "This price peg cannot be used with this order type.",
            "Order book liquidity is too low for this pegged order.",
        )
    },
    ("Engine messages", "Price * QTY is zero or less."): "-1013 says it before the engine",
    ("Engine messages", "Cancel order is invalid. Check origClOrdId and orderId."): (
        "-1102 says it before the engine"
    ),
    ("Engine messages", "Order book liquidity is less than LOT_SIZE filter minimum quantity."): (
        "said as less than the symbol's minimum quantity"
    ),
    (
        "Engine messages",
        "Order book liquidity is less than MARKET_LOT_SIZE filter minimum quantity.",
    ): "said as less than the symbol's minimum quantity",
    ("Engine messages", "Order amend (pending OPO order) is not supported."): (
        "a pending order of an OPO has no quantity to amend"
    ),
}
"""Of rows that the dialect has not."""

OURS: dict[tuple[str, str], str] = {
    ("REST", "POST /api/v3/userDataStream"): _RETIRED,
    ("REST", "PUT /api/v3/userDataStream"): _RETIRED,
    ("REST", "DELETE /api/v3/userDataStream"): _RETIRED,
    ("REST", "GET /sapi/v1/capital/config/getall"): "an empty list, for clients that begin with it",
    ("REST", "GET /sapi/v1/margin/allPairs"): "an empty list, for clients that begin with it",
    ("REST", "GET /sapi/v1/margin/isolated/allPairs"): (
        "an empty list, for clients that begin with it"
    ),
    ("REST", "GET /sapi/v1/asset/tradeFee"): "the rates of each market",
    ("REST", "GET /fapi/v1/exchangeInfo"): "no market, for clients that ask the futures host too",
    ("REST", "GET /dapi/v1/exchangeInfo"): "no market, for clients that ask the futures host too",
    ("WebSocket API", "userDataStream.start"): _RETIRED,
    ("WebSocket API", "userDataStream.ping"): _RETIRED,
    ("WebSocket API", "userDataStream.stop"): _RETIRED,
}
"""What the dialect has although the documentation of Spot has it not, or not any more."""
