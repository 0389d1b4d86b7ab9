"""What can be asked of the matching engine. Numbers are whole: ticks, lots, virtual nanoseconds."""

from __future__ import annotations

from msgspec import Struct

from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    CancelRestriction,
    ContingencyType,
    MarketPhase,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)


class Trigger(Struct, frozen=True, gc=False):
    """What an order waits for: a last price, fixed or trailing, or both.

    `price_ticks` is where it triggers. With `trailing_delta_bips` (hundredths of a percent) it is
    that far from the best last price since the order came, or since `price_ticks` was reached if
    there is one.
    """

    kind: TriggerKind
    price_ticks: int | None = None
    trailing_delta_bips: int | None = None


class PlaceOrder(Struct, frozen=True, gc=False):
    """A new order. `price_ticks` is None for a market order; `expire_at_ns` only goes with GTD.

    Steps (tick, lot) are checked before a command exists: `price` and `quantity` here are exact.
    `quote_quantity_units` only goes with a market order, whose `quantity_lots` is then 0: it
    becomes the most lots that this much of the quote asset pays for (a buy) or that bring no more
    than it (a sell). `display_quantity_lots` is how much of an iceberg order the book shows at a
    time. With a `trigger` the order waits, unseen, until the last trade of its market sets it off.
    In a market with margin a `reduce_only` order ends as soon as it would open a position.
    """

    account: str
    client_order_id: str
    symbol: str
    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    quantity_lots: int
    price_ticks: int | None = None
    post_only: bool = False
    expire_at_ns: int | None = None
    self_trade_prevention: SelfTradePrevention = SelfTradePrevention.NONE
    quote_quantity_units: int | None = None
    display_quantity_lots: int | None = None
    trigger: Trigger | None = None
    reduce_only: bool = False


class CancelOrder(Struct, frozen=True, gc=False):
    """The client's cancel, of a venue id, or of a client id among the account's orders.

    Canceling one order of a list cancels the list.
    """

    account: str
    symbol: str
    venue_order_id: int | None = None
    client_order_id: str | None = None
    restriction: CancelRestriction | None = None


class CancelAll(Struct, frozen=True, gc=False):
    """The client's cancel of all its live orders of a market, oldest first."""

    account: str
    symbol: str


class PlaceOrderList(Struct, frozen=True, gc=False):
    """Orders that hang together, accepted or refused as one; all of one account and market.

    OCO: `orders` are the leg above the market and the leg below it. OTO, OPO: the working and the
    pending order. OTOCO, OPOCO: the working order, and the pending ones above and below. In OPO and
    OPOCO the pending orders' `quantity_lots` is 0.
    """

    account: str
    symbol: str
    list_client_order_id: str
    contingency: ContingencyType
    orders: tuple[PlaceOrder, ...]


class CancelOrderList(Struct, frozen=True, gc=False):
    """The client's cancel of a list, by the venue's or the client's id of it."""

    account: str
    symbol: str
    order_list_id: int | None = None
    list_client_order_id: str | None = None


class AmendOrder(Struct, frozen=True, gc=False):
    """The client lowers an order's whole quantity to `quantity_lots`; it keeps number and place.

    The order is named as in a cancel. A new client id replaces the old one, which is free again.
    """

    account: str
    symbol: str
    quantity_lots: int
    venue_order_id: int | None = None
    client_order_id: str | None = None
    new_client_order_id: str | None = None


class CancelReplace(Struct, frozen=True, gc=False):
    """A cancel and then a new order of the same account and market, as one command.

    The new order's limits are checked first: against one of them, it alone is reported (Rejected)
    and nothing is canceled. What depends on the cancel (balance, name, book) is checked after it.
    """

    cancel: CancelOrder
    order: PlaceOrder
    mode: CancelReplaceMode


class SetLeverage(Struct, frozen=True, gc=False):
    """The client sets how much its position in a market with margin may be of what is locked.

    Refused (IMPOSSIBLE) outside the market's limits, and when the position would need more than
    the account has free. A live order does not lock more than before.
    """

    account: str
    symbol: str
    leverage: int


class EndOrder(Struct, frozen=True, gc=False):
    """The venue ends a live order by itself: CANCELED, EXPIRED or REJECTED (after acceptance)."""

    venue_order_id: int
    ending: str  # "Canceled" | "Expired" | "Rejected"
    reason: Reason = Reason.BY_VENUE


class RestateOrder(Struct, frozen=True, gc=False):
    """The venue lowers a live order's whole quantity by itself; it keeps its place.

    Refused (IMPOSSIBLE) unless that is lower, and more than is filled or prevented.
    """

    venue_order_id: int
    quantity_lots: int
    reason: Reason = Reason.BY_VENUE


class BustTrade(Struct, frozen=True, gc=False):
    """The venue takes a trade back: all money of it, fees included, returns to where it was.

    The quantity is left again of an order that is live or Filled, at the end of its level. An
    order that ended otherwise stays ended; so does, as Canceled, a Filled one that cannot rest any
    more: an IOC, FOK or market order, past its date, its name in use, or against what rests now
    (the maker comes back first, so its taker mostly does not).
    Refused (IMPOSSIBLE) when the trade is not known or one side has not the money any more.
    """

    trade_id: int


class CorrectTrade(Struct, frozen=True, gc=False):
    """The venue makes a trade smaller or gives it another price; None leaves that as it was.

    Money and fees become what they would have been; what the quantity lacks is left again, as in a
    bust. Refused (IMPOSSIBLE) as there, and when the quantity would grow.
    """

    trade_id: int
    quantity_lots: int | None = None
    price_ticks: int | None = None


class SetPhase(Struct, frozen=True, gc=False):
    """The venue opens, restricts or halts a market; IMPOSSIBLE when it is not known."""

    symbol: str
    phase: MarketPhase


class FillOrder(Struct, frozen=True, gc=False):
    """A counterparty trades `quantity_lots` with exactly this resting order at its price.

    Refused (IMPOSSIBLE) when the order rests behind others in price-time priority, leaves less, or
    its market does not trade.
    """

    venue_order_id: int
    quantity_lots: int


class Deposit(Struct, frozen=True, gc=False):
    """Money from outside: the only way an asset's sum over all accounts changes. Units of 1e-8."""

    account: str
    asset: str
    units: int


ClientCommand = (
    PlaceOrder
    | PlaceOrderList
    | CancelOrder
    | CancelOrderList
    | CancelAll
    | AmendOrder
    | CancelReplace
    | SetLeverage
)
VenueCommand = EndOrder | RestateOrder | BustTrade | CorrectTrade | SetPhase | FillOrder | Deposit
Command = ClientCommand | VenueCommand
