"""What the venue publishes of itself: limits, markets, what each allows, and its filters."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, rules
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.public.symbols import status_of
from fillproof.simulator.dialects.binance.trading.order_types import ORDER_TYPES
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.instruments import Filters

_SYMBOL_STATUSES = ("TRADING", "END_OF_DAY", "HALT", "BREAK", "CANCEL_ONLY", "AUCTION_MATCH")

_ALLOWED: dict[str, Json] = {
    "icebergAllowed": True,
    "ocoAllowed": True,
    "otoAllowed": True,
    "opoAllowed": True,
    "quoteOrderQtyMarketAllowed": True,
    "allowTrailingStop": True,
    "cancelReplaceAllowed": True,
    "amendAllowed": True,
    "pegInstructionsAllowed": False,
    "isSpotTradingAllowed": True,
    "isMarginTradingAllowed": False,
}


def exchange_info(desk: Desk, call: Call) -> Outcome:
    """Publish limits and the rules of the markets asked for, or of all."""
    return Outcome(
        {
            "timezone": "UTC",
            "serverTime": moment(call.now_ns),
            "rateLimits": desk.limits.published(),
            "exchangeFilters": [],
            "symbols": [_symbol(desk, call, market) for market in _wanted(desk, call)],
        }
    )


def _wanted(desk: Desk, call: Call) -> list[Market]:
    parameters = call.parameters
    status = parameters.choice("symbolStatus", _SYMBOL_STATUSES, errors.INVALID_SYMBOL_STATUS)
    permissions = parameters.text("permissions")
    symbol, symbols = parameters.symbol(), parameters.symbols()
    named = [] if symbol is None else [symbol]
    if symbols is not None:
        named = [*named, *symbols]
    if named and (status is not None or permissions is not None or (symbol and symbols)):
        raise errors.OPTIONAL_COMBINATION.refusal()
    if symbols is not None and len(set(symbols)) < len(symbols):
        raise errors.DUPLICATE_SYMBOLS.refusal()
    if permissions is not None and "SPOT" not in permissions:
        return []
    markets = [desk.markets.get(name) for name in named] if named else list(desk.markets)
    return [market for market in markets if status in (None, status_of(desk, market))]


def _symbol(desk: Desk, call: Call, market: Market) -> dict[str, Json]:
    shows_sets = call.parameters.flag("showPermissionSets") is not False
    return {
        "symbol": market.symbol,
        "status": status_of(desk, market),
        "baseAsset": market.base,
        "baseAssetPrecision": 8,
        "quoteAsset": market.quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": list(ORDER_TYPES),
        **_ALLOWED,
        "filters": filters(market),
        "permissions": [],
        "permissionSets": [list(rules.PERMISSIONS)] if shows_sets else [],
        "defaultSelfTradePreventionMode": str(rules.DEFAULT_STP_MODE),
        "allowedSelfTradePreventionModes": list(rules.STP_MODES),
    }


def filters(market: Market) -> list[dict[str, Json]]:
    """Return the filters of a market: the four that all have, and those that are set."""
    its = market.instrument.filters
    return [
        *_always(market),
        *_percent_price(its),
        *_trailing_delta(its),
        *_position(its),
        *_counts(its),
    ]


def _always(market: Market) -> list[dict[str, Json]]:
    instrument = market.instrument
    its = instrument.filters
    return [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": _eight(its.minimum_price or instrument.tick_size),
            "maxPrice": money(market.highest_price_units),
            "tickSize": _eight(instrument.tick_size),
        },
        {
            "filterType": "LOT_SIZE",
            "minQty": _eight(instrument.min_quantity),
            "maxQty": _eight(instrument.max_quantity),
            "stepSize": _eight(instrument.lot_size),
        },
        {
            "filterType": "MARKET_LOT_SIZE",
            "minQty": _eight(its.market_minimum_quantity or Decimal(0)),
            "maxQty": _eight(its.market_maximum_quantity or instrument.max_quantity),
            "stepSize": _eight(Decimal(0)),
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": _eight(instrument.min_notional),
            "applyMinToMarket": True,
            "maxNotional": money(market.largest_notional_units),
            "applyMaxToMarket": False,
            "avgPriceMins": its.notional_average_minutes,
        },
    ]


def _percent_price(its: Filters) -> list[dict[str, Json]]:
    rule = its.percent_price
    if rule is None:
        return []
    return [
        {
            "filterType": "PERCENT_PRICE_BY_SIDE",
            "bidMultiplierUp": f"{rule.bid_up:f}",
            "bidMultiplierDown": f"{rule.bid_down:f}",
            "askMultiplierUp": f"{rule.ask_up:f}",
            "askMultiplierDown": f"{rule.ask_down:f}",
            "avgPriceMins": rule.average_minutes,
        }
    ]


def _trailing_delta(its: Filters) -> list[dict[str, Json]]:
    rule = its.trailing_delta
    if rule is None:
        return []
    return [
        {
            "filterType": "TRAILING_DELTA",
            "minTrailingAboveDelta": rule.above_minimum,
            "maxTrailingAboveDelta": rule.above_maximum,
            "minTrailingBelowDelta": rule.below_minimum,
            "maxTrailingBelowDelta": rule.below_maximum,
        }
    ]


def _counts(its: Filters) -> list[dict[str, Json]]:
    rules_set = (
        ("ICEBERG_PARTS", "limit", its.iceberg_parts),
        ("MAX_NUM_ORDERS", "maxNumOrders", its.maximum_orders),
        ("MAX_NUM_ORDER_LISTS", "maxNumOrderLists", its.maximum_order_lists),
        ("MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", its.maximum_algo_orders),
        ("MAX_NUM_ICEBERG_ORDERS", "maxNumIcebergOrders", its.maximum_iceberg_orders),
        ("MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends", its.maximum_amends),
    )
    return [{"filterType": name, key: limit} for name, key, limit in rules_set if limit is not None]


def _position(its: Filters) -> list[dict[str, Json]]:
    if its.maximum_position is None:
        return []
    return [{"filterType": "MAX_POSITION", "maxPosition": _eight(its.maximum_position)}]


def _eight(value: Decimal) -> str:
    return f"{value:.8f}"
