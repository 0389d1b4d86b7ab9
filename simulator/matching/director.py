"""What the venue does by itself: fills of exactly one order, changes and ends, and more."""

from __future__ import annotations

from itertools import islice

from fillproof.simulator.matching.accounts import MARKET_ACCOUNT
from fillproof.simulator.matching.agenda import settle
from fillproof.simulator.matching.auctions import uncross
from fillproof.simulator.matching.changes import legs, reduce, why_not_lower
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import (
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    MarketPhase,
    OrderStatus,
    OrderType,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import Deposited, Impossible, PhaseChanged
from fillproof.simulator.vocabulary.units import from_units, plain

_NAMED_AT_MOST = 3


def deposit(engine: Engine, command: Deposit, journal: Journal) -> None:
    """Bring money in from outside."""
    engine.clearing.deposit(command.account, command.asset, command.units, journal)
    journal.say(Deposited(command.account, command.asset, command.units, journal.now_ns))


def end_by_venue(engine: Engine, command: EndOrder, journal: Journal) -> None:
    """End a live order as the venue's own decision."""
    order = engine.archive.by_id.get(command.venue_order_id)
    if order is None or not order.live:
        journal.say(Impossible(_why_not_live(command.venue_order_id, order)))
    else:
        engine.end(order, OrderStatus(command.ending), command.reason, journal)


def restate(engine: Engine, command: RestateOrder, journal: Journal) -> None:
    """Lower a live order's quantity as the venue's own decision."""
    order = engine.archive.by_id.get(command.venue_order_id)
    if order is None or not order.live:
        journal.say(Impossible(_why_not_live(command.venue_order_id, order)))
        return
    reason = why_not_lower(order, command.quantity_lots)
    if reason is not None:
        market = engine.markets[order.terms.symbol]
        name = f"order {order.venue_order_id} ({order.terms.client_order_id})"
        asked = _amount(market, command.quantity_lots)
        journal.say(Impossible(f"{name} cannot be restated to {asked}: {reason}"))
        return
    for leg in legs(engine, order):
        reduce(engine, leg, command.quantity_lots, journal)
        journal.told(leg, ExecutionType.RESTATED, command.reason)


def set_phase(engine: Engine, command: SetPhase, journal: Journal) -> None:
    """Open, restrict or halt a market; one that leaves an auction trades what crosses before."""
    market = engine.markets.get(command.symbol)
    if market is None:
        journal.say(Impossible(f"market {command.symbol} is not known"))
        return
    if market.phase is MarketPhase.AUCTION and command.phase is not MarketPhase.AUCTION:
        # What the auction's trades set off still finds a market that trades.
        market.phase = MarketPhase.TRADING
        uncross(engine, market, journal)
        settle(engine, journal)
    market.phase = command.phase
    journal.say(PhaseChanged(command.symbol, command.phase))


def fill_exactly(engine: Engine, command: FillOrder, journal: Journal) -> None:
    """Let the market account, given the money for it, take the quantity from exactly one order.

    The counterparty's order is an IOC at the order's own price. No trading rule binds it.
    """
    order = engine.archive.by_id.get(command.venue_order_id)
    why_not = _why_not_fillable(engine, command, order)
    if why_not is not None:
        journal.say(Impossible(why_not))
        return
    assert order is not None, "an unknown order is not fillable"
    market = engine.markets[order.terms.symbol]
    taker = _counterparty(order, command.quantity_lots)
    asset, units = market.paid_with(taker.side), market.lock_units(taker)
    engine.clearing.deposit(MARKET_ACCOUNT, asset, units, journal)
    engine.execute(taker, market, units, journal)


def _counterparty(order: Order, quantity_lots: int) -> PlaceOrder:
    filled = order.terms
    return PlaceOrder(
        account=MARKET_ACCOUNT,
        client_order_id=f"fill-of-{order.venue_order_id}-after-{order.cumulative_lots}",
        symbol=filled.symbol,
        side=filled.side.opposite,
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce.IOC,
        quantity_lots=quantity_lots,
        price_ticks=filled.price_ticks,
    )


def _why_not_fillable(engine: Engine, command: FillOrder, order: Order | None) -> str | None:
    if order is None or not order.live or order.waits:
        return _why_not_live(command.venue_order_id, order)
    market = engine.markets[order.terms.symbol]
    if market.phase is not MarketPhase.TRADING:
        return f"{order.terms.symbol} does not trade: {market.phase}"
    name = f"order {order.venue_order_id} ({order.terms.client_order_id})"
    if command.quantity_lots < 1:
        return f"{name} cannot trade {_amount(market, command.quantity_lots)}: one lot or more"
    if command.quantity_lots > order.leaves_lots:
        leaves, asked = _amount(market, order.leaves_lots), _amount(market, command.quantity_lots)
        return f"{name} leaves {leaves}, less than {asked}"
    return _why_not_next(engine, market, order, command.quantity_lots)


def _why_not_next(engine: Engine, market: Market, order: Order, lots: int) -> str | None:
    """Return what would trade before so much of a resting order has."""
    name = f"order {order.venue_order_id} ({order.terms.client_order_id})"
    before = list(engine.before(order))
    if before:
        total = _amount(market, sum(other.leaves_lots for other in before))
        return f"{total} stands before {name}: {_named(market, before)}"
    if lots > order.shown_lots and engine.shares_level(order):
        return f"{name} shows {_amount(market, order.shown_lots)}, others come before the rest"
    return None


def _why_not_live(venue_order_id: int, order: Order | None) -> str:
    if order is None:
        return f"order {venue_order_id} is not known"
    if order.waits and order.live:
        return f"order {venue_order_id} ({order.terms.client_order_id}) waits: it is in no book"
    return f"order {venue_order_id} ({order.terms.client_order_id}) is not live: {order.status}"


def _named(market: Market, orders: list[Order]) -> str:
    named = [
        f"order {order.venue_order_id} of {order.terms.account}"
        f" ({_amount(market, order.leaves_lots)} at {_price(market, order)})"
        for order in islice(orders, _NAMED_AT_MOST)
    ]
    unnamed = len(orders) - len(named)
    return ", ".join([*named, f"and {unnamed} more"] if unnamed else named)


def _amount(market: Market, lots: int) -> str:
    return f"{plain(from_units(lots, market.instrument.lot_size))} {market.base}"


def _price(market: Market, order: Order) -> str:
    price_ticks = order.terms.price_ticks
    assert price_ticks is not None, "an order without a price never rests"
    return plain(from_units(price_ticks, market.instrument.tick_size))
