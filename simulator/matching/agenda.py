"""What trades set off: orders that waited for a price or for another order come to the book."""

from __future__ import annotations

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.order_lists import ON_PROCEEDS, OrderList
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason


def settle(engine: Engine, journal: Journal) -> None:
    """Do all that is to be done, first come first, until nothing sets off anything more.

    It ends: an order is set off once, and a list brings its pending orders once.
    """
    while engine.agenda:
        item = engine.agenda.popleft()
        if isinstance(item, Order):
            if item.terms.reduce_only:
                _keep_reducing(engine, item, journal)
            else:
                _set_off(engine, item, journal)
        elif item.first is not None and item.first.status is OrderStatus.FILLED:
            _bring_pending(engine, item, journal)
        elif not item.done and item.is_over():
            engine.lists.end(item)
            journal.say(item.told(journal.now_ns))


def _set_off(engine: Engine, order: Order, journal: Journal) -> None:
    """Bring an order whose trigger was reached to the book, unless it ended in between."""
    if not order.live:
        return
    if order.order_list_id is not None:
        engine.decide(order, journal)
    market = engine.markets[order.terms.symbol]
    order.begin_to_work(journal.now_ns)
    journal.told(order, ExecutionType.TRIGGERED, Reason.NONE)
    if _can_pay(engine, order, market, journal):
        engine.work(order, market, journal)
    else:
        engine.expire(order, Reason.INSUFFICIENT_BALANCE, journal)


def _keep_reducing(engine: Engine, order: Order, journal: Journal) -> None:
    """Set an order off that only reduces, if it waited; end it when it would do more than that.

    Each trade asks this of all of them; who still waits for its price is left alone.
    """
    market = engine.markets[order.terms.symbol]
    if not order.live or market.waits(order) or engine.lists.is_pending(order):
        return
    if market.margin is not None and not market.reduces(order.terms, order.leaves_lots):
        engine.end(order, OrderStatus.CANCELED, Reason.REDUCE_ONLY, journal)
    elif order.waits:
        _set_off(engine, order, journal)


def _can_pay(engine: Engine, order: Order, market: Market, journal: Journal) -> bool:
    """Lock what a market buy costs now that it comes to the book; others have locked before."""
    if not market.buys_at_any_price(order.terms):
        return True
    needed = market.cost_units(order.terms)
    if needed > order.pays.free_units:
        return False
    engine.clearing.relock(order, needed, journal)
    return True


def _bring_pending(engine: Engine, order_list: OrderList, journal: Journal) -> None:
    """Bring what waited for the first order of a list, which is full."""
    first, order_list.first = order_list.first, None
    assert first is not None, "pending orders wait for a first one"
    market = engine.markets[first.terms.symbol]
    pending = [order for order in order_list.pending() if order.live]
    if order_list.command.contingency in ON_PROCEEDS:
        reason = _take_proceeds(engine, first, pending, journal)
        if reason is not None:
            engine.end(pending[0], OrderStatus.EXPIRED, reason, journal)
    for order in pending:
        if order.live:
            _bring(engine, order, market, journal)


def _take_proceeds(
    engine: Engine, first: Order, pending: list[Order], journal: Journal
) -> Reason | None:
    """Give pending orders the quantity that the first has yielded, and lock it; or say why not."""
    market = engine.markets[first.terms.symbol]
    yielded = first.cumulative_lots * market.base_units_per_lot - first.fees_in(market.base)
    for order in pending:
        order.resize(yielded // market.base_units_per_lot)
    if pending[0].leaves_lots < market.min_quantity_lots:
        return Reason.QUANTITY_BELOW_MINIMUM
    needed = market.needed_units(pending[0])
    if needed > pending[0].pays.free_units:
        return Reason.INSUFFICIENT_BALANCE
    engine.clearing.relock(pending[0], needed, journal)
    return None


def _bring(engine: Engine, order: Order, market: Market, journal: Journal) -> None:
    """Bring a pending order, or expire it when it cannot be placed as the market stands."""
    reason = engine.why_not_now(order.terms, market)
    can_wait = order.terms.trigger is not None
    if reason is None and not can_wait and not _can_pay(engine, order, market, journal):
        reason = Reason.INSUFFICIENT_BALANCE
    if reason is not None:
        engine.end(order, OrderStatus.EXPIRED, reason, journal)
        return
    order.begin_to_work(journal.now_ns)
    if order.status is OrderStatus.PENDING_NEW:
        order.status = OrderStatus.NEW
    engine.announce(order, market, journal)
    engine.start(order, market, journal)
