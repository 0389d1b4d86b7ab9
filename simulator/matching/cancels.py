"""What a client takes back: one order, all of a market, or one for another."""

from __future__ import annotations

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.phases import why_not_canceled
from fillproof.simulator.vocabulary.commands import CancelAll, CancelOrder, CancelReplace
from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    CancelRestriction,
    ExecutionType,
    MarketPhase,
    OrderStatus,
    Reason,
)
from fillproof.simulator.vocabulary.reports import CancelRefused

_MEANT = {
    CancelRestriction.ONLY_NEW: OrderStatus.NEW,
    CancelRestriction.ONLY_PARTIALLY_FILLED: OrderStatus.PARTIALLY_FILLED,
}

_TRADING, _PENDING_CANCEL = MarketPhase.TRADING, OrderStatus.PENDING_CANCEL


def cancel(engine: Engine, command: CancelOrder, journal: Journal) -> bool:
    """Cancel for the client: now, or with a settlement delay when that is over.

    Returns False, and has changed nothing, when the cancel is refused.
    """
    order = engine.archive.named(command)
    if order is None or not order.live:
        _refuse(command, Reason.UNKNOWN_ORDER, journal)
        return False
    reason = _why_not_canceled(engine.markets[command.symbol].phase, command, order)
    if reason is not None:
        _refuse(command, reason, journal)
        return False
    if engine.settlement_delay_ns == 0:
        engine.end(order, OrderStatus.CANCELED, Reason.BY_CLIENT, journal)
    else:
        _await_cancel(engine, order, journal)
    return True


def cancel_replace(engine: Engine, command: CancelReplace, journal: Journal) -> None:
    """Cancel, then place, unless the new order breaks a rule whatever the cancel does."""
    reason = engine.broken_rule(command.order, journal.now_ns)
    if reason is not None:
        journal.refused(engine.in_lots(command.order), reason)
        return
    canceled = cancel(engine, command.cancel, journal)
    if canceled or command.mode is CancelReplaceMode.ALLOW_FAILURE:
        engine.place(command.order, journal)


def cancel_all(engine: Engine, command: CancelAll, journal: Journal) -> None:
    """Cancel an account's live orders of a market, oldest first; refuse when there is none.

    An order whose cancel is on its way counts as none.
    """
    account, symbol = command.account, command.symbol
    market = engine.markets.get(symbol)
    meant = [
        order
        for order in engine.archive.of(account, symbol, open_only=True)
        if order.status is not _PENDING_CANCEL
    ]
    reason = Reason.UNKNOWN_ORDER if market is None or not meant else why_not_canceled(market.phase)
    if reason is not None:
        journal.say(CancelRefused(account, symbol, None, None, reason))
        return
    for order in meant:
        if order.live:
            cancel(engine, CancelOrder(account, symbol, order.venue_order_id), journal)


def _await_cancel(engine: Engine, order: Order, journal: Journal) -> None:
    order.await_cancel(journal.now_ns)
    cancel_at_ns = journal.now_ns + engine.settlement_delay_ns
    expire_at_ns = order.terms.expire_at_ns
    # An expiry that comes first ends the order before the cancel can.
    if expire_at_ns is None or cancel_at_ns < expire_at_ns:
        engine.deadlines.set(order, cancel_at_ns)
    journal.told(order, ExecutionType.PENDING_CANCEL, order.reason)


def _why_not_canceled(phase: MarketPhase, command: CancelOrder, order: Order) -> Reason | None:
    if phase is not _TRADING and (reason := why_not_canceled(phase)):
        return reason
    if order.status is _PENDING_CANCEL:
        return Reason.CANCEL_ALREADY_PENDING
    if command.restriction is None or order.status is _MEANT[command.restriction]:
        return None
    return Reason.CANCEL_RESTRICTED


def _refuse(command: CancelOrder, reason: Reason, journal: Journal) -> None:
    account, symbol = command.account, command.symbol
    ids = (command.venue_order_id, command.client_order_id)
    journal.say(CancelRefused(account, symbol, *ids, reason))
