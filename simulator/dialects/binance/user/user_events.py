"""User data events: what one account hears of a batch of engine reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import money
from fillproof.simulator.dialects.binance.trading.list_answers import members
from fillproof.simulator.dialects.binance.user.execution_reports import execution_report, is_told
from fillproof.simulator.dialects.binance.words import LIST_STATUS_TYPE, contingency, moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType, ListStatus
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    Deposited,
    ExecutionReport,
    ListChanged,
    Report,
)


def user_events(desk: Desk, account: str, reports: Sequence[Report], now_ns: int) -> list[Json]:
    """Return what happened in its order, then one event with the changed balances."""
    events: list[Json] = []
    balances: dict[str, BalanceChanged] = {}
    for report in reports:
        match report:
            case ExecutionReport() if report.account == account and is_told(desk, report):
                events.append(execution_report(desk, report, now_ns))
            case ListChanged() if report.account == account:
                events.append(_list_status(desk, report, reports, now_ns))
            case Deposited() if report.account == account:
                events.append(_balance_update(report, now_ns))
            case BalanceChanged() if report.account == account:
                balances[report.asset] = report
            case _:
                continue  # of others, or public
    if balances:
        events.append(_account_position(balances.values(), now_ns))
    return events


def _list_status(desk: Desk, changed: ListChanged, reports: Sequence[Report], now_ns: int) -> Json:
    market = desk.markets.traded(changed.symbol)
    return {
        "e": "listStatus",
        "E": moment(now_ns),
        "s": market.symbol,
        "g": changed.order_list_id,
        "c": contingency(changed.contingency),
        "l": _list_status_type(changed, reports),
        "L": str(changed.list_status),
        "r": "NONE",
        "C": changed.list_client_order_id,
        "T": moment(changed.transact_time_ns),
        "O": [
            {"s": market.symbol, "i": one["orderId"], "c": one["clientOrderId"]}
            for one in members(market, changed)
        ],
    }


def _list_status_type(changed: ListChanged, reports: Sequence[Report]) -> str:
    """Return what happened to a list: an amend that renamed one of its orders is an update."""
    is_amended = any(
        isinstance(report, ExecutionReport)
        and report.execution_type is ExecutionType.REPLACED
        and report.order_list_id == changed.order_list_id
        for report in reports
    )
    if is_amended and changed.list_status is ListStatus.EXECUTING:
        return "UPDATED"
    return LIST_STATUS_TYPE[changed.list_status]


def _balance_update(deposited: Deposited, now_ns: int) -> Json:
    return {
        "e": "balanceUpdate",
        "E": moment(now_ns),
        "a": deposited.asset,
        "d": money(deposited.units),
        "T": moment(deposited.transact_time_ns),
    }


def _account_position(changed: Iterable[BalanceChanged], now_ns: int) -> Json:
    return {
        "e": "outboundAccountPosition",
        "E": moment(now_ns),
        "u": moment(now_ns),
        "B": [
            {
                "a": balance.asset,
                "f": money(balance.free_units),
                "l": money(balance.locked_units),
            }
            for balance in changed
        ],
    }
