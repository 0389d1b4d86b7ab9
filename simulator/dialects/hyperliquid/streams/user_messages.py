"""What an account's subscriptions are told: order updates, fills, and its state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.dialects.hyperliquid import words
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.info import accounts, orders
from fillproof.simulator.dialects.hyperliquid.info.user_queries import MOST_ENTRIES, fills_of
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import Subscription
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus
from fillproof.simulator.vocabulary.reports import BalanceChanged, ExecutionReport, Report

_UNTOLD = frozenset(
    {
        ExecutionType.PENDING_CANCEL,
        ExecutionType.PENDING_REPLACE,
        ExecutionType.TRADE_CANCEL,
        ExecutionType.TRADE_CORRECT,
    }
)
"""What happens to an order without an update of it."""

_EMPTY_LISTS = {
    "userFundings": "fundings",
    "userNonFundingLedgerUpdates": "nonFundingLedgerUpdates",
}


def snapshot(desk: Desk, subscription: Subscription, now_ns: int) -> Json:
    """Return what a new subscription is told at once, None for nothing."""
    user, type_ = subscription.user, subscription.type
    if type_ == "userFills":
        known = fills_of(desk, subscription.account)[-MOST_ENTRIES:]
        told = [orders.fill(desk.markets.traded(one.symbol), one) for one in reversed(known)]
        return {"isSnapshot": True, "user": user, "fills": told}
    if type_ in _EMPTY_LISTS:
        return {"isSnapshot": True, "user": user, _EMPTY_LISTS[type_]: []}
    return state(desk, subscription, now_ns)


def state(desk: Desk, subscription: Subscription, now_ns: int) -> Json:
    """Return the state of an account as its subscription shows it, None for those of events."""
    user, account = subscription.user, subscription.account
    if subscription.type == "clearinghouseState":
        told = accounts.margin_state(desk, account, now_ns)
        return {"dex": "", "user": user, "clearinghouseState": told}
    if subscription.type == "spotState":
        return {"user": user, "spotState": accounts.spot_state(desk, account)}
    if subscription.type == "activeAssetData" and subscription.market is not None:
        if not subscription.market.is_perpetual:
            return None
        told = accounts.asset_data(desk, account, subscription.market)
        return {"user": user, "coin": subscription.market.coin, **told}
    return None


def event(desk: Desk, subscription: Subscription, reports: Sequence[Report], now_ns: int) -> Json:
    """Return what reports mean to a subscription, None for nothing."""
    account = subscription.account
    if account is None:
        return None
    own = [one for one in reports if isinstance(one, ExecutionReport) and one.account == account]
    type_ = subscription.type
    if type_ == "orderUpdates":
        return _updates(desk, own) or None
    if type_ in ("userFills", "userEvents", "user"):
        fills = [
            orders.fill(desk.markets.traded(one.symbol), one)
            for one in own
            if one.execution_type is ExecutionType.TRADE
        ]
        if not fills:
            return None
        return (
            {"user": subscription.user, "fills": fills}
            if type_ == "userFills"
            else {"fills": fills}
        )
    changed = any(isinstance(one, BalanceChanged) and one.account == account for one in reports)
    return state(desk, subscription, now_ns) if changed else None


def _updates(desk: Desk, reports: Iterable[ExecutionReport]) -> list[Json]:
    """Return the updates of orders: none of a partial fill, nor of an order never accepted.

    An order that met nothing and was to trade at once never was open.
    """
    told = [one for one in reports if _is_told(one)]
    unmatched = {one.venue_order_id for one in told if words.status(one) == "iocCancelRejected"}
    return [
        {
            "order": orders.basic(desk.markets.traded(one.symbol), one),
            "status": _status(one),
            "statusTimestamp": milliseconds(one.transact_time_ns),
        }
        for one in told
        if one.venue_order_id not in unmatched or one.order_status.is_terminal
    ]


def _is_told(report: ExecutionReport) -> bool:
    if report.venue_order_id == 0 or report.execution_type in _UNTOLD:
        return False
    is_fill = report.execution_type is ExecutionType.TRADE
    return not is_fill or report.order_status is OrderStatus.FILLED


def _status(report: ExecutionReport) -> str:
    if report.execution_type is ExecutionType.TRIGGERED:
        return "triggered"
    return words.status(report)
