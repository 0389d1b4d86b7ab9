"""What the venue says when its engine refuses an order: one text for each reason."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.errors import (
    BAD_PRICE,
    BAD_SIZE,
    BAD_TRIGGER,
    OFF_TICK,
    UNKNOWN_ASSET,
    UNKNOWN_ORDER,
)
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import written
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.orders import Reason

MINIMUM_VALUE = 10
"""What an order must be worth, in the quote asset."""

_MARKET_CLOSED = "Trading is halted. asset=%d"

_TEXTS: Mapping[Reason, str] = {
    Reason.INSUFFICIENT_MARGIN: "Insufficient margin to place order. asset=%d",
    Reason.INSUFFICIENT_BALANCE: "Insufficient spot balance asset=%d",
    Reason.REDUCE_ONLY: "Reduce only order would increase position. asset=%d",
    Reason.WOULD_TRIGGER_IMMEDIATELY: BAD_TRIGGER,
    Reason.DUPLICATE_CLIENT_ORDER_ID: "Order has a cloid that is in use. asset=%d",
    Reason.PRICE_OFF_TICK: OFF_TICK,
    Reason.PRICE_NOT_POSITIVE: BAD_PRICE,
    Reason.PRICE_OUT_OF_RANGE: BAD_PRICE,
    Reason.PRICE_FAR_FROM_MARKET: "Price too far from oracle asset=%d",
    Reason.QUANTITY_OFF_LOT: BAD_SIZE,
    Reason.QUANTITY_BELOW_MINIMUM: BAD_SIZE,
    Reason.QUANTITY_ABOVE_MAXIMUM: BAD_SIZE,
    Reason.MARKET_CANCEL_ONLY: _MARKET_CLOSED,
    Reason.MARKET_HALTED: _MARKET_CLOSED,
    Reason.MARKET_POST_ONLY: "Only post-only orders allowed at this time. asset=%d",
    Reason.MARKET_IN_AUCTION: _MARKET_CLOSED,
    Reason.UNKNOWN_MARKET: UNKNOWN_ASSET,
    Reason.UNKNOWN_ORDER: UNKNOWN_ORDER,
    Reason.CANCEL_ALREADY_PENDING: UNKNOWN_ORDER,
    Reason.TOO_MANY_ORDERS: "Too many open orders. asset=%d",
}
"""Some name the asset. Any other reason has no text of the venue's that is known."""

_UNKNOWN = "Order was rejected: %s"


def text_of(reason: Reason, market: Market) -> str:
    """Return what the venue says of a reason that needs nothing but the market."""
    if reason is Reason.NOTIONAL_BELOW_MINIMUM:
        return minimum_value(market)
    text = _TEXTS.get(reason)
    if text is None:
        return _UNKNOWN % reason.value.replace("_", " ")
    return text % market.asset if "%d" in text else text


def minimum_value(market: Market) -> str:
    """Return what is said of an order that is worth too little."""
    least = f"${MINIMUM_VALUE}" if market.is_perpetual else f"{MINIMUM_VALUE} {market.quote}"
    return f"Order must have minimum value of {least}. asset={market.asset}"


def would_match(exchange: Exchange, market: Market) -> str:
    """Return what is said of a post-only order that would trade: best bid and best ask are told."""
    best = [
        written(side[0][0] * market.tick_units) if side else "0.0"
        for side in exchange.depth(market.engine_symbol, 1)
    ]
    told = "@".join(best)
    return f"Post only order would have immediately matched, bbo was {told}. asset={market.asset}"
