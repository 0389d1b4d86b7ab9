"""What the venue says when its engine refuses: one text for each reason, by what was asked.

The codes: -1013 for a rule that is checked before the engine, -2010 for a new order, -2011 for a
cancel, -2038 for an amend (binance-spot-api-docs, errors.md).
"""

from __future__ import annotations

from fillproof.simulator.dialects.binance.errors import INVALID_SYMBOL, Refusal, VenueError
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    ListRefused,
    Report,
)

_NOT_ENTERED = -1013
_NEW_ORDER = -2010

_FILTERS: dict[Reason, str] = {
    Reason.PRICE_OFF_TICK: "PRICE_FILTER",
    Reason.PRICE_NOT_POSITIVE: "PRICE_FILTER",
    Reason.PRICE_OUT_OF_RANGE: "PRICE_FILTER",
    Reason.PRICE_FAR_FROM_MARKET: "PERCENT_PRICE_BY_SIDE",
    Reason.QUANTITY_OFF_LOT: "LOT_SIZE",
    Reason.QUANTITY_BELOW_MINIMUM: "LOT_SIZE",
    Reason.QUANTITY_ABOVE_MAXIMUM: "LOT_SIZE",
    Reason.MARKET_QUANTITY_OUT_OF_RANGE: "MARKET_LOT_SIZE",
    Reason.NOTIONAL_BELOW_MINIMUM: "NOTIONAL",
    Reason.NOTIONAL_ABOVE_MAXIMUM: "NOTIONAL",
    Reason.TOO_MANY_ICEBERG_PARTS: "ICEBERG_PARTS",
    Reason.TRAILING_DELTA_OUT_OF_RANGE: "TRAILING_DELTA",
    Reason.TOO_MANY_ORDERS: "MAX_NUM_ORDERS",
    Reason.TOO_MANY_ALGO_ORDERS: "MAX_NUM_ALGO_ORDERS",
    Reason.TOO_MANY_ICEBERG_ORDERS: "MAX_NUM_ICEBERG_ORDERS",
    Reason.TOO_MANY_ORDER_LISTS: "MAX_NUM_ORDER_LISTS",
    Reason.TOO_MANY_AMENDS: "MAX_NUM_ORDER_AMENDS",
    Reason.POSITION_ABOVE_MAXIMUM: "MAX_POSITION",
}

_MARKET_IS_CLOSED = "Market is closed."

_TEXTS: dict[Reason, str] = {
    Reason.DUPLICATE_CLIENT_ORDER_ID: "Duplicate order sent.",
    Reason.INSUFFICIENT_BALANCE: "Account has insufficient balance for requested action.",
    Reason.WOULD_MATCH_IMMEDIATELY: "Order would immediately match and take.",
    Reason.WOULD_TRIGGER_IMMEDIATELY: "Order would trigger immediately.",
    Reason.LIST_PRICES_WRONG: "The relationship of the prices for the orders is not correct.",
    Reason.LIQUIDITY_BELOW_MINIMUM_QUANTITY: (
        "Order book liquidity is less than symbol minimum quantity."
    ),
    Reason.MARKET_CANCEL_ONLY: _MARKET_IS_CLOSED,
    Reason.MARKET_HALTED: _MARKET_IS_CLOSED,
    # The venue has neither phase; these are its words for a type that a market does not take.
    Reason.MARKET_POST_ONLY: "Unsupported order combination",
    Reason.MARKET_IN_AUCTION: "Market orders are not supported for this symbol.",
    Reason.UNKNOWN_ORDER: "Unknown order sent.",
    Reason.UNKNOWN_ORDER_LIST: "Unknown order sent.",
    Reason.CANCEL_ALREADY_PENDING: "Unknown order sent.",
    Reason.CANCEL_RESTRICTED: "Order was not canceled due to cancel restrictions.",
    Reason.CHANGES_NOTHING: "The requested action would change no state; rejecting",
    Reason.QUANTITY_NOT_LOWER: "Order amend (quantity increase) is not supported.",
    # No chain is behind the venue; these are its words of a gateway that has one.
    Reason.NOT_ON_CHAIN: "Unsupported order combination",
    Reason.NONCE_USED: "Duplicate order sent.",
    Reason.NONCE_TAKEN: "Duplicate order sent.",
    Reason.OUT_OF_GAS: "Account has insufficient balance for requested action.",
    Reason.TRANSACTION_DROPPED: "Unknown order sent.",
    Reason.TRANSACTION_EXPIRED: "Unknown order sent.",
    Reason.REORGANISED: "Unknown order sent.",
    Reason.QUANTITY_NOT_ABOVE_CUMULATIVE: "The requested action would change no state; rejecting",
}

_CLOSED_TO_NEW_ORDERS = frozenset({Reason.MARKET_CANCEL_ONLY, Reason.MARKET_HALTED})


_CODES: dict[type, int] = {CancelRefused: -2011, AmendRefused: -2038}


def refused(
    refusal: ExecutionReport | ListRefused | CancelRefused | AmendRefused,
    reports: tuple[Report, ...] = (),
) -> Refusal:
    """Return how the venue says that its engine refused an order, a list, a cancel or an amend."""
    code = _CODES.get(type(refusal), _NEW_ORDER)
    error = _error(code, refusal.reason)
    return Refusal(error.code, error.text, error.status, reports)


def broken_rule(reason: Reason) -> Refusal:
    """Return how the venue says that a new order breaks a rule, whatever its engine would say."""
    return _error(_NEW_ORDER, reason).refusal()


def _error(code: int, reason: Reason) -> VenueError:
    if reason is Reason.UNKNOWN_MARKET:
        return INVALID_SYMBOL
    if reason in _FILTERS:
        amends = reason is Reason.TOO_MANY_AMENDS
        return VenueError(code if amends else _NOT_ENTERED, f"Filter failure: {_FILTERS[reason]}")
    if code == _NEW_ORDER and reason in _CLOSED_TO_NEW_ORDERS:
        code = _NOT_ENTERED
    return VenueError(code, _TEXTS[reason])
