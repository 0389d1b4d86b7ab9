"""The words of an order, as FIX has them (tags in brackets)."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Side (54)."""

    BUY = "BUY"
    SELL = "SELL"

    @property
    def opposite(self) -> Side:
        """The other side of a trade."""
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderType(StrEnum):
    """OrdType (40). Post-only (ExecInst (18) = 6) is a flag of the order, not a type."""

    LIMIT = "LIMIT"
    MARKET = "MARKET"


class TimeInForce(StrEnum):
    """TimeInForce (59)."""

    GTC = "GTC"
    IOC = "IOC"
    FOK = "FOK"
    GTD = "GTD"


class SelfTradePrevention(StrEnum):
    """SelfMatchPreventionInstruction (2964): who loses when an account would trade with itself.

    The taker's word decides. DECREMENT takes the smaller rest from both.
    """

    NONE = "NONE"
    EXPIRE_TAKER = "EXPIRE_TAKER"
    EXPIRE_MAKER = "EXPIRE_MAKER"
    EXPIRE_BOTH = "EXPIRE_BOTH"
    DECREMENT = "DECREMENT"


class CancelReplaceMode(StrEnum):
    """Whether a new order is still placed when the old one could not be canceled."""

    STOP_ON_FAILURE = "STOP_ON_FAILURE"
    ALLOW_FAILURE = "ALLOW_FAILURE"


class MarketPhase(StrEnum):
    """TradingSessionSubID (625): what a market allows.

    CANCEL_ONLY takes no order and no amend, POST_ONLY takes post-only orders alone, HALTED takes
    neither these nor cancels. What rests stays, expires in time, and a cancel on its way arrives.
    """

    TRADING = "TRADING"
    CANCEL_ONLY = "CANCEL_ONLY"
    POST_ONLY = "POST_ONLY"
    HALTED = "HALTED"


class ExecutionType(StrEnum):
    """ExecType (150): why a report was made."""

    NEW = "New"
    TRADE = "Trade"
    CANCELED = "Canceled"
    EXPIRED = "Expired"
    REJECTED = "Rejected"
    PENDING_CANCEL = "PendingCancel"
    REPLACED = "Replaced"
    RESTATED = "Restated"
    TRADE_CANCEL = "TradeCancel"
    TRADE_CORRECT = "TradeCorrect"


class OrderStatus(StrEnum):
    """OrdStatus (39): what the order is after a report."""

    NEW = "New"
    PARTIALLY_FILLED = "PartiallyFilled"
    FILLED = "Filled"
    CANCELED = "Canceled"
    EXPIRED = "Expired"
    REJECTED = "Rejected"
    PENDING_CANCEL = "PendingCancel"

    @property
    def is_terminal(self) -> bool:
        """True when nothing rests any more."""
        return self in _TERMINAL


_TERMINAL = frozenset(
    {OrderStatus.FILLED, OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED}
)


class Reason(StrEnum):
    """Why an order was refused or ended; a dialect has its own text for each."""

    NONE = "none"
    UNKNOWN_MARKET = "unknown_market"
    DUPLICATE_CLIENT_ORDER_ID = "duplicate_client_order_id"
    INSUFFICIENT_BALANCE = "insufficient_balance"
    PRICE_OFF_TICK = "price_off_tick"
    PRICE_NOT_POSITIVE = "price_not_positive"
    QUANTITY_OFF_LOT = "quantity_off_lot"
    QUANTITY_BELOW_MINIMUM = "quantity_below_minimum"
    QUANTITY_ABOVE_MAXIMUM = "quantity_above_maximum"
    NOTIONAL_BELOW_MINIMUM = "notional_below_minimum"
    WOULD_MATCH_IMMEDIATELY = "would_match_immediately"
    EXPIRY_IN_THE_PAST = "expiry_in_the_past"
    UNKNOWN_ORDER = "unknown_order"
    CANCEL_ALREADY_PENDING = "cancel_already_pending"
    CHANGES_NOTHING = "changes_nothing"
    QUANTITY_NOT_LOWER = "quantity_not_lower"
    QUANTITY_NOT_ABOVE_CUMULATIVE = "quantity_not_above_cumulative"
    MARKET_CANCEL_ONLY = "market_cancel_only"
    MARKET_POST_ONLY = "market_post_only"
    MARKET_HALTED = "market_halted"
    BY_CLIENT = "by_client"
    BY_VENUE = "by_venue"
    IOC_REST = "ioc_rest"
    FOK_NOT_FILLABLE = "fok_not_fillable"
    NO_LIQUIDITY = "no_liquidity"
    GOOD_TILL_DATE = "good_till_date"
    SELF_TRADE_PREVENTION = "self_trade_prevention"
