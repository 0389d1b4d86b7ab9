"""Order lists that come and go as one: accepted or refused whole, canceled whole."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from msgspec.structs import replace

from fillproof.simulator.matching.cancels import cancel
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.order_lists import ON_PROCEEDS, PAIRED, OrderList
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.phases import why_not_canceled
from fillproof.simulator.vocabulary.commands import (
    CancelOrder,
    CancelOrderList,
    PlaceOrder,
    PlaceOrderList,
)
from fillproof.simulator.vocabulary.orders import (
    ContingencyType,
    ExecutionType,
    OrderStatus,
    Reason,
)
from fillproof.simulator.vocabulary.reports import CancelRefused, ListRefused

_Refusal = tuple[str | None, Reason]
"""Whose fault it is, an order's by its client order id or (None) the list's, and what it is."""


def place_list(engine: Engine, command: PlaceOrderList, journal: Journal) -> None:
    """Refuse a list with its one report, or accept all its orders and let them begin."""
    refusal = _why_refused(engine, command, journal.now_ns)
    if refusal is not None:
        account, symbol, name = command.account, command.symbol, command.list_client_order_id
        journal.say(ListRefused(account, symbol, name, *refusal))
        return
    order_list = _admit(engine, command, journal)
    market = engine.markets[command.symbol]
    for order in order_list.orders:
        if order.status is OrderStatus.PENDING_NEW:
            journal.told(order, ExecutionType.NEW, Reason.NONE)
        else:
            engine.announce(order, market, journal)
    journal.say(order_list.told(journal.now_ns))
    for order in order_list.orders:
        if order.status is OrderStatus.PENDING_NEW:
            engine.date(order)
        elif order.live:
            engine.start(order, market, journal)


def cancel_list(engine: Engine, command: CancelOrderList, journal: Journal) -> None:
    """Cancel a list by its first live order, with which all the others end."""
    order_list = engine.lists.meant(command)
    account, symbol = command.account, command.symbol
    if order_list is None:
        reason: Reason | None = Reason.UNKNOWN_ORDER_LIST
    else:
        reason = why_not_canceled(engine.markets[symbol].phase)
        if any(order.status is OrderStatus.PENDING_CANCEL for order in order_list.orders):
            reason = reason or Reason.CANCEL_ALREADY_PENDING
    if order_list is None or reason is not None:
        journal.say(CancelRefused(account, symbol, None, None, reason or Reason.NONE))
        return
    first = next(order for order in order_list.orders if order.live)
    cancel(engine, CancelOrder(account, symbol, first.venue_order_id), journal)


def _why_refused(engine: Engine, command: PlaceOrderList, now_ns: int) -> _Refusal | None:
    market = engine.markets.get(command.symbol)
    if market is None:
        return None, Reason.UNKNOWN_MARKET
    return (
        _why_order(engine, command, now_ns)
        or _why_list(engine, command, market)
        or _why_name(engine, command)
        or _why_prices(command, market)
        or _why_money(engine, command, market)
        or _why_now(engine, command, market)
    )


def _why_order(engine: Engine, command: PlaceOrderList, now_ns: int) -> _Refusal | None:
    """Ask the market's rules for each order; who sells proceeds may sell all that is bought."""
    for at, terms in enumerate(command.orders):
        most = terms
        if at and command.contingency in ON_PROCEEDS:
            most = replace(terms, quantity_lots=command.orders[0].quantity_lots)
        reason = engine.broken_rule(most, now_ns, command.orders[:at])
        if reason is not None:
            return terms.client_order_id, reason
    return None


def _why_list(engine: Engine, command: PlaceOrderList, market: Market) -> _Refusal | None:
    live = engine.lists.of(command.account, open_only=True)
    if any(known.command.list_client_order_id == command.list_client_order_id for known in live):
        return None, Reason.DUPLICATE_CLIENT_ORDER_ID
    most = market.instrument.filters.maximum_order_lists
    here = sum(known.command.symbol == command.symbol for known in live)
    return (None, Reason.TOO_MANY_ORDER_LISTS) if most is not None and here >= most else None


def _why_name(engine: Engine, command: PlaceOrderList) -> _Refusal | None:
    names = [terms.client_order_id for terms in command.orders]
    for at, name in enumerate(names):
        if name in names[:at] or engine.archive.is_open(command.account, name):
            return name, Reason.DUPLICATE_CLIENT_ORDER_ID
    return None


def _why_prices(command: PlaceOrderList, market: Market) -> _Refusal | None:
    """Ask whether an OCO is around the market; one that is pending, whether it is around any."""
    if command.contingency not in PAIRED:
        return None
    prices = [_reference(terms) for terms in command.orders[-2:]]
    if command.contingency is ContingencyType.OCO:
        prices.insert(1, market.last_ticks())
    known = [price for price in prices if price is not None]
    falls = all(one > next_one for one, next_one in pairwise(known))
    return None if falls else (None, Reason.LIST_PRICES_WRONG)


def _reference(terms: PlaceOrder) -> int | None:
    """Return where a leg of an OCO comes to trade; None for one that follows the price."""
    return terms.price_ticks if terms.trigger is None else terms.trigger.price_ticks


def _why_money(engine: Engine, command: PlaceOrderList, market: Market) -> _Refusal | None:
    needed: Counter[str] = Counter()
    for terms, units in zip(command.orders, _locks(command, market), strict=True):
        needed[market.paid_with(terms.side)] += units
    accounts = engine.clearing.accounts
    lacks = any(
        units > accounts.free_units(command.account, asset) for asset, units in needed.items()
    )
    return (None, Reason.INSUFFICIENT_BALANCE) if lacks else None


def _locks(command: PlaceOrderList, market: Market) -> list[int]:
    """Return what each order locks at placement; an OCO once, for the leg that needs more.

    What sells proceeds locks nothing yet, nor does a pending buy at any price.
    """
    units = [
        0 if at and market.buys_at_any_price(terms) else market.lock_units(terms)
        for at, terms in enumerate(command.orders)
    ]
    if command.contingency in PAIRED:
        above, below = units[-2:]
        units[-2:] = (above, 0) if above >= below else (0, below)
    return units


def _why_now(engine: Engine, command: PlaceOrderList, market: Market) -> _Refusal | None:
    """Ask for the orders that are to work or wait at once whether they would trade at once."""
    begins = command.orders if command.contingency is ContingencyType.OCO else command.orders[:1]
    for terms in begins:
        reason = engine.why_not_now(terms, market)
        if reason is not None:
            return terms.client_order_id, reason
    return None


def _admit(engine: Engine, command: PlaceOrderList, journal: Journal) -> OrderList:
    market, number = engine.markets[command.symbol], engine.lists.next_id()
    orders: list[Order] = []
    for terms, units in zip(command.orders, _locks(command, market), strict=True):
        order = engine.admit(terms, market, units, journal)
        order.order_list_id = number
        if orders and command.contingency is not ContingencyType.OCO:
            order.status, order.waits, order.working_time_ns = OrderStatus.PENDING_NEW, True, None
        orders.append(order)
    order_list = OrderList(number, command, tuple(orders), journal.now_ns)
    if command.contingency is not ContingencyType.OCO:
        order_list.first = orders[0]
    if command.contingency in PAIRED:
        order_list.pair = (orders[-2], orders[-1])
    engine.lists.add(order_list)
    return order_list
