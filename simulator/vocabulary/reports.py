"""What the matching engine answers: execution reports in FIX words, and refusals."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    MarketPhase,
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)


@dataclass(frozen=True, slots=True)
class ExecutionReport:
    """One thing that happened to one order (FIX ExecutionReport (8)).

    Quantities in lots, prices in ticks, money in units of 1e-8, time in virtual nanoseconds.
    `leaves_quantity` is 0 once the order has ended; while it is live, FIX M1 holds: quantity =
    cumulative + leaves + prevented, the last being what self-trade prevention took from it.
    `last_*`, `trade_id`, `is_maker`, `fee*` speak of the fill and are None unless this is a Trade,
    a TradeCancel (the trade as it was) or a TradeCorrect (as it is now);
    `last_prevented_quantity` is None unless this tells of a prevented match (Expired, or Restated
    when something is left), `original_client_order_id` unless this is Replaced.
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


@dataclass(frozen=True, slots=True)
class CancelRefused:
    """A cancel that did nothing (FIX OrderCancelReject (9)); raises no change of any order."""

    account: str
    symbol: str
    venue_order_id: int | None
    client_order_id: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class AmendRefused:
    """An amend that did nothing (FIX OrderCancelReject (9)); raises no change of any order."""

    account: str
    symbol: str
    venue_order_id: int | None
    client_order_id: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class BalanceChanged:
    """One asset of one account after a command, in units of 1e-8."""

    account: str
    asset: str
    free_units: int
    locked_units: int


@dataclass(frozen=True, slots=True)
class LevelChanged:
    """The new total quantity of one price level of a book, in lots; 0 when the level is gone."""

    symbol: str
    side: Side
    price_ticks: int
    quantity_lots: int


@dataclass(frozen=True, slots=True)
class TradePrinted:
    """One match as the public sees it."""

    symbol: str
    trade_id: int
    price_ticks: int
    quantity_lots: int
    buyer_is_maker: bool
    transact_time_ns: int


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """What a market allows from now on."""

    symbol: str
    phase: MarketPhase


@dataclass(frozen=True, slots=True)
class Impossible:
    """A scenario asked for what the book does not allow; nothing happened."""

    why: str


Report = (
    ExecutionReport
    | CancelRefused
    | AmendRefused
    | BalanceChanged
    | LevelChanged
    | TradePrinted
    | PhaseChanged
    | Impossible
)
