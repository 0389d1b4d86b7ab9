"""What trades set off: orders that waited for a price come to the book."""

from __future__ import annotations

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import ExecutionType, Reason


def settle(engine: Engine, journal: Journal) -> None:
    """Do all that is to be done, first come first, until nothing sets off anything more.

    It ends: an order is set off once.
    """
    while engine.agenda:
        _set_off(engine, engine.agenda.popleft(), journal)


def _set_off(engine: Engine, order: Order, journal: Journal) -> None:
    """Bring an order whose trigger was reached to the book, unless it ended in between.

    A market buy locks what it costs only now, and expires when that is not there.
    """
    if not order.live:
        return
    market = engine.markets[order.terms.symbol]
    order.begin_to_work(journal.now_ns)
    journal.told(order, ExecutionType.TRIGGERED, Reason.NONE)
    if market.buys_at_any_price(order.terms):
        needed = market.cost_units(order.terms)
        if needed > order.pays.free_units:
            engine.expire(order, Reason.INSUFFICIENT_BALANCE, journal)
            return
        engine.clearing.lock(order.pays, needed, journal)
        order.locked_units = needed
    engine.work(order, market, journal)
