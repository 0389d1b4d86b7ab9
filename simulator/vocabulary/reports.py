"""What the matching engine answers: execution reports in FIX words, and refusals."""

from __future__ import annotations

from msgspec import Struct

from fillproof.simulator.vocabulary.commands import Trigger
from fillproof.simulator.vocabulary.orders import (
    ContingencyType,
    ExecutionType,
    ListStatus,
    MarketPhase,
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)


class ExecutionReport(Struct, frozen=True, gc=False):
    """One thing that happened to one order (FIX ExecutionReport (8)).

    Quantities in lots, prices in ticks, money in units of 1e-8, time in virtual nanoseconds.
    `leaves_quantity` is 0 once the order has ended; while it is live, FIX M1 holds: quantity =
    cumulative + leaves + prevented, the last being what self-trade prevention took from it.
    `last_*`, `trade_id`, `is_maker`, `fee*` speak of the fill and are None unless this is a Trade,
    a TradeCancel (the trade as it was) or a TradeCorrect (as it is now);
    `last_prevented_quantity` is None unless this tells of a prevented match (Expired, or Restated
    when something is left), as are `prevented_match_id` and `counter_order_id`, the order it would
    have traded with; `original_client_order_id` is None unless this is Replaced.
    `is_working` is False while the order waits for its trigger or its list; `working_time_ns` is
    when it first came to the book, None before that. `trigger_price_ticks` moves with a trail.
    A refused order (never accepted) has one report, Rejected, with `venue_order_id` 0.
    """

    execution_id: int
    execution_type: ExecutionType
    order_status: OrderStatus
    account: str
    client_order_id: str
    venue_order_id: int
    symbol: str
    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    post_only: bool
    quantity_lots: int
    price_ticks: int | None
    cumulative_quantity_lots: int
    leaves_quantity_lots: int
    cumulative_quote_units: int
    transact_time_ns: int
    order_time_ns: int
    reason: Reason = Reason.NONE
    last_quantity_lots: int | None = None
    last_price_ticks: int | None = None
    last_quote_units: int | None = None
    trade_id: int | None = None
    is_maker: bool | None = None
    fee_units: int | None = None
    fee_asset: str | None = None
    self_trade_prevention: SelfTradePrevention = SelfTradePrevention.NONE
    prevented_quantity_lots: int = 0
    last_prevented_quantity_lots: int | None = None
    original_client_order_id: str | None = None
    prevented_match_id: int | None = None
    counter_order_id: int | None = None
    quote_quantity_units: int | None = None
    display_quantity_lots: int | None = None
    trigger: Trigger | None = None
    trigger_price_ticks: int | None = None
    is_working: bool = True
    working_time_ns: int | None = None
    order_list_id: int | None = None


class ListChanged(Struct, frozen=True, gc=False):
    """A list of orders was accepted, or is done; `orders` are (venue order id, client order id)."""

    account: str
    symbol: str
    order_list_id: int
    list_client_order_id: str
    contingency: ContingencyType
    list_status: ListStatus
    orders: tuple[tuple[int, str], ...]
    transact_time_ns: int


class ListRefused(Struct, frozen=True, gc=False):
    """A list that never entered, and none of its orders did.

    `client_order_id` is of the order that broke the rule; None when the list itself did.
    """

    account: str
    symbol: str
    list_client_order_id: str
    client_order_id: str | None
    reason: Reason


class CancelRefused(Struct, frozen=True, gc=False):
    """A cancel that did nothing (FIX OrderCancelReject (9)); raises no change of any order.

    Of a cancel of a list, both ids are None.
    """

    account: str
    symbol: str
    venue_order_id: int | None
    client_order_id: str | None
    reason: Reason


class AmendRefused(Struct, frozen=True, gc=False):
    """An amend that did nothing (FIX OrderCancelReject (9)); raises no change of any order."""

    account: str
    symbol: str
    venue_order_id: int | None
    client_order_id: str | None
    reason: Reason


class Deposited(Struct, frozen=True, gc=False):
    """Money that came from outside, in units of 1e-8."""

    account: str
    asset: str
    units: int
    transact_time_ns: int


class BalanceChanged(Struct, frozen=True, gc=False):
    """One asset of one account after a command, in units of 1e-8."""

    account: str
    asset: str
    free_units: int
    locked_units: int


class LevelChanged(Struct, frozen=True, gc=False):
    """The new total quantity of one price level of a book, in lots; 0 when the level is gone."""

    symbol: str
    side: Side
    price_ticks: int
    quantity_lots: int


class TradePrinted(Struct, frozen=True, gc=False):
    """One match as the public sees it."""

    symbol: str
    trade_id: int
    price_ticks: int
    quantity_lots: int
    buyer_is_maker: bool
    transact_time_ns: int


class PhaseChanged(Struct, frozen=True, gc=False):
    """What a market allows from now on."""

    symbol: str
    phase: MarketPhase


class Impossible(Struct, frozen=True, gc=False):
    """A scenario asked for what the book does not allow; nothing happened."""

    why: str


Report = (
    ExecutionReport
    | CancelRefused
    | AmendRefused
    | ListChanged
    | ListRefused
    | Deposited
    | BalanceChanged
    | LevelChanged
    | TradePrinted
    | PhaseChanged
    | Impossible
)
