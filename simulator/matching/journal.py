"""What one command did, in the order it happened: execution reports, then balances and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fillproof.simulator.matching.accounts import Balance
from fillproof.simulator.matching.book import Level
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.positions import Settled
from fillproof.simulator.matching.prevention import Prevented
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    BalanceChanged,
    CancelRefused,
    Deposited,
    ExecutionReport,
    Impossible,
    LevelChanged,
    ListChanged,
    ListRefused,
    PhaseChanged,
    Report,
    TradePrinted,
)

_NEW, _NEW_ORDER = ExecutionType.NEW, OrderStatus.NEW


class Journal(Struct, eq=False, gc=False):
    """Collects the reports of one command, for which it lives; `close` returns them.

    `balances` and `levels` are what the command touches, put there by whoever changes one, as often
    as it does. Each is reported once, in the order of first touch. A level that went and came again
    in one command is another Level of the same key.
    """

    now_ns: int
    execution_ids: Iterator[int]
    reports: list[Report] = []
    balances: list[Balance] = []
    levels: list[Level] = []

    def say(
        self,
        report: CancelRefused
        | AmendRefused
        | ListChanged
        | ListRefused
        | Deposited
        | Impossible
        | PhaseChanged
        | TradePrinted,
    ) -> None:
        """Report something that is about no order of its own."""
        self.reports.append(report)

    def refused(self, terms: PlaceOrder, reason: Reason) -> None:
        """Report that an order never entered."""
        self.reports.append(
            ExecutionReport(
                execution_id=next(self.execution_ids),
                execution_type=ExecutionType.REJECTED,
                order_status=OrderStatus.REJECTED,
                terms=terms,
                venue_order_id=0,
                cumulative_quantity_lots=0,
                leaves_quantity_lots=0,
                cumulative_quote_units=0,
                transact_time_ns=self.now_ns,
                order_time_ns=self.now_ns,
                reason=reason,
            )
        )

    def accepted(self, order: Order) -> None:
        """Report a new order that goes to the book, as `told` would; most reports are this one."""
        now_ns = self.now_ns
        self.reports.append(
            ExecutionReport(
                next(self.execution_ids),
                _NEW,
                _NEW_ORDER,
                order.terms,
                order.venue_order_id,
                0,  # cumulative_quantity_lots
                order.leaves_lots,
                0,  # cumulative_quote_units
                now_ns,  # transact_time_ns
                now_ns,  # order_time_ns
                working_time_ns=now_ns,
            )
        )

    def told(self, order: Order, execution_type: ExecutionType, reason: Reason) -> ExecutionReport:
        """Report an order as it is after what happened to it, and return that report."""
        report = ExecutionReport(
            next(self.execution_ids),
            execution_type,
            order.status,
            order.terms,
            order.venue_order_id,
            order.cumulative_lots,
            order.leaves_lots,
            order.cumulative_quote_units,
            self.now_ns,
            order.order_time_ns,
            reason,
            order.prevented_lots,
            order.trigger_price_ticks,
            order.trailing_time_ns,
            not order.waits,
            order.working_time_ns,
            order.order_list_id,
        )
        self.reports.append(report)
        return report

    def filled(
        self,
        order: Order,
        execution_type: ExecutionType,
        reason: Reason,
        trade: Trade,
        fee_units: int,
        fee_asset: str,
    ) -> ExecutionReport:
        """Report what happened to one order's half of a trade, and return that report."""
        report = ExecutionReport(
            next(self.execution_ids),
            execution_type,
            order.status,
            order.terms,
            order.venue_order_id,
            order.cumulative_lots,
            order.leaves_lots,
            order.cumulative_quote_units,
            self.now_ns,
            order.order_time_ns,
            reason,
            order.prevented_lots,
            order.trigger_price_ticks,
            order.trailing_time_ns,
            True,
            order.working_time_ns,
            order.order_list_id,
            trade.quantity_lots,
            trade.price_ticks,
            trade.quote_units,
            trade.trade_id,
            order is trade.maker,
            fee_units,
            fee_asset,
        )
        self.reports.append(report)
        return report

    def settled(self, order: Order, trade: Trade, settled: Settled) -> ExecutionReport:
        """Report one order's half of a trade of contracts, and return that report."""
        paid_in = trade.market.quote
        self.filled(order, ExecutionType.TRADE, Reason.NONE, trade, settled.fee_units, paid_in)
        return self._add_to_last(
            start_position_lots=settled.start_lots, realized_units=settled.gained_units
        )

    def replaced(self, order: Order, was: PlaceOrder) -> ExecutionReport:
        """Report an order as its client has changed it, and return that report."""
        self.told(order, ExecutionType.REPLACED, Reason.NONE)
        return self._add_to_last(
            original_client_order_id=was.client_order_id, original_quantity_lots=was.quantity_lots
        )

    def _add_to_last(self, **more: Any) -> ExecutionReport:
        """Say more in the last report than most reports do, and return it."""
        last = self.reports[-1]
        assert isinstance(last, ExecutionReport), "what was just told is of an order"
        self.reports[-1] = report = replace(last, **more)
        return report

    def prevented(self, order: Order, quantity_lots: int, match: Prevented) -> ExecutionReport:
        """Report an order as it is after self-trade prevention took a quantity from it."""
        is_maker = order is match.maker
        self.told(
            order,
            ExecutionType.RESTATED if order.live else ExecutionType.EXPIRED,
            Reason.SELF_TRADE_PREVENTION,
        )
        return self._add_to_last(
            last_quantity_lots=match.quantity_lots,
            last_price_ticks=match.price_ticks,
            is_maker=is_maker,
            last_prevented_quantity_lots=quantity_lots,
            prevented_match_id=match.prevented_match_id,
            counter_order_id=(match.taker if is_maker else match.maker).venue_order_id,
        )

    def close(self) -> tuple[Report, ...]:
        """Return all reports."""
        balances: Iterable[Balance] = self.balances
        levels: Iterable[Level] = self.levels
        if len(self.balances) > 1:
            balances = dict.fromkeys(balances)
        if len(self.levels) > 1:
            # Of each key the last Level, in the order in which the first ones came.
            levels = {level.key: level for level in levels}.values()
        report = self.reports.append
        for owned in balances:
            report(BalanceChanged(owned.account, owned.asset, owned.free_units, owned.locked_units))
        for level in levels:
            report(LevelChanged(level.symbol, level.side, level.price_ticks, level.quantity_lots))
        return tuple(self.reports)
