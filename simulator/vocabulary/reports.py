"""What the matching engine answers: execution reports in FIX words, and refusals."""

from __future__ import annotations

from msgspec import Struct

from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
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
    TransactionState,
)


class ExecutionReport(Struct, frozen=True, gc=False):
    """One thing that happened to one order (FIX ExecutionReport (8)).

    Quantities in lots, prices in ticks, money in units of 1e-8, time in virtual nanoseconds.
    `terms` is the order as it stands at this report: as it was placed, or as an amend left it.
    `leaves_quantity` is 0 once the order has ended; while it is live, FIX M1 holds: quantity =
    cumulative + leaves + prevented, the last being what self-trade prevention took from it.
    `last_*`, `trade_id`, `is_maker`, `fee*` speak of the fill and are None unless this is a Trade,
    a TradeCancel (the trade as it was) or a TradeCorrect (as it is now);
    `last_prevented_quantity` is None unless this tells of a prevented match (Expired, or Restated
    when something is left), as are `prevented_match_id` and `counter_order_id`, the order it would
    have traded with; `last_quantity` and `last_price` are then what would have traded;
    `original_client_order_id` and `original_quantity_lots` are what a Replaced order was.
    `is_working` is False while the order waits for its trigger or its list; `working_time_ns` is
    when it first came to the book, None before that. `trigger_price_ticks` moves with a trail,
    since `trailing_time_ns`.
    Of a Trade in a market with margin, `start_position_lots` is the position before it (below zero
    when sold) and `realized_units` what closing it gained.
    A refused order (never accepted) has one report, Rejected, with `venue_order_id` 0.
    """

    execution_id: int
    execution_type: ExecutionType
    order_status: OrderStatus
    terms: PlaceOrder
    venue_order_id: int
    cumulative_quantity_lots: int
    leaves_quantity_lots: int
    cumulative_quote_units: int
    transact_time_ns: int
    order_time_ns: int
    reason: Reason = Reason.NONE
    prevented_quantity_lots: int = 0
    trigger_price_ticks: int | None = None
    trailing_time_ns: int | None = None
    is_working: bool = True
    working_time_ns: int | None = None
    order_list_id: int | None = None
    last_quantity_lots: int | None = None
    last_price_ticks: int | None = None
    last_quote_units: int | None = None
    trade_id: int | None = None
    is_maker: bool | None = None
    fee_units: int | None = None
    fee_asset: str | None = None
    last_prevented_quantity_lots: int | None = None
    original_client_order_id: str | None = None
    original_quantity_lots: int | None = None
    prevented_match_id: int | None = None
    counter_order_id: int | None = None
    start_position_lots: int | None = None
    realized_units: int | None = None

    @property
    def account(self) -> str:
        """Whose order it is."""
        return self.terms.account

    @property
    def client_order_id(self) -> str:
        """The client's name of the order."""
        return self.terms.client_order_id

    @property
    def symbol(self) -> str:
        """The market."""
        return self.terms.symbol

    @property
    def side(self) -> Side:
        """Whether it buys or sells."""
        return self.terms.side

    @property
    def order_type(self) -> OrderType:
        """What the order is once it works."""
        return self.terms.order_type

    @property
    def time_in_force(self) -> TimeInForce:
        """How long the order stands."""
        return self.terms.time_in_force

    @property
    def post_only(self) -> bool:
        """Whether it is to rest first, or not to be."""
        return self.terms.post_only

    @property
    def quantity_lots(self) -> int:
        """The whole quantity."""
        return self.terms.quantity_lots

    @property
    def price_ticks(self) -> int | None:
        """The limit; None for a market order."""
        return self.terms.price_ticks

    @property
    def self_trade_prevention(self) -> SelfTradePrevention:
        """Who loses where the account would trade with itself."""
        return self.terms.self_trade_prevention

    @property
    def quote_quantity_units(self) -> int | None:
        """What was asked of a market order in quote."""
        return self.terms.quote_quantity_units

    @property
    def display_quantity_lots(self) -> int | None:
        """What an iceberg shows at a time."""
        return self.terms.display_quantity_lots

    @property
    def trigger(self) -> Trigger | None:
        """What the order waits for, or waited for."""
        return self.terms.trigger

    @property
    def reduce_only(self) -> bool:
        """Whether it is only to close a position."""
        return self.terms.reduce_only


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


class TransactionChanged(Struct, frozen=True, gc=False):
    """A transaction of a chain came into the mempool or left it.

    `transaction` counts them from 1; `venue_order_id` is the number that is kept for its order, 0
    when it places none. `height` is of the block that has it. `reports` are what it led to there;
    they were reported before this by themselves. The same transaction may be PENDING again, when a
    reorganisation took its block back.
    """

    transaction: int
    account: str
    nonce: int
    state: TransactionState
    transact_time_ns: int
    client_order_id: str | None = None
    venue_order_id: int = 0
    height: int | None = None
    reason: Reason = Reason.NONE
    reports: tuple[Report, ...] = ()


class BlockMade(Struct, frozen=True, gc=False):
    """A block with transactions was added to a chain; it is final when one of `final_at` is."""

    height: int
    transactions: tuple[int, ...]
    final_at: int
    transact_time_ns: int


class BlocksTakenBack(Struct, frozen=True, gc=False):
    """A reorganisation: the chain ends at `height` again; what changed was reported before."""

    height: int
    depth: int
    transactions: tuple[int, ...]
    transact_time_ns: int


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
    | TransactionChanged
    | BlockMade
    | BlocksTakenBack
    | Impossible
)
