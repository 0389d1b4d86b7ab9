"""Random commands for a small exchange: few names and prices, so that orders meet and clash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from fillproof.simulator.matching import Fees, OrderView
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelOrder,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    MarketPhase,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
)

ACCOUNTS = ("ann", "bob", "cyd")
ASSETS = ("BTC", "ETH", "USDT")
FEES = Fees(maker=Decimal("0.001"), taker=Decimal("0.0025"))
INSTRUMENTS = [
    Instrument(
        symbol=f"{base}USDT",
        base=base,
        quote="USDT",
        tick_size=Decimal("0.1"),
        lot_size=Decimal("0.00001"),
        min_quantity=Decimal("0.00002"),
        max_quantity=Decimal("0.00040"),
        min_notional=Decimal("0.00025"),
    )
    for base in ("BTC", "ETH")
]
# What each account starts with: enough for some orders, too little for many.
PURSE = {"BTC": 60_000, "ETH": 15_000, "USDT": 80_000}


PREVENTIONS = [SelfTradePrevention.NONE, *SelfTradePrevention, SelfTradePrevention.DECREMENT]

Number = Callable[[int, int], int]
"""Draws a whole number from a range, both ends included."""

T = TypeVar("T")


def one_of(number: Number, choices: Sequence[T]) -> T:
    """Return one of several, the first being the simplest."""
    return choices[number(0, len(choices) - 1)]


def chance(number: Number, one_in: int) -> bool:
    """Return True in one of so many cases."""
    return number(1, one_in) == one_in


def order(number: Number, now: int) -> PlaceOrder:
    """Return a new order; some break a rule."""
    market = chance(number, 6)
    time_in_force = one_of(number, [TimeInForce.GTC, TimeInForce.GTC, *TimeInForce])
    dated = time_in_force is TimeInForce.GTD
    return PlaceOrder(
        account=one_of(number, ACCOUNTS),
        client_order_id=f"order-{number(1, 12)}",
        symbol="DOGEUSDT" if chance(number, 40) else one_of(number, INSTRUMENTS).symbol,
        side=one_of(number, list(Side)),
        order_type=OrderType.MARKET if market else OrderType.LIMIT,
        time_in_force=time_in_force,
        quantity_lots=number(0, 60) if chance(number, 8) else number(2, 12),
        price_ticks=None if market else 0 if chance(number, 40) else number(95, 105),
        post_only=chance(number, 6),
        expire_at_ns=now + number(0, 9) if dated else None,
        self_trade_prevention=one_of(number, PREVENTIONS),
    )


def cancel(number: Number, known: OrderView | None) -> CancelOrder:
    """Return a client's cancel of a known order, or of one that may not be there."""
    if known is None:
        account, symbol = one_of(number, ACCOUNTS), one_of(number, INSTRUMENTS).symbol
        return CancelOrder(account, symbol, number(1, 40), f"order-{number(1, 12)}")
    ids = (known.venue_order_id, known.client_order_id)
    venue_order_id, client_order_id = one_of(number, [ids, (ids[0], None), (None, ids[1])])
    return CancelOrder(known.account, known.symbol, venue_order_id, client_order_id)


def amend(number: Number, known: OrderView | None) -> AmendOrder:
    """Return a client's amend, mostly to a little less, sometimes under a new name."""
    meant = cancel(number, known)
    return AmendOrder(
        account=meant.account,
        symbol=meant.symbol,
        quantity_lots=(10 if known is None else known.quantity_lots) - number(-1, 5),
        venue_order_id=meant.venue_order_id,
        client_order_id=meant.client_order_id,
        new_client_order_id=None if chance(number, 2) else f"order-{number(1, 12)}",
    )


def cancel_replace(number: Number, now: int, known: OrderView | None) -> CancelReplace:
    """Return a cancel and a new order in its place, often of the same name."""
    meant, placed = cancel(number, known), order(number, now)
    name = placed.client_order_id if known is None or chance(number, 2) else known.client_order_id
    placed = replace(placed, account=meant.account, symbol=meant.symbol, client_order_id=name)
    return CancelReplace(meant, placed, one_of(number, list(CancelReplaceMode)))


def by_client(number: Number, now: int, known: OrderView | None) -> Command:
    """Return what a client wants of an order."""
    kind = number(1, 7)
    if kind <= 3:
        return cancel(number, known)
    return amend(number, known) if kind <= 5 else cancel_replace(number, now, known)


def revision(number: Number, trades: Sequence[int]) -> Command:
    """Return a bust or a correction of a trade, mostly of one that is there."""
    trade_id = one_of(number, trades) if trades and not chance(number, 6) else number(1, 24)
    if chance(number, 2):
        return BustTrade(trade_id)
    quantity_lots, price_ticks = number(1, 9), number(95, 105)
    given = [(quantity_lots, price_ticks), (quantity_lots, None), (None, price_ticks)]
    return CorrectTrade(trade_id, *one_of(number, given))


def by_venue(number: Number, known: OrderView | None) -> Command:
    """Return what the venue does to an order."""
    kind = number(1, 4)
    venue_order_id = number(1, 40) if known is None else known.venue_order_id
    if kind <= 2:
        return FillOrder(venue_order_id, number(0, 8))
    if kind == 3:
        return EndOrder(venue_order_id, one_of(number, ["Canceled", "Expired", "Rejected"]))
    quantity_lots = 10 if known is None else known.quantity_lots
    return RestateOrder(venue_order_id, quantity_lots - number(-1, 5))


def of_no_order(number: Number, trades: Sequence[int]) -> Command:
    """Return money from outside, a change of a trade, or of a market."""
    kind = number(1, 5)
    if kind <= 2:
        return Deposit(one_of(number, ACCOUNTS), one_of(number, ASSETS), number(0, 20_000))
    if kind <= 4:
        return revision(number, trades)
    phases = [*[MarketPhase.TRADING] * 7, *list(MarketPhase)[:-1]]
    return SetPhase(one_of(number, INSTRUMENTS).symbol, one_of(number, phases))


def command(number: Number, now: int, known: Sequence[OrderView], trades: Sequence[int]) -> Command:
    """Return any command; what names an order or a trade mostly names a known one."""
    kind = number(1, 28)
    if kind <= 12:
        return order(number, now)
    meant = one_of(number, known) if known and not chance(number, 6) else None
    if kind <= 19:
        return by_client(number, now, meant)
    return by_venue(number, meant) if kind <= 23 else of_no_order(number, trades)
