"""What somebody knows who heard every report: each order, its trades, balances and the book."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Side
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    ExecutionReport,
    LevelChanged,
    Report,
)

_LIVE = {OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED, OrderStatus.PENDING_CANCEL}


class Folded:
    """The last word on everything."""

    def __init__(self) -> None:
        self.orders: dict[int, ExecutionReport] = {}
        self.trades: dict[tuple[int, int], int] = {}
        self.balances: dict[tuple[str, str], tuple[int, int]] = {}
        self.levels: dict[tuple[Side, int], int] = {}
        self.executions: set[int] = set()

    def hear(self, reports: Iterable[Report]) -> None:
        """Take reports in; raises AssertionError where one contradicts those before it."""
        for report in reports:
            match report:
                case ExecutionReport():
                    assert report.execution_id not in self.executions, "an id is given once"
                    self.executions.add(report.execution_id)
                    self._hear_of_order(report)
                case BalanceChanged():
                    key = report.account, report.asset
                    self.balances[key] = report.free_units, report.locked_units
                case LevelChanged():
                    self.levels[report.side, report.price_ticks] = report.quantity_lots
                case _:
                    continue

    def _hear_of_order(self, report: ExecutionReport) -> None:
        number = report.venue_order_id
        if number == 0:
            return
        key = number, report.trade_id or 0
        if report.execution_type is ExecutionType.TRADE:
            assert key not in self.trades, "a trade happens once"
            self.trades[key] = report.last_quantity_lots or 0
        if report.execution_type is ExecutionType.TRADE_CANCEL:
            assert self.trades.pop(key) == report.last_quantity_lots, "as it was"
        filled = sum(lots for (one, _), lots in self.trades.items() if one == number)
        assert report.cumulative_quantity_lots == filled, "cumulative is the sum of what stands"
        rest = report.quantity_lots - filled if report.order_status in _LIVE else 0
        assert report.leaves_quantity_lots == rest, "a live order leaves what is not filled"
        self.orders[number] = report

    def compare(self, exchange: Exchange, accounts: Iterable[str], symbol: str) -> None:
        """Raise AssertionError where an exchange is not what its reports said."""
        for account in accounts:
            for view in exchange.orders(account):
                self._compare_order(view)
            fills = {(f.venue_order_id, f.trade_id or 0) for f in exchange.fills(account, symbol)}
            own = {o for o, r in self.orders.items() if r.account == account}
            assert fills == {key for key in self.trades if key[0] in own}
            for asset, units in exchange.balances(account).items():
                assert self.balances[account, asset] == units, (account, asset)
        bids, asks = exchange.depth(symbol)
        for side, book in ((Side.BUY, bids), (Side.SELL, asks)):
            told = {t: lots for (s, t), lots in self.levels.items() if s is side and lots}
            assert told == dict(book), side

    def _compare_order(self, view: OrderView) -> None:
        last = self.orders[view.venue_order_id]
        said = last.order_status, last.cumulative_quantity_lots, last.leaves_quantity_lots
        is_so = view.order_status, view.cumulative_quantity_lots, view.leaves_quantity_lots
        assert said == is_so, (view.client_order_id, said, is_so)
        assert (last.quantity_lots, last.is_working) == (view.quantity_lots, view.is_working)
