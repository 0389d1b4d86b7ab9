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
    """OrdType (40) of what reaches the book.

    Post-only (ExecInst (18) = 6) is a flag of the order, and what it waits for is its `Trigger`: a
    stop-loss-limit order is a LIMIT order with a trigger.
    """

    LIMIT = "LIMIT"
    MARKET = "MARKET"


class TimeInForce(StrEnum):
    """TimeInForce (59)."""

    GTC = "GTC"
    IOC = "IOC"
    FOK = "FOK"
    GTD = "GTD"


class TriggerKind(StrEnum):
    """Which way the last price must go before an order comes to the book.

    STOP_LOSS waits for a worse price (a buy for a higher one, a sell for a lower one), TAKE_PROFIT
    for a better one.
    """

    STOP_LOSS = "STOP_LOSS"
    TAKE_PROFIT = "TAKE_PROFIT"


class ContingencyType(StrEnum):
    """ContingencyType (1385): how the orders of a list hang together.

    OCO: one cancels the other. OTO: the first, once full, brings the second. OTOCO: the first
    brings two that are an OCO. OPO and OPOCO: like OTO and OTOCO, and the quantity of what is
    brought is what the first, a buy, has yielded.
    """

    OCO = "OCO"
    OTO = "OTO"
    OTOCO = "OTOCO"
    OPO = "OPO"
    OPOCO = "OPOCO"


class ListStatus(StrEnum):
    """ListOrderStatus (431)."""

    EXECUTING = "EXECUTING"
    ALL_DONE = "ALL_DONE"


class CancelRestriction(StrEnum):
    """A cancel that is only meant for an order without fills, or only for one with some."""

    ONLY_NEW = "ONLY_NEW"
    ONLY_PARTIALLY_FILLED = "ONLY_PARTIALLY_FILLED"


class SelfTradePrevention(StrEnum):
    """SelfMatchPreventionInstruction (2964): who loses when an account would trade with itself.

    The taker's word decides. DECREMENT takes the smaller rest from both; TRANSFER, if both say it,
    does too, and moves the money between two accounts of one trade group; else it is DECREMENT.
    """

    NONE = "NONE"
    EXPIRE_TAKER = "EXPIRE_TAKER"
    EXPIRE_MAKER = "EXPIRE_MAKER"
    EXPIRE_BOTH = "EXPIRE_BOTH"
    DECREMENT = "DECREMENT"
    TRANSFER = "TRANSFER"


class CancelReplaceMode(StrEnum):
    """Whether a new order is still placed when the old one could not be canceled."""

    STOP_ON_FAILURE = "STOP_ON_FAILURE"
    ALLOW_FAILURE = "ALLOW_FAILURE"


class MarketPhase(StrEnum):
    """TradingSessionSubID (625): what a market allows.

    CANCEL_ONLY takes no order and no amend, POST_ONLY takes post-only orders alone, HALTED takes
    neither these nor cancels. What rests stays, expires in time, and a cancel on its way arrives.
    AUCTION takes limit orders and cancels but trades nothing; when it ends, all that crosses trades
    at the one price that trades most.
    """

    TRADING = "TRADING"
    CANCEL_ONLY = "CANCEL_ONLY"
    POST_ONLY = "POST_ONLY"
    HALTED = "HALTED"
    AUCTION = "AUCTION"


class ExecutionType(StrEnum):
    """ExecType (150): why a report was made."""

    NEW = "New"
    TRADE = "Trade"
    CANCELED = "Canceled"
    EXPIRED = "Expired"
    REJECTED = "Rejected"
    PENDING_CANCEL = "PendingCancel"
    REPLACED = "Replaced"
    PENDING_REPLACE = "PendingReplace"
    RESTATED = "Restated"
    TRADE_CANCEL = "TradeCancel"
    TRADE_CORRECT = "TradeCorrect"
    TRIGGERED = "Triggered"


class OrderStatus(StrEnum):
    """OrdStatus (39): what the order is after a report.

    PendingNew is an order of a list that waits for another of it to fill.
    """

    NEW = "New"
    PARTIALLY_FILLED = "PartiallyFilled"
    FILLED = "Filled"
    CANCELED = "Canceled"
    EXPIRED = "Expired"
    REJECTED = "Rejected"
    PENDING_CANCEL = "PendingCancel"
    PENDING_NEW = "PendingNew"

    @property
    def is_terminal(self) -> bool:
        """True when nothing rests any more."""
        return self in _TERMINAL


_TERMINAL = frozenset(
    {OrderStatus.FILLED, OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED}
)


class TransactionState(StrEnum):
    """What became of a transaction of a chain.

    PENDING: the mempool has it. INCLUDED: a block has it and carried it out. FAILED: a block has
    it, and it did nothing. DROPPED, EXPIRED, REPLACED (by another of its nonce): no block will have
    it. REFUSED: the mempool never took it.
    """

    PENDING = "PENDING"
    INCLUDED = "INCLUDED"
    FAILED = "FAILED"
    DROPPED = "DROPPED"
    EXPIRED = "EXPIRED"
    REPLACED = "REPLACED"
    REFUSED = "REFUSED"


class Reason(StrEnum):
    """Why an order was refused or ended; a dialect has its own text for each."""

    NONE = "none"
    UNKNOWN_MARKET = "unknown_market"
    DUPLICATE_CLIENT_ORDER_ID = "duplicate_client_order_id"
    INSUFFICIENT_BALANCE = "insufficient_balance"
    INSUFFICIENT_MARGIN = "insufficient_margin"
    REDUCE_ONLY = "reduce_only"
    PRICE_OFF_TICK = "price_off_tick"
    PRICE_NOT_POSITIVE = "price_not_positive"
    QUANTITY_OFF_LOT = "quantity_off_lot"
    QUANTITY_BELOW_MINIMUM = "quantity_below_minimum"
    QUANTITY_ABOVE_MAXIMUM = "quantity_above_maximum"
    NOTIONAL_BELOW_MINIMUM = "notional_below_minimum"
    NOTIONAL_ABOVE_MAXIMUM = "notional_above_maximum"
    PRICE_OUT_OF_RANGE = "price_out_of_range"
    PRICE_FAR_FROM_MARKET = "price_far_from_market"
    MARKET_QUANTITY_OUT_OF_RANGE = "market_quantity_out_of_range"
    TOO_MANY_ICEBERG_PARTS = "too_many_iceberg_parts"
    TRAILING_DELTA_OUT_OF_RANGE = "trailing_delta_out_of_range"
    TOO_MANY_ORDERS = "too_many_orders"
    TOO_MANY_ALGO_ORDERS = "too_many_algo_orders"
    TOO_MANY_ICEBERG_ORDERS = "too_many_iceberg_orders"
    TOO_MANY_ORDER_LISTS = "too_many_order_lists"
    TOO_MANY_AMENDS = "too_many_amends"
    POSITION_ABOVE_MAXIMUM = "position_above_maximum"
    LIQUIDITY_BELOW_MINIMUM_QUANTITY = "liquidity_below_minimum_quantity"
    WOULD_MATCH_IMMEDIATELY = "would_match_immediately"
    WOULD_TRIGGER_IMMEDIATELY = "would_trigger_immediately"
    LIST_PRICES_WRONG = "list_prices_wrong"
    UNKNOWN_ORDER_LIST = "unknown_order_list"
    CANCEL_RESTRICTED = "cancel_restricted"
    MARKET_IN_AUCTION = "market_in_auction"
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
    SCHEDULED = "scheduled"
    IOC_REST = "ioc_rest"
    FOK_NOT_FILLABLE = "fok_not_fillable"
    NO_LIQUIDITY = "no_liquidity"
    GOOD_TILL_DATE = "good_till_date"
    SELF_TRADE_PREVENTION = "self_trade_prevention"
    OTHER_OF_LIST = "other_of_list"
    FIRST_OF_LIST_ENDED = "first_of_list_ended"
    NONCE_USED = "nonce_used"
    NONCE_TAKEN = "nonce_taken"
    OUT_OF_GAS = "out_of_gas"
    NOT_ON_CHAIN = "not_on_chain"
    TRANSACTION_DROPPED = "transaction_dropped"
    TRANSACTION_EXPIRED = "transaction_expired"
    GOOD_TILL_BLOCK = "good_till_block"
    REORGANISED = "reorganised"
