"""What can be asked of the matching engine. Numbers are whole: ticks, lots, virtual nanoseconds."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    MarketPhase,
    OrderType,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """A new order. `price_ticks` is None for a market order; `expire_at_ns` only goes with GTD.

    Steps (tick, lot) are checked before a command exists: `price` and `quantity` here are exact.
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


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """The client's cancel, of a venue id, or of a client id among the account's orders."""

    account: str
    symbol: str
    venue_order_id: int | None = None
    client_order_id: str | None = None


@dataclass(frozen=True, slots=True)
class AmendOrder:
    """The client lowers an order's whole quantity to `quantity_lots`; it keeps number and place.

    The order is named as in a cancel. A new client id replaces the old one, which is free again.
    """

    account: str
    symbol: str
    quantity_lots: int
    venue_order_id: int | None = None
    client_order_id: str | None = None
    new_client_order_id: str | None = None


@dataclass(frozen=True, slots=True)
class CancelReplace:
    """A cancel and then a new order of the same account and market, as one command.

    The new order's limits are checked first: against one of them, it alone is reported (Rejected)
    and nothing is canceled. What depends on the cancel (balance, name, book) is checked after it.
    """

    cancel: CancelOrder
    order: PlaceOrder
    mode: CancelReplaceMode


@dataclass(frozen=True, slots=True)
class EndOrder:
    """The venue ends a live order by itself: CANCELED, EXPIRED or REJECTED (after acceptance)."""

    venue_order_id: int
    ending: str  # "Canceled" | "Expired" | "Rejected"
    reason: Reason = Reason.BY_VENUE


@dataclass(frozen=True, slots=True)
class RestateOrder:
    """The venue lowers a live order's whole quantity by itself; it keeps its place.

    Refused (IMPOSSIBLE) unless that is lower, and more than is filled or prevented.
    """

    venue_order_id: int
    quantity_lots: int
    reason: Reason = Reason.BY_VENUE


@dataclass(frozen=True, slots=True)
class BustTrade:
    """The venue takes a trade back: all money of it, fees included, returns to where it was.

    The quantity is left again of an order that is live or Filled, at the end of its level. An
    order that ended otherwise stays ended; so does, as Canceled, a Filled one that cannot rest any
    more: an IOC, FOK or market order, past its date, its name in use, or against what rests now
    (the maker comes back first, so its taker mostly does not).
    Refused (IMPOSSIBLE) when the trade is not known or one side has not the money any more.
    """

    trade_id: int


@dataclass(frozen=True, slots=True)
class CorrectTrade:
    """The venue makes a trade smaller or gives it another price; None leaves that as it was.

    Money and fees become what they would have been; what the quantity lacks is left again, as in a
    bust. Refused (IMPOSSIBLE) as there, and when the quantity would grow.
    """

    trade_id: int
    quantity_lots: int | None = None
    price_ticks: int | None = None


@dataclass(frozen=True, slots=True)
class SetPhase:
    """The venue opens, restricts or halts a market; IMPOSSIBLE when it is not known."""

    symbol: str
    phase: MarketPhase


@dataclass(frozen=True, slots=True)
class FillOrder:
    """A counterparty trades `quantity_lots` with exactly this resting order at its price.

    Refused (IMPOSSIBLE) when the order rests behind others in price-time priority, leaves less, or
    its market does not trade.
    """

    venue_order_id: int
    quantity_lots: int


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money from outside: the only way an asset's sum over all accounts changes. Units of 1e-8."""

    account: str
    asset: str
    units: int


ClientCommand = PlaceOrder | CancelOrder | AmendOrder | CancelReplace
VenueCommand = EndOrder | RestateOrder | BustTrade | CorrectTrade | SetPhase | FillOrder | Deposit
Command = ClientCommand | VenueCommand
