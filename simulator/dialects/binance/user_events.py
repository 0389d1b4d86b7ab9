"""User data events: what one account hears of a batch of engine reports."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.dialects.binance import words
from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.rules import STP_MODES
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus
from fillproof.simulator.vocabulary.reports import BalanceChanged, ExecutionReport, Report

_WORDS: dict[ExecutionType, str] = {
    ExecutionType.NEW: "NEW",
    ExecutionType.TRADE: "TRADE",
    ExecutionType.CANCELED: "CANCELED",
    ExecutionType.EXPIRED: "EXPIRED",
    ExecutionType.REJECTED: "REJECTED",
    ExecutionType.PENDING_CANCEL: "CANCELED",
}
"""A pending cancel is only told by a gateway that announces it, as the cancel itself."""

_ZERO = "0.00000000"
_ON_BOOK = frozenset({"NEW", "PARTIALLY_FILLED"})


def user_events(desk: Desk, account: str, reports: Sequence[Report], now_ns: int) -> list[Json]:
    """Return the order events as they happened, then one event with the changed balances."""
    events = [
        _execution_report(desk, report, now_ns)
        for report in reports
        if isinstance(report, ExecutionReport)
        and report.account == account
        and _is_told(desk, report)
    ]
    changed = {
        report.asset: report
        for report in reports
        if isinstance(report, BalanceChanged) and report.account == account
    }
    if changed:
        events.append(_account_position(list(changed.values()), now_ns))
    return events


def _is_told(desk: Desk, report: ExecutionReport) -> bool:
    """A refusal is only answered; an announced cancel is told when asked, and only fills after."""
    if report.venue_order_id == 0:
        return False
    announced = desk.was_announced(report.venue_order_id)
    if report.execution_type is ExecutionType.PENDING_CANCEL:
        return announced
    return report.execution_type is ExecutionType.TRADE or not announced


def _execution_report(desk: Desk, report: ExecutionReport, now_ns: int) -> Json:
    market = desk.markets.traded(report.symbol)
    word = _WORDS[report.execution_type]
    canceled = word == "CANCELED"
    status = desk.status(report)
    cancel_id = desk.cancel_id(report.venue_order_id) if canceled else ""
    event = {
        "e": "executionReport",
        "E": words.moment(now_ns),
        "s": market.symbol,
        "c": cancel_id if canceled else report.client_order_id,
        **_order_fields(market, report),
        "C": report.client_order_id if canceled else "",
        "x": word,
        "X": status,
        "r": _reject_reason(report),
        "i": report.venue_order_id,
        **_fill_fields(market, report),
        "I": report.execution_id,
        "w": status in _ON_BOOK,
        "m": bool(report.is_maker),
        "M": report.execution_type is ExecutionType.TRADE,
        "O": words.moment(report.order_time_ns),
        "Z": money(report.cumulative_quote_units),
        "Y": money(report.last_quote_units or 0),
        "Q": _ZERO,
        "W": words.moment(report.order_time_ns),
        "V": STP_MODES[0],
    }
    if report.execution_type is ExecutionType.EXPIRED:
        event["eR"] = words.expiry_reason(report.reason)
    return event


def _order_fields(market: Market, report: ExecutionReport) -> dict[str, Json]:
    return {
        "S": str(report.side),
        "o": words.order_type(report),
        "f": words.time_in_force(report),
        "q": market.quantity(report.quantity_lots),
        "p": market.price(report.price_ticks),
        "P": _ZERO,
        "F": _ZERO,
        "g": words.NO_LIST,
    }


def _fill_fields(market: Market, report: ExecutionReport) -> dict[str, Json]:
    """Return the last fill, all zero or null when this is none."""
    is_fill = report.execution_type is ExecutionType.TRADE
    return {
        "l": market.quantity(report.last_quantity_lots or 0),
        "z": market.quantity(report.cumulative_quantity_lots),
        "L": market.price(report.last_price_ticks),
        "n": money(report.fee_units or 0) if is_fill else "0",
        "N": report.fee_asset,
        "T": words.moment(report.transact_time_ns),
        "t": report.trade_id if is_fill else -1,
    }


def _reject_reason(report: ExecutionReport) -> str:
    if report.order_status is not OrderStatus.REJECTED:
        return "NONE"
    return words.REJECT_REASON.get(report.reason, "NONE")


def _account_position(changed: Sequence[BalanceChanged], now_ns: int) -> Json:
    return {
        "e": "outboundAccountPosition",
        "E": words.moment(now_ns),
        "u": words.moment(now_ns),
        "B": [
            {
                "a": balance.asset,
                "f": money(balance.free_units),
                "l": money(balance.locked_units),
            }
            for balance in changed
        ],
    }
