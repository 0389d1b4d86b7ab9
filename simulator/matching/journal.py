"""What one command did, in the order it happened: execution reports, then balances and levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from fillproof.simulator.matching.accounts import Balance
from fillproof.simulator.matching.book import Level
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason, Side
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    BalanceChanged,
    CancelRefused,
    ExecutionReport,
    Impossible,
    LevelChanged,
    PhaseChanged,
    Report,
    TradePrinted,
)


@dataclass(frozen=True, slots=True)
class Half:
    """One order's half of a trade; a report that is no Trade has a half of nothing."""

    quantity_lots: int | None = None
    price_ticks: int | None = None
    quote_units: int | None = None
    trade_id: int | None = None
    is_maker: bool | None = None
    fee_units: int | None = None
    fee_asset: str | None = None


_NO_FILL = Half()


class Journal:
    """Collects the reports of one command; `close` returns them."""

    __slots__ = ("_balances", "_execution_ids", "_levels", "_reports", "now_ns")

    def __init__(self, now_ns: int, execution_ids: Iterator[int]) -> None:
        self.now_ns = now_ns
        self._execution_ids = execution_ids
        self._reports: list[Report] = []
        # Dicts keep the order of first touch, and each is reported once. A level that went and came
        # again in one command is another Level at the same place.
        self._balances: dict[Balance, None] = {}
        self._levels: dict[tuple[str, Side, int], Level] = {}

    def touch_balance(self, balance: Balance) -> None:
        """Report this balance at the end."""
        self._balances[balance] = None

    def touch_level(self, level: Level) -> None:
        """Report this level at the end."""
        self._levels[level.symbol, level.side, level.price_ticks] = level

    def say(
        self, report: CancelRefused | AmendRefused | Impossible | PhaseChanged | TradePrinted
    ) -> None:
        """Report something that is about no order of its own."""
        self._reports.append(report)

    def refused(self, command: PlaceOrder, reason: Reason) -> None:
        """Report that an order never entered."""
        never_entered = Order(
            command=command,
            venue_order_id=0,
            order_time_ns=self.now_ns,
            update_time_ns=self.now_ns,
            leaves_lots=0,
            locked_units=0,
            status=OrderStatus.REJECTED,
            reason=reason,
            live=False,
        )
        self.changed(never_entered, ExecutionType.REJECTED)

    def changed(self, order: Order, execution_type: ExecutionType) -> None:
        """Report an order as it is after a change other than a fill."""
        self._reports.append(self._report(order, execution_type, order.reason, _NO_FILL))

    def filled(self, order: Order, half: Half) -> ExecutionReport:
        """Report an order as it is after a fill, and return that report."""
        report = self._report(order, ExecutionType.TRADE, Reason.NONE, half)
        self._reports.append(report)
        return report

    def replaced(self, order: Order, original_client_order_id: str) -> None:
        """Report an order as its client has changed it."""
        report = self._report(order, ExecutionType.REPLACED, Reason.NONE, _NO_FILL)
        self._reports.append(replace(report, original_client_order_id=original_client_order_id))

    def prevented(self, order: Order, quantity_lots: int) -> None:
        """Report an order as it is after self-trade prevention took a quantity from it."""
        execution_type = ExecutionType.RESTATED if order.live else ExecutionType.EXPIRED
        report = self._report(order, execution_type, Reason.SELF_TRADE_PREVENTION, _NO_FILL)
        self._reports.append(replace(report, last_prevented_quantity_lots=quantity_lots))

    def revised(self, order: Order, execution_type: ExecutionType, half: Half) -> None:
        """Report an order as it is after the venue took back or corrected one of its fills."""
        self._reports.append(self._report(order, execution_type, Reason.BY_VENUE, half))

    def restated(self, order: Order, reason: Reason) -> None:
        """Report an order as the venue has changed it."""
        self._reports.append(self._report(order, ExecutionType.RESTATED, reason, _NO_FILL))

    def _report(
        self, order: Order, execution_type: ExecutionType, reason: Reason, half: Half
    ) -> ExecutionReport:
        command = order.command
        return ExecutionReport(
            execution_id=next(self._execution_ids),
            execution_type=execution_type,
            order_status=order.status,
            account=command.account,
            client_order_id=command.client_order_id,
            venue_order_id=order.venue_order_id,
            symbol=command.symbol,
            side=command.side,
            order_type=command.order_type,
            time_in_force=command.time_in_force,
            post_only=command.post_only,
            quantity_lots=command.quantity_lots,
            price_ticks=command.price_ticks,
            cumulative_quantity_lots=order.cumulative_lots,
            leaves_quantity_lots=order.leaves_lots,
            cumulative_quote_units=order.cumulative_quote_units,
            transact_time_ns=self.now_ns,
            order_time_ns=order.order_time_ns,
            reason=reason,
            last_quantity_lots=half.quantity_lots,
            last_price_ticks=half.price_ticks,
            last_quote_units=half.quote_units,
            trade_id=half.trade_id,
            is_maker=half.is_maker,
            fee_units=half.fee_units,
            fee_asset=half.fee_asset,
            self_trade_prevention=command.self_trade_prevention,
            prevented_quantity_lots=order.prevented_lots,
        )

    def close(self) -> tuple[Report, ...]:
        """Return all reports."""
        reports = self._reports
        reports.extend(
            BalanceChanged(b.account, b.asset, b.free_units, b.locked_units) for b in self._balances
        )
        reports.extend(
            LevelChanged(level.symbol, level.side, level.price_ticks, level.quantity_lots)
            for level in self._levels.values()
        )
        return tuple(reports)
