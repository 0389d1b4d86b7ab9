"""Changes of a live order that keep its place in the book: amends by its client, and how."""

from __future__ import annotations

from msgspec.structs import replace

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.icebergs import uncover
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.limits import broken_limit
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.phases import why_not_amended
from fillproof.simulator.vocabulary.commands import AmendOrder
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import AmendRefused


def amend(engine: Engine, command: AmendOrder, journal: Journal) -> None:
    """Lower an order's quantity for its client, and rename it if asked, or refuse to."""
    order = engine.archive.named(command)
    reason = _why_not_amended(engine, command, order, journal.now_ns)
    if reason is not None:
        _refuse(command, reason, journal)
        return
    assert order is not None, "an unknown order is not amended"
    for leg in legs(engine, order):
        was = leg.terms
        reduce(engine, leg, command.quantity_lots, journal)
        if leg is order and command.new_client_order_id is not None:
            engine.archive.rename(leg, command.new_client_order_id)
        leg.amendments += (journal.replaced(leg, was),)
    if command.new_client_order_id is not None:
        _tell_list(engine, order, journal)


def legs(engine: Engine, order: Order) -> list[Order]:
    """Return an order and, of an OCO that is not decided, its other leg: they are of one size."""
    order_list = engine.lists.by_id.get(order.order_list_id or 0)
    if order_list is None or order_list.pair is None or order not in order_list.pair:
        return [order]
    return [order, *(leg for leg in order_list.pair if leg is not order)]


def _tell_list(engine: Engine, order: Order, journal: Journal) -> None:
    """Tell the new name of one order of a list to who knows the list by its names."""
    order_list = engine.lists.by_id.get(order.order_list_id or 0)
    if order_list is not None:
        journal.say(order_list.told(journal.now_ns))


def _why_not_amended(
    engine: Engine, command: AmendOrder, order: Order | None, now_ns: int
) -> Reason | None:
    if order is None or not order.live:
        return Reason.UNKNOWN_ORDER
    market = engine.markets[command.symbol]
    reason = why_not_amended(market.phase) or _why_not_changed(order, command.quantity_lots)
    if reason is None:
        amended = replace(order.terms, quantity_lots=command.quantity_lots)
        reason = broken_limit(amended, market, now_ns)
    if reason is None and _is_amended_out(order, market):
        reason = Reason.TOO_MANY_AMENDS
    if reason is not None:
        return reason
    new_name = command.new_client_order_id
    if new_name is None or new_name == order.terms.client_order_id:
        return None
    is_taken = engine.archive.is_open(command.account, new_name)
    return Reason.DUPLICATE_CLIENT_ORDER_ID if is_taken else None


def _is_amended_out(order: Order, market: Market) -> bool:
    most = market.instrument.filters.maximum_amends
    return most is not None and len(order.amendments) >= most


def _why_not_changed(order: Order, quantity_lots: int) -> Reason | None:
    if order.status is OrderStatus.PENDING_CANCEL:
        return Reason.CANCEL_ALREADY_PENDING
    return why_not_lower(order, quantity_lots)


def why_not_lower(order: Order, quantity_lots: int) -> Reason | None:
    """Return why a live order's quantity cannot become this; something must be left of it."""
    if quantity_lots == order.terms.quantity_lots:
        return Reason.CHANGES_NOTHING
    if quantity_lots > order.terms.quantity_lots:
        return Reason.QUANTITY_NOT_LOWER
    if quantity_lots <= order.cumulative_lots + order.prevented_lots:
        return Reason.QUANTITY_NOT_ABOVE_CUMULATIVE
    return None


def reduce(engine: Engine, order: Order, quantity_lots: int, journal: Journal) -> None:
    """Lower a resting or waiting order where it stands, and free what the rest locked."""
    market = engine.markets[order.terms.symbol]
    less = order.terms.quantity_lots - quantity_lots
    if not order.waits:
        side = market.own(order.terms.side)
        level = side.level_of(order)
        side.take(level, order, uncover(order, level, less))
        journal.levels.append(level)
    order.reduce(less, journal.now_ns)
    order_list = engine.lists.by_id.get(order.order_list_id or 0)
    if order_list is None or order_list.pair is None or order not in order_list.pair:
        engine.clearing.relock(order, market.needed_units(order), journal)
    else:
        engine.share_lock(order_list.pair, market, journal)


def _refuse(command: AmendOrder, reason: Reason, journal: Journal) -> None:
    journal.say(
        AmendRefused(
            account=command.account,
            symbol=command.symbol,
            venue_order_id=command.venue_order_id,
            client_order_id=command.client_order_id,
            reason=reason,
        )
    )
