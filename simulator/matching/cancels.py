"""Cancels of many orders at once."""

from __future__ import annotations

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.phases import why_not_canceled
from fillproof.simulator.vocabulary.commands import CancelAll, CancelOrder
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import CancelRefused


def cancel_all(engine: Engine, command: CancelAll, journal: Journal) -> None:
    """Cancel an account's live orders of a market, oldest first; refuse when there is none.

    An order whose cancel is on its way counts as none.
    """
    account, symbol = command.account, command.symbol
    market = engine.markets.get(symbol)
    meant = [
        order
        for order in engine.archive.of(account, symbol, open_only=True)
        if order.status is not OrderStatus.PENDING_CANCEL
    ]
    reason = Reason.UNKNOWN_ORDER if market is None or not meant else why_not_canceled(market.phase)
    if reason is not None:
        journal.say(CancelRefused(account, symbol, None, None, reason))
        return
    for order in meant:
        if order.live:
            engine.cancel(CancelOrder(account, symbol, order.venue_order_id), journal)
