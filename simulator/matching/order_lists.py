"""Orders that hang together: which of them works, which waits, and who ends with whom."""

from __future__ import annotations

from collections import deque
from itertools import count

from msgspec import Struct, field

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import CancelOrderList, PlaceOrderList
from fillproof.simulator.vocabulary.orders import ContingencyType, ListStatus
from fillproof.simulator.vocabulary.reports import ListChanged

PAIRED = (ContingencyType.OCO, ContingencyType.OTOCO, ContingencyType.OPOCO)
"""Lists whose last two orders are an OCO."""

ON_PROCEEDS = (ContingencyType.OPO, ContingencyType.OPOCO)
"""Lists whose pending orders sell what the first has bought."""


class OrderList(Struct, eq=False):
    """A list that was accepted. Its orders may outlive it only when a bust brings one back.

    `first` is the working order that others wait for, until it is full; `pair` an OCO of which
    neither leg has traded or triggered; both are None when the list has no say any more.
    """

    order_list_id: int
    command: PlaceOrderList
    orders: tuple[Order, ...]
    since_ns: int
    first: Order | None = None
    pair: tuple[Order, Order] | None = None
    done: bool = False

    def pending(self) -> tuple[Order, ...]:
        """Return the orders that wait for the first."""
        return self.orders[1:]

    def decided_by(self, order: Order) -> Order | None:
        """Settle an OCO in favour of one leg that is up; return the other, which must end."""
        if self.pair is None or self.first is not None or order not in self.pair:
            return None
        above, below = self.pair
        self.pair = None
        return below if order is above else above

    def dissolved_by(self, order: Order) -> list[Order]:
        """Return the live orders that an end of this one ends too, and let the list have no say.

        An order that a bust brought back depends on no other, and no other on it.
        """
        together = self.pair or () if self.first is None else self.orders
        if order not in together:
            return []
        self.first = self.pair = None
        return [other for other in self.orders if other.live and other is not order]

    def is_over(self) -> bool:
        """Return whether no order of the list is live."""
        return not any(order.live for order in self.orders)

    def told(self, now_ns: int) -> ListChanged:
        """Return the list as it stands."""
        command = self.command
        return ListChanged(
            account=command.account,
            symbol=command.symbol,
            order_list_id=self.order_list_id,
            list_client_order_id=command.list_client_order_id,
            contingency=command.contingency,
            list_status=ListStatus.ALL_DONE if self.done else ListStatus.EXECUTING,
            orders=tuple((o.venue_order_id, o.terms.client_order_id) for o in self.orders),
            transact_time_ns=now_ns,
        )


class _Shelf(Struct, eq=False):
    """One account's lists: live ones, ended ones as they ended, and the latest of each name."""

    live: dict[int, OrderList] = {}
    ended: deque[OrderList] = field(default_factory=deque)
    names: dict[str, OrderList] = {}


class OrderLists:
    """All lists; of an account's ended ones, so many as of its ended orders are known."""

    __slots__ = ("_ids", "_kept", "_shelves", "by_id")

    def __init__(self, kept: int | None) -> None:
        self.by_id: dict[int, OrderList] = {}
        self._shelves: dict[str, _Shelf] = {}
        self._ids = count(1)
        self._kept = kept

    def next_id(self) -> int:
        """Return the number of a new list."""
        return next(self._ids)

    def add(self, order_list: OrderList) -> None:
        """Keep a newly accepted list."""
        number, command = order_list.order_list_id, order_list.command
        shelf = self._shelves.setdefault(command.account, _Shelf())
        self.by_id[number] = shelf.live[number] = order_list
        shelf.names[command.list_client_order_id] = order_list

    def end(self, order_list: OrderList) -> None:
        """Note that a list is done."""
        order_list.done = True
        shelf = self._shelves[order_list.command.account]
        del shelf.live[order_list.order_list_id]
        shelf.ended.append(order_list)
        if self._kept is not None and len(shelf.ended) > self._kept:
            forgotten = shelf.ended.popleft()
            del self.by_id[forgotten.order_list_id]
            name = forgotten.command.list_client_order_id
            if shelf.names[name] is forgotten:
                del shelf.names[name]

    def is_pending(self, order: Order) -> bool:
        """Return whether an order waits for the first of its list."""
        order_list = self.by_id.get(order.order_list_id or 0)
        first = None if order_list is None else order_list.first
        return first is not None and order is not first

    def of(self, account: str, *, open_only: bool) -> list[OrderList]:
        """Return an account's lists, oldest first."""
        shelf = self._shelves.get(account)
        if shelf is None:
            return []
        found = list(shelf.live.values())
        if not open_only:
            found = sorted([*shelf.ended, *found], key=lambda known: known.order_list_id)
        return found

    def find(
        self, account: str, order_list_id: int | None, list_client_order_id: str | None
    ) -> OrderList | None:
        """Return the list of which all that is stated is true; of a name, the latest."""
        shelf = self._shelves.get(account)
        if shelf is None:
            return None
        if order_list_id is None:
            return shelf.names.get(list_client_order_id or "")
        found = self.by_id.get(order_list_id)
        if found is None or found.command.account != account:
            return None
        name = found.command.list_client_order_id
        return found if list_client_order_id in (None, name) else None

    def meant(self, command: CancelOrderList) -> OrderList | None:
        """Return the live list that a cancel means."""
        found = self.find(command.account, command.order_list_id, command.list_client_order_id)
        if found is None or found.done or found.command.symbol != command.symbol:
            return None
        return found
