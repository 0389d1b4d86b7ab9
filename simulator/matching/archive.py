"""Every accepted order and every fill, found by id, by client order id and by account."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.commands import AmendOrder, CancelOrder
from fillproof.simulator.vocabulary.reports import ExecutionReport


class _Shelf(Struct, eq=False):
    """One account's orders: live ones by market and id, oldest first, ended ones as they ended.

    `names` has the latest order of each client order id, which is the live one if one is live, and
    `namesakes` those of the same id before it, in order of naming.
    """

    live: dict[str, dict[int, Order]] = {}
    ended: deque[Order] = field(default_factory=deque)
    names: dict[str, Order] = {}
    namesakes: dict[str, list[Order]] = {}


class Archive:
    """Orders with their trades. Of an account's ended orders, so many as are kept are known.

    The one that ended first is forgotten first, with its fills: it is then as one that never was.
    """

    __slots__ = ("_kept_orders", "_shelves", "by_id", "trades")

    def __init__(self, kept_orders: int | None) -> None:
        self.by_id: dict[int, Order] = {}
        self.trades: dict[int, Trade] = {}
        self._shelves: dict[str, _Shelf] = {}
        self._kept_orders = kept_orders

    def add(self, order: Order) -> None:
        """Keep a newly accepted, live order."""
        terms, number = order.terms, order.venue_order_id
        try:
            shelf = self._shelves[terms.account]
            live = shelf.live[terms.symbol]
        except KeyError:
            shelf = self._shelves.setdefault(terms.account, _Shelf())
            live = shelf.live.setdefault(terms.symbol, {})
        self.by_id[number] = live[number] = order
        if shelf.names.setdefault(terms.client_order_id, order) is not order:
            _name(shelf, order)

    def close(self, order: Order) -> None:
        """Note that an order is live no more."""
        shelf = self._shelves[order.terms.account]
        del shelf.live[order.terms.symbol][order.venue_order_id]
        shelf.ended.append(order)
        if self._kept_orders is not None and len(shelf.ended) > self._kept_orders:
            self._forget(shelf, shelf.ended.popleft())

    def _forget(self, shelf: _Shelf, order: Order) -> None:
        del self.by_id[order.venue_order_id]
        _unname(shelf, order)
        for fill in order.fills:
            assert fill.trade_id is not None, "a fill is of a trade"
            self.trades.pop(fill.trade_id, None)

    def rename(self, order: Order, client_order_id: str) -> None:
        """Name an order, under which it is the latest; its old name is free."""
        shelf = self._shelves[order.terms.account]
        _unname(shelf, order)
        order.terms = replace(order.terms, client_order_id=client_order_id)
        _name(shelf, order)

    def reopen(self, order: Order) -> None:
        """Note that an ended order is live again, as the latest of its name."""
        self.rename(order, order.terms.client_order_id)
        shelf = self._shelves[order.terms.account]
        shelf.ended.remove(order)
        live = {**shelf.live[order.terms.symbol], order.venue_order_id: order}
        shelf.live[order.terms.symbol] = dict(sorted(live.items()))

    def is_open(self, account: str, client_order_id: str) -> bool:
        """Return whether the account has a live order of that name: only its latest can be."""
        shelf = self._shelves.get(account)
        named = None if shelf is None else shelf.names.get(client_order_id)
        return named is not None and named.live

    def latest(self, account: str, client_order_id: str, symbol: str | None) -> Order | None:
        """Return the latest order of that name; if one is live, it is the latest."""
        shelf = self._shelves.get(account)
        if shelf is None:
            return None
        order = shelf.names.get(client_order_id)
        if order is None or symbol is None or order.terms.symbol == symbol:
            return order
        for namesake in reversed(shelf.namesakes.get(client_order_id, ())):
            if namesake.terms.symbol == symbol:
                return namesake
        return None

    def named(self, command: CancelOrder | AmendOrder) -> Order | None:
        """Return the order that is meant: all that it states must be true of the order."""
        name = command.client_order_id
        if command.venue_order_id is None:
            return None if name is None else self.latest(command.account, name, command.symbol)
        order = self.by_id.get(command.venue_order_id)
        if order is None:
            return None
        its = order.terms
        is_meant = (its.account, its.symbol) == (command.account, command.symbol)
        return order if is_meant and name in (None, its.client_order_id) else None

    def of(self, account: str, symbol: str | None, *, open_only: bool) -> list[Order]:
        """Return an account's orders, oldest first."""
        shelf = self._shelves.get(account)
        if shelf is None:
            return []
        markets = shelf.live if symbol is None else (symbol,)
        found = [order for market in markets for order in shelf.live.get(market, {}).values()]
        if not open_only:
            found += [order for order in shelf.ended if symbol in (None, order.terms.symbol)]
        return sorted(found, key=lambda order: order.venue_order_id)

    def live(self) -> Iterator[Order]:
        """Yield every live order."""
        for shelf in self._shelves.values():
            for orders in shelf.live.values():
                yield from orders.values()

    def fills(self, account: str, symbol: str) -> tuple[ExecutionReport, ...]:
        """Return an account's Trade reports in one market as they are true now, oldest first."""
        found = [
            fill for order in self.of(account, symbol, open_only=False) for fill in order.fills
        ]
        return tuple(sorted(found, key=lambda fill: fill.execution_id))


def _name(shelf: _Shelf, order: Order) -> None:
    name = order.terms.client_order_id
    if name in shelf.names:
        shelf.namesakes.setdefault(name, []).append(shelf.names[name])
    shelf.names[name] = order


def _unname(shelf: _Shelf, order: Order) -> None:
    name = order.terms.client_order_id
    namesakes = shelf.namesakes.get(name)
    if shelf.names[name] is not order:
        shelf.namesakes[name].remove(order)
    elif namesakes:
        shelf.names[name] = namesakes.pop()
    else:
        del shelf.names[name]
    if namesakes == []:
        del shelf.namesakes[name]
