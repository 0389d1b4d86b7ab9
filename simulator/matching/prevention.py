"""Self-trade prevention: what an order meets of its own side does not trade with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from msgspec import Struct

from fillproof.simulator.matching.book import BookSide, Sweep
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import SelfTradePrevention

_STOPPING = (SelfTradePrevention.EXPIRE_TAKER, SelfTradePrevention.EXPIRE_BOTH)
_TRANSFER = SelfTradePrevention.TRANSFER


class TradeGroups:
    """Which accounts count as one: each with itself, and all of one group."""

    __slots__ = ("_groups",)

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = dict(groups)

    def same(self, one: str, other: str) -> bool:
        """Return whether two accounts must not trade with each other when one objects."""
        if one == other:
            return True
        group = self._groups.get(one)
        return group is not None and group == self._groups.get(other)


class Prevented(Struct, frozen=True):
    """A match that did not happen: its number, and what would have traded at what price."""

    prevented_match_id: int
    maker: Order
    taker: Order
    quantity_lots: int
    price_ticks: int


def prevented_lots(taker: Order, maker: Order, smaller_lots: int) -> tuple[int, int]:
    """Return how many lots the maker and the taker lose instead of trading."""
    return {
        SelfTradePrevention.NONE: (0, 0),
        SelfTradePrevention.EXPIRE_TAKER: (0, taker.leaves_lots),
        SelfTradePrevention.EXPIRE_MAKER: (maker.leaves_lots, 0),
        SelfTradePrevention.EXPIRE_BOTH: (maker.leaves_lots, taker.leaves_lots),
        SelfTradePrevention.DECREMENT: (smaller_lots, smaller_lots),
        SelfTradePrevention.TRANSFER: (smaller_lots, smaller_lots),
    }[taker.terms.self_trade_prevention]


def transfers(taker: PlaceOrder, maker: PlaceOrder) -> bool:
    """Return whether what these two do not trade changes hands all the same."""
    both = taker.self_trade_prevention is _TRANSFER and maker.self_trade_prevention is _TRANSFER
    return both and taker.account != maker.account


def sweep_others(terms: PlaceOrder, makers: BookSide, groups: TradeGroups) -> Sweep:
    """Return what an order with self-trade prevention would trade with, and change nothing.

    Its cost has what a transfer costs too.
    """
    mode, rest = terms.self_trade_prevention, terms.quantity_lots
    found = cost = last = 0
    for level in makers.within(terms.price_ticks):
        queue = deque((order, order.shown_lots, order.hidden_lots) for order in level.in_order())
        while queue and rest:
            order, shown, hidden = queue.popleft()
            is_own = groups.same(terms.account, order.terms.account)
            if is_own and mode in _STOPPING:
                return Sweep(found, cost, last)
            if is_own and mode is SelfTradePrevention.EXPIRE_MAKER:
                continue
            lots = min(shown, rest)
            rest -= lots
            if not is_own:
                last = level.price_ticks
                found += lots
            if not is_own or transfers(terms, order.terms):
                cost += lots * level.price_ticks
            if hidden:
                part = min(hidden, order.terms.display_quantity_lots or hidden)
                queue.append((order, part, hidden - part))
    return Sweep(found, cost, last)


def affordable_lots(
    terms: PlaceOrder, makers: BookSide, groups: TradeGroups, tick_lots: int
) -> int:
    """Return the most lots that an order without a limit meets for so many ticks times lots.

    What it meets of its own counts, unless that would get out of its way.
    """
    skips_own = terms.self_trade_prevention is SelfTradePrevention.EXPIRE_MAKER
    found = 0
    for level in makers:
        offered = level.quantity_lots + level.hidden_lots
        if skips_own:
            offered -= sum(
                order.leaves_lots
                for order in level.in_order()
                if groups.same(terms.account, order.terms.account)
            )
        lots = min(offered, tick_lots // level.price_ticks)
        found += lots
        tick_lots -= lots * level.price_ticks
        if lots < offered:
            break
    return found
