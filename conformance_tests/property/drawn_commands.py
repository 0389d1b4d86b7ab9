"""Random commands for a small exchange: few names and prices, so that orders meet and clash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from fillproof.simulator.matching import Discount, Fees, OrderView, Rates
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelAll,
    CancelOrder,
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    RestateOrder,
    SetPhase,
    Trigger,
)
from fillproof.simulator.vocabulary.instruments import (
    Filters,
    Instrument,
    PercentPrice,
    TrailingDelta,
)
from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    CancelRestriction,
    ContingencyType,
    MarketPhase,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerKind,
)

ACCOUNTS = ("ann", "bob", "cyd")
GROUPS = {"ann": "desk", "bob": "desk"}
ASSETS = ("BTC", "ETH", "USDT", "BNB")
FEES = Fees(
    maker=Decimal("0.001"),
    taker=Decimal("0.0025"),
    buyer=Decimal("0.0005"),
    markets={"ETHUSDT": Rates(Decimal("0.002"), Decimal("0.003"), seller=Decimal("0.01"))},
    discount=Discount("BNB", Decimal("0.25"), {"BTC": Decimal(3), "USDT": Decimal("0.7")}),
)
# Of two markets one has every filter there is, the other next to none.
FEW = Filters(maximum_iceberg_orders=1, maximum_amends=1)
FILTERS = Filters(
    minimum_price=Decimal("9.5"),
    maximum_price=Decimal("10.4"),
    percent_price=PercentPrice(
        Decimal("0.95"), Decimal("1.04"), Decimal("0.96"), Decimal("1.05"), average_minutes=1
    ),
    market_minimum_quantity=Decimal("0.00003"),
    market_maximum_quantity=Decimal("0.00010"),
    maximum_notional=Decimal("0.0011"),
    notional_average_minutes=2,
    iceberg_parts=3,
    trailing_delta=TrailingDelta(60, 300, 80, 250),
    maximum_position=Decimal("0.0005"),
    maximum_orders=5,
    maximum_algo_orders=2,
    maximum_iceberg_orders=1,
    maximum_order_lists=1,
    maximum_amends=1,
)
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
        filters=filters,
    )
    for base, filters in (("BTC", FEW), ("ETH", FILTERS))
]
# What each account starts with: enough for some orders, too little for many.
PURSE = {"BTC": 120_000, "ETH": 25_000, "USDT": 300_000, "BNB": 900}


PREVENTIONS = [*SelfTradePrevention, *[SelfTradePrevention.TRANSFER] * 2]

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
    time_in_force = one_of(number, [*[TimeInForce.GTC] * 5, *TimeInForce])
    dated = time_in_force is TimeInForce.GTD
    plain = PlaceOrder(
        account=one_of(number, ACCOUNTS),
        client_order_id=f"order-{number(1, 16)}",
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
    return special(number, plain)


def special(number: Number, plain: PlaceOrder) -> PlaceOrder:
    """Return an order as it is, or as an iceberg, by quote, or with a trigger."""
    kind = number(1, 9)
    if kind in (4, 5) and plain.price_ticks is None:
        return replace(plain, quantity_lots=0, quote_quantity_units=number(0, 140_000))
    if kind in (5, 6) and plain.price_ticks and plain.time_in_force is TimeInForce.GTC:
        return replace(plain, display_quantity_lots=number(1, 4))
    if kind >= 8:
        return replace(plain, post_only=False, trigger=trigger(number))
    return plain


def trigger(number: Number, kind: TriggerKind | None = None) -> Trigger:
    """Return what an order waits for: a price, a trail, or both."""
    price, bips = number(0 if chance(number, 20) else 94, 106), number(50, 320)
    if chance(number, 40):
        bips = 0
    given = [(price, None), (price, None), (None, bips), (price, bips)]
    return Trigger(kind or one_of(number, list(TriggerKind)), *one_of(number, given))


def order_list(number: Number, now: int) -> PlaceOrderList:
    """Return a list of well-formed orders; some are refused."""
    kind = one_of(number, list(ContingencyType))
    base = replace(order(number, now), trigger=None, display_quantity_lots=None)
    base = replace(base, quote_quantity_units=None, quantity_lots=max(base.quantity_lots, 2))
    base = _limit(number, base, number(96, 104))
    side = one_of(number, list(Side))
    orders = [base]
    if kind in (ContingencyType.OPO, ContingencyType.OPOCO):
        base, side = replace(base, side=Side.BUY), Side.SELL
        orders = [base]
    lots = (
        0 if side is Side.SELL and base.side is Side.BUY and kind in ON_PROCEEDS else number(2, 9)
    )
    leg = replace(base, side=side, quantity_lots=lots, post_only=False)
    if kind in (ContingencyType.OCO, ContingencyType.OTOCO, ContingencyType.OPOCO):
        pair = _pair(number, leg)
        orders = pair if kind is ContingencyType.OCO else [*orders, *pair]
    else:
        orders.append(_pending(number, leg))
    names = [f"order-{number(1, 40)}" for _ in orders]
    return PlaceOrderList(
        account=base.account,
        symbol=base.symbol,
        list_client_order_id=f"list-{number(1, 4)}",
        contingency=kind,
        orders=tuple(
            replace(one, client_order_id=name) for one, name in zip(orders, names, strict=True)
        ),
    )


ON_PROCEEDS = (ContingencyType.OPO, ContingencyType.OPOCO)


def _limit(number: Number, base: PlaceOrder, price: int) -> PlaceOrder:
    """Return an order as a limit; mostly one that can rest, and mostly of the freer market."""
    time_in_force = base.time_in_force if chance(number, 6) else TimeInForce.GTC
    expire_at = base.expire_at_ns if time_in_force is TimeInForce.GTD else None
    return replace(
        base,
        order_type=OrderType.LIMIT,
        price_ticks=price,
        time_in_force=time_in_force,
        expire_at_ns=expire_at,
    )


def _pair(number: Number, leg: PlaceOrder) -> list[PlaceOrder]:
    """Return an OCO: the leg above and the leg below."""
    sells = leg.side is Side.SELL
    high, low = number(99, 105), number(95, 101)
    far, near = (high, low) if sells else (low, high)
    stop = replace(leg, trigger=Trigger(TriggerKind.STOP_LOSS, near))
    if chance(number, 2):
        stop = _at_any_price(stop)
    if chance(number, 8):
        stop = replace(stop, trigger=trigger(number, TriggerKind.STOP_LOSS))
    better = replace(leg, price_ticks=far, post_only=True)
    if chance(number, 3):
        profit = Trigger(TriggerKind.TAKE_PROFIT, far)
        better = replace(leg, trigger=profit)
        better = _at_any_price(better) if chance(number, 2) else better
    return [better, stop] if sells else [stop, better]


def _pending(number: Number, leg: PlaceOrder) -> PlaceOrder:
    kind = number(1, 5)
    if kind == 1:
        return _at_any_price(leg)
    if kind == 2:
        return replace(leg, trigger=trigger(number))
    return replace(leg, price_ticks=number(95, 105), post_only=kind == 3)


def _at_any_price(leg: PlaceOrder) -> PlaceOrder:
    return replace(leg, order_type=OrderType.MARKET, price_ticks=None)


def cancel(number: Number, known: OrderView | None) -> CancelOrder:
    """Return a client's cancel of a known order, or of one that may not be there."""
    if known is None:
        account, symbol = one_of(number, ACCOUNTS), one_of(number, INSTRUMENTS).symbol
        return CancelOrder(account, symbol, number(1, 40), f"order-{number(1, 12)}")
    ids = (known.venue_order_id, known.client_order_id)
    venue_order_id, client_order_id = one_of(number, [ids, (ids[0], None), (None, ids[1])])
    restriction = one_of(number, list(CancelRestriction)) if chance(number, 6) else None
    return CancelOrder(known.account, known.symbol, venue_order_id, client_order_id, restriction)


def cancel_many(number: Number) -> Command:
    """Return a cancel of a list or of all there is."""
    account, symbol = one_of(number, ACCOUNTS), one_of(number, INSTRUMENTS).symbol
    if chance(number, 4):
        return CancelAll(account, symbol)
    list_id, name = number(1, 12), f"list-{number(1, 4)}"
    return CancelOrderList(account, symbol, *one_of(number, [(None, name), (list_id, None)]))


def amend(number: Number, known: OrderView | None) -> AmendOrder:
    """Return a client's amend, mostly to a little less, sometimes under a new name."""
    meant = cancel(number, known)
    return AmendOrder(
        account=meant.account,
        symbol=meant.symbol,
        quantity_lots=(10 if known is None else known.quantity_lots) - number(-1, 3),
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
    if kind <= 2:
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
    phases = [*[MarketPhase.TRADING] * 12, *MarketPhase, MarketPhase.AUCTION]
    return SetPhase(one_of(number, INSTRUMENTS).symbol, one_of(number, phases))


def command(number: Number, now: int, known: Sequence[OrderView], trades: Sequence[int]) -> Command:
    """Return any command; what names an order or a trade mostly names a known one."""
    kind = number(1, 40)
    if kind <= 20:
        return order(number, now)
    if kind <= 25:
        return order_list(number, now)
    if kind == 26:
        return cancel_many(number)
    meant = one_of(number, known) if known and not chance(number, 6) else None
    if kind <= 32:
        return by_client(number, now, meant)
    return by_venue(number, meant) if kind <= 35 else of_no_order(number, trades)
