"""One order inside the engine, and the frozen view of it that a query answers."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from fillproof.simulator.matching.accounts import Balance
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import (
    OrderStatus,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport

# What every fill asks for. Enums look their members up each time; these are looked up once.
_NEW, _PARTIALLY_FILLED, _FILLED = OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED, OrderStatus.FILLED
_NO_REASON = Reason.NONE


class OrderView(Struct, frozen=True, gc=False):
    """An accepted order as it stands: lots, ticks, units of 1e-8 quote, virtual nanoseconds.

    `leaves_quantity_lots` is 0 once the order has ended. `reason` says why it ended, or waits to.
    What a report says too means the same here; `prevented_match_id` is the last one.
    """

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
    expire_at_ns: int | None
    cumulative_quantity_lots: int
    leaves_quantity_lots: int
    cumulative_quote_units: int
    order_status: OrderStatus
    reason: Reason
    order_time_ns: int
    update_time_ns: int
    self_trade_prevention: SelfTradePrevention = SelfTradePrevention.NONE
    prevented_quantity_lots: int = 0
    prevented_match_id: int | None = None
    quote_quantity_units: int | None = None
    display_quantity_lots: int | None = None
    trigger: Trigger | None = None
    trigger_price_ticks: int | None = None
    trailing_time_ns: int | None = None
    is_working: bool = True
    working_time_ns: int | None = None
    order_list_id: int | None = None
    reduce_only: bool = False

    @property
    def is_open(self) -> bool:
        """True while the order can still trade."""
        return not self.order_status.is_terminal


class Order(Struct, eq=False, gc=False):
    """An accepted order, changed in place by the engine.

    There are many, so the collector does not follow them: an order must refer to nothing that
    refers to orders.

    `terms` is what was placed, or what an amend left of it. `pays` is the balance of what the order
    gives, and `locked_units` what it still locks there.
    `place` counts the orders that came to rest: of a level, the lower ones are before it. It is 0
    for one that does not rest.
    An order that `waits` (for its trigger, or its list) is in no book. `hidden_lots` is what an
    iceberg does not show of what it leaves. `deadline` is its key among the deadlines.
    `live` says what `status` implies; it is asked in every match, and a status is slow to ask.
    `fills` are its Trade reports, as they are true now, `amendments` its Replaced
    reports, `prevented_matches` those of matches that self-trade prevention kept from happening.
    """

    terms: PlaceOrder
    venue_order_id: int
    order_time_ns: int
    update_time_ns: int
    working_time_ns: int | None
    leaves_lots: int
    pays: Balance
    locked_units: int
    cumulative_lots: int = 0
    cumulative_quote_units: int = 0
    prevented_lots: int = 0
    status: OrderStatus = OrderStatus.NEW
    reason: Reason = Reason.NONE
    live: bool = True
    place: int = 0
    deadline: tuple[int, int] | None = None
    waits: bool = False
    trigger_price_ticks: int | None = None
    trailing_time_ns: int | None = None
    hidden_lots: int = 0
    order_list_id: int | None = None
    fills: list[ExecutionReport] | tuple[()] = ()
    amendments: tuple[ExecutionReport, ...] = ()
    prevented_matches: tuple[ExecutionReport, ...] = ()

    @property
    def shown_lots(self) -> int:
        """What the book shows of a resting order, and what trades of it before others do."""
        return self.leaves_lots - self.hidden_lots

    def fill(self, quantity_lots: int, quote_units: int, now_ns: int) -> None:
        """Count one fill. A pending cancel stays visible over a partial fill (FIX precedence)."""
        self.cumulative_lots += quantity_lots
        self.cumulative_quote_units += quote_units
        self.leaves_lots -= quantity_lots
        self.update_time_ns = now_ns
        if self.leaves_lots == 0:
            self.status = _FILLED
            self.reason = _NO_REASON
            self.live = False
        elif self.status is _NEW:
            self.status = _PARTIALLY_FILLED

    def unfill(self, quantity_lots: int, quote_units: int, now_ns: int) -> None:
        """Take back what a fill counted; it is not left again yet."""
        self.cumulative_lots -= quantity_lots
        self.cumulative_quote_units -= quote_units
        self.update_time_ns = now_ns

    def come_back(self, quantity_lots: int) -> None:
        """Have a quantity left again; a pending cancel stays pending."""
        self.leaves_lots += quantity_lots
        self.live = True
        if self.status is not OrderStatus.PENDING_CANCEL:
            filled = self.cumulative_lots > 0
            self.status = OrderStatus.PARTIALLY_FILLED if filled else OrderStatus.NEW

    def prevent(self, quantity_lots: int, now_ns: int) -> None:
        """Take off what would have traded with its own account; nothing left is an expiry."""
        self.prevented_lots += quantity_lots
        self.leaves_lots -= quantity_lots
        self.update_time_ns = now_ns
        if self.leaves_lots == 0:
            self.end(OrderStatus.EXPIRED, Reason.SELF_TRADE_PREVENTION, now_ns)

    def reduce(self, quantity_lots: int, now_ns: int) -> None:
        """Lower the whole quantity by that much, of which more is left."""
        rest = self.terms.quantity_lots - quantity_lots
        self.terms = replace(self.terms, quantity_lots=rest)
        self.leaves_lots -= quantity_lots
        self.update_time_ns = now_ns

    def resize(self, quantity_lots: int) -> None:
        """Have another quantity, of which all is left: a pending order that sells proceeds."""
        self.terms = replace(self.terms, quantity_lots=quantity_lots)
        self.leaves_lots = quantity_lots

    def fees_in(self, asset: str) -> int:
        """Return what the fills cost of an asset."""
        return sum(fill.fee_units or 0 for fill in self.fills if fill.fee_asset == asset)

    def end(self, status: OrderStatus, reason: Reason, now_ns: int) -> None:
        """End the order before it is full."""
        self.status = status
        self.reason = reason
        self.leaves_lots = 0
        self.update_time_ns = now_ns
        self.live = False

    def _last_prevented_match_id(self) -> int | None:
        matches = self.prevented_matches
        return matches[-1].prevented_match_id if matches else None

    def begin_to_work(self, now_ns: int) -> None:
        """Wait no more."""
        self.waits = False
        self.working_time_ns = self.update_time_ns = now_ns

    def await_cancel(self, now_ns: int) -> None:
        """Mark that the client's cancel is on its way."""
        self.status = OrderStatus.PENDING_CANCEL
        self.reason = Reason.BY_CLIENT
        self.update_time_ns = now_ns

    def view(self) -> OrderView:
        """Return the order as it stands."""
        terms = self.terms
        return OrderView(
            account=terms.account,
            client_order_id=terms.client_order_id,
            venue_order_id=self.venue_order_id,
            symbol=terms.symbol,
            side=terms.side,
            order_type=terms.order_type,
            time_in_force=terms.time_in_force,
            post_only=terms.post_only,
            quantity_lots=terms.quantity_lots,
            price_ticks=terms.price_ticks,
            expire_at_ns=terms.expire_at_ns,
            cumulative_quantity_lots=self.cumulative_lots,
            leaves_quantity_lots=self.leaves_lots,
            cumulative_quote_units=self.cumulative_quote_units,
            order_status=self.status,
            reason=self.reason,
            order_time_ns=self.order_time_ns,
            update_time_ns=self.update_time_ns,
            self_trade_prevention=terms.self_trade_prevention,
            prevented_quantity_lots=self.prevented_lots,
            prevented_match_id=self._last_prevented_match_id(),
            quote_quantity_units=terms.quote_quantity_units,
            display_quantity_lots=terms.display_quantity_lots,
            trigger=terms.trigger,
            trigger_price_ticks=self.trigger_price_ticks,
            trailing_time_ns=self.trailing_time_ns,
            is_working=not self.waits,
            working_time_ns=self.working_time_ns,
            order_list_id=self.order_list_id,
            reduce_only=terms.reduce_only,
        )
