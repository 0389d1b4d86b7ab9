"""Self-trade prevention: what an order meets of its own account does not trade with it."""

from __future__ import annotations

from fillproof.simulator.matching.book import BookSide, Sweep
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import SelfTradePrevention

_STOPPING = (SelfTradePrevention.EXPIRE_TAKER, SelfTradePrevention.EXPIRE_BOTH)


def is_prevented(taker: Order, maker: Order) -> bool:
    """Return whether these two must not trade with each other: the taker's word decides."""
    return (
        taker.terms.self_trade_prevention is not SelfTradePrevention.NONE
        and taker.terms.account == maker.terms.account
    )


def prevented_lots(taker: Order, maker: Order) -> tuple[int, int]:
    """Return how many lots the maker and the taker lose instead of trading."""
    smaller = min(maker.leaves_lots, taker.leaves_lots)
    return {
        SelfTradePrevention.NONE: (0, 0),
        SelfTradePrevention.EXPIRE_TAKER: (0, taker.leaves_lots),
        SelfTradePrevention.EXPIRE_MAKER: (maker.leaves_lots, 0),
        SelfTradePrevention.EXPIRE_BOTH: (maker.leaves_lots, taker.leaves_lots),
        SelfTradePrevention.DECREMENT: (smaller, smaller),
        SelfTradePrevention.TRANSFER: (smaller, smaller),
    }[taker.terms.self_trade_prevention]


def sweep_others(command: PlaceOrder, makers: BookSide) -> Sweep:
    """Return what an order with self-trade prevention would trade with, and change nothing."""
    mode, rest = command.self_trade_prevention, command.quantity_lots
    found = cost = last = 0
    for order in makers.orders_within(command.price_ticks):
        is_own = order.terms.account == command.account
        if rest == 0 or (is_own and mode in _STOPPING):
            break
        if is_own and mode is SelfTradePrevention.EXPIRE_MAKER:
            continue
        lots = min(order.leaves_lots, rest)
        rest -= lots
        if not is_own:
            last = order.terms.price_ticks or 0
            found += lots
            cost += lots * last
    return Sweep(found, cost, last)
