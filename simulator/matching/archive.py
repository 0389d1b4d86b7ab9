"""Every accepted order and every fill, found by id, by client order id and by account."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from fillproof.simulator.matching.clearing import Trade
from fillproof.simulator.matching.journal import Half
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import AmendOrder, CancelOrder
from fillproof.simulator.vocabulary.reports import ExecutionReport


class Archive:
    """Orders in order of acceptance. Among an account's live orders a client order id is unique."""

    __slots__ = ("_by_account", "_by_client", "_fills", "_open", "by_id", "trades")

    def __init__(self) -> None:
        self.by_id: dict[int, Order] = {}
        self.trades: dict[int, Trade] = {}
        self._by_client: dict[tuple[str, str], list[Order]] = {}
        self._by_account: dict[str, list[Order]] = {}
        self._open: dict[str, dict[int, Order]] = {}
        self._fills: dict[tuple[str, str], list[ExecutionReport]] = {}

    def add(self, order: Order) -> None:
        """Keep a newly accepted, live order."""
        account, client_order_id = order.command.account, order.command.client_order_id
        assert not self.is_open(account, client_order_id), "duplicates are refused before"
        self.by_id[order.venue_order_id] = order
        self._by_client.setdefault((account, client_order_id), []).append(order)
        self._by_account.setdefault(account, []).append(order)
        self._open.setdefault(account, {})[order.venue_order_id] = order

    def close(self, order: Order) -> None:
        """Note that an order is live no more."""
        del self._open[order.command.account][order.venue_order_id]

    def rename(self, order: Order, client_order_id: str) -> None:
        """Name an order, under which it is the latest; its old name is free."""
        account = order.command.account
        self._by_client[account, order.command.client_order_id].remove(order)
        order.command = replace(order.command, client_order_id=client_order_id)
        self._by_client.setdefault((account, client_order_id), []).append(order)

    def reopen(self, order: Order) -> None:
        """Note that an ended order is live again, as the latest of its name."""
        account = order.command.account
        self.rename(order, order.command.client_order_id)
        opened = {**self._open[account], order.venue_order_id: order}
        self._open[account] = dict(sorted(opened.items()))

    def revise_fill(self, order: Order, trade_id: int, half: Half | None) -> None:
        """Change what a Trade report says of its fill, or forget the report."""
        fills = self._fills[order.command.account, order.command.symbol]
        wanted = (order.venue_order_id, trade_id)
        at = [(fill.venue_order_id, fill.trade_id) for fill in fills].index(wanted)
        if half is None:
            del fills[at]
            return
        fills[at] = replace(
            fills[at],
            last_quantity_lots=half.quantity_lots,
            last_price_ticks=half.price_ticks,
            last_quote_units=half.quote_units,
            fee_units=half.fee_units,
        )

    def add_fill(self, report: ExecutionReport) -> None:
        """Keep a Trade report."""
        self._fills.setdefault((report.account, report.symbol), []).append(report)

    def is_open(self, account: str, client_order_id: str) -> bool:
        """Return whether the account has a live order of that name: only its latest can be."""
        orders = self._by_client.get((account, client_order_id), [])
        return bool(orders) and orders[-1].live

    def latest(self, account: str, client_order_id: str, symbol: str | None) -> Order | None:
        """Return the latest order of that name; if one is live, it is the latest."""
        for order in reversed(self._by_client.get((account, client_order_id), ())):
            if symbol is None or order.command.symbol == symbol:
                return order
        return None

    def named(self, command: CancelOrder | AmendOrder) -> Order | None:
        """Return the order that is meant: all that it states must be true of the order."""
        if command.venue_order_id is not None:
            order = self.by_id.get(command.venue_order_id)
        elif command.client_order_id is not None:
            order = self.latest(command.account, command.client_order_id, command.symbol)
        else:
            return None
        if order is None:
            return None
        its = order.command
        states_other_name = command.client_order_id not in (None, its.client_order_id)
        if (its.account, its.symbol) != (command.account, command.symbol) or states_other_name:
            return None
        return order

    def of(self, account: str, symbol: str | None, *, open_only: bool) -> list[Order]:
        """Return an account's orders, oldest first."""
        found = (
            self._open.get(account, {}).values() if open_only else self._by_account.get(account, ())
        )
        return [order for order in found if symbol is None or order.command.symbol == symbol]

    def live(self) -> Iterator[Order]:
        """Yield every live order."""
        for orders in self._open.values():
            yield from orders.values()

    def fills(self, account: str, symbol: str) -> tuple[ExecutionReport, ...]:
        """Return an account's Trade reports in one market as they are true now, oldest first."""
        return tuple(self._fills.get((account, symbol), ()))
