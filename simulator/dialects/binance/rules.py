"""The trading rules: what exchangeInfo publishes, and the filters that hold orders to it."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance.errors import FILTER_FAILURE
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.protocol import Json

ORDER_TYPES = ("LIMIT", "LIMIT_MAKER", "MARKET")
STP_MODES = ("NONE",)
"""The engine lets an account trade with itself, so no mode that prevents it is on offer."""

PERMISSIONS = ("SPOT",)
_MAX_PRICE = Decimal(10_000_000)
_MAX_NOTIONAL = Decimal(1_000_000_000)

RATE_LIMITS: tuple[dict[str, Json], ...] = (
    {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000},
    {"rateLimitType": "ORDERS", "interval": "SECOND", "intervalNum": 10, "limit": 100},
    {"rateLimitType": "ORDERS", "interval": "DAY", "intervalNum": 1, "limit": 200000},
    {"rateLimitType": "RAW_REQUESTS", "interval": "MINUTE", "intervalNum": 5, "limit": 300000},
)

_SYMBOL_CONSTANTS: dict[str, Json] = {
    "icebergAllowed": False,
    "ocoAllowed": False,
    "otoAllowed": False,
    "opoAllowed": False,
    "quoteOrderQtyMarketAllowed": False,
    "allowTrailingStop": False,
    "cancelReplaceAllowed": False,
    "amendAllowed": False,
    "pegInstructionsAllowed": False,
    "isSpotTradingAllowed": True,
    "isMarginTradingAllowed": False,
}


def exchange_symbol(market: Market) -> dict[str, Json]:
    """Return the entry of a market in exchangeInfo."""
    return {
        "symbol": market.symbol,
        "status": "TRADING",
        "baseAsset": market.base,
        "baseAssetPrecision": 8,
        "quoteAsset": market.quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": list(ORDER_TYPES),
        **_SYMBOL_CONSTANTS,
        "filters": filters(market),
        "permissions": [],
        "permissionSets": [list(PERMISSIONS)],
        "defaultSelfTradePreventionMode": STP_MODES[0],
        "allowedSelfTradePreventionModes": list(STP_MODES),
    }


def filters(market: Market) -> list[dict[str, Json]]:
    """Return the filters of a market as exchangeInfo has them."""
    rules = market.instrument
    return [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": _eight(rules.tick_size),
            "maxPrice": _eight(_MAX_PRICE),
            "tickSize": _eight(rules.tick_size),
        },
        {
            "filterType": "LOT_SIZE",
            "minQty": _eight(rules.min_quantity),
            "maxQty": _eight(rules.max_quantity),
            "stepSize": _eight(rules.lot_size),
        },
        {
            "filterType": "MARKET_LOT_SIZE",
            "minQty": _eight(Decimal(0)),
            "maxQty": _eight(rules.max_quantity),
            "stepSize": _eight(Decimal(0)),
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": _eight(rules.min_notional),
            "applyMinToMarket": True,
            "maxNotional": _eight(_MAX_NOTIONAL),
            "applyMaxToMarket": False,
            "avgPriceMins": 0,
        },
    ]


def require_price(market: Market, price: Decimal) -> None:
    """Hold a price to PRICE_FILTER."""
    rules = market.instrument
    if not rules.tick_size <= price <= _MAX_PRICE or price % rules.tick_size:
        raise FILTER_FAILURE.refusal("PRICE_FILTER")


def require_quantity(market: Market, quantity: Decimal) -> None:
    """Hold a quantity to LOT_SIZE."""
    rules = market.instrument
    if not rules.min_quantity <= quantity <= rules.max_quantity or quantity % rules.lot_size:
        raise FILTER_FAILURE.refusal("LOT_SIZE")


def require_notional(market: Market, price: Decimal, quantity: Decimal) -> None:
    """Hold price times quantity to NOTIONAL."""
    if not market.instrument.min_notional <= price * quantity <= _MAX_NOTIONAL:
        raise FILTER_FAILURE.refusal("NOTIONAL")


def _eight(value: Decimal) -> str:
    return f"{value:.8f}"
