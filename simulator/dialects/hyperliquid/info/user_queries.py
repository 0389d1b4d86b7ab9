"""Queries about an account, by its address; whose address is not known has nothing."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import address, text, whole
from fillproof.simulator.dialects.hyperliquid.errors import UNREADABLE, Malformed
from fillproof.simulator.dialects.hyperliquid.info import accounts, orders
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.trading.cancels import find
from fillproof.simulator.dialects.hyperliquid.words import Order
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.reports import ExecutionReport

Body = Mapping[str, Json]

MOST_ENTRIES = 2_000
"""Orders and fills that a list has at most."""


def order_status(desk: Desk, body: Body, _: int) -> Json:
    """Answer orderStatus, by the venue's id or the client's."""
    account, oid = _account(desk, body) or "", body.get("oid")
    order: Order | None = find(desk, account, oid)
    if order is None:
        order = desk.refused.find(account, oid.lower() if isinstance(oid, str) else oid)
    if order is None:
        return {"status": "unknownOid"}
    market = desk.markets.traded(order.symbol)
    return {"status": "order", "order": orders.with_status(market, order)}


def open_orders(desk: Desk, body: Body, _: int) -> Json:
    """Answer openOrders, the latest first."""
    found = _orders(desk, _account(desk, body), open_only=True)
    return [orders.basic(desk.markets.traded(order.symbol), order) for order in found]


def frontend_open_orders(desk: Desk, body: Body, _: int) -> Json:
    """Answer frontendOpenOrders, the latest first."""
    found = _orders(desk, _account(desk, body), open_only=True)
    return [orders.full(desk.markets.traded(order.symbol), order) for order in found]


def historical_orders(desk: Desk, body: Body, _: int) -> Json:
    """Answer historicalOrders, the latest first."""
    account = _account(desk, body)
    found: list[Order] = [*_orders(desk, account, open_only=False)]
    found += desk.refused.of(account or "")
    found.sort(key=lambda order: order.order_time_ns, reverse=True)
    return [
        orders.with_status(desk.markets.traded(order.symbol), order)
        for order in found[:MOST_ENTRIES]
    ]


def fills(desk: Desk, body: Body, _: int) -> Json:
    """Answer userFills, the latest first."""
    return [_fill(desk, report) for report in reversed(fills_of(desk, _account(desk, body)))][
        :MOST_ENTRIES
    ]


def fills_by_time(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer userFillsByTime, the oldest first, ends included."""
    start, end = whole(body, "startTime"), milliseconds(now_ns)
    if body.get("endTime") is not None:
        end = whole(body, "endTime")
    found = (
        report
        for report in fills_of(desk, _account(desk, body))
        if start <= milliseconds(report.transact_time_ns) <= end
    )
    return [_fill(desk, report) for report in found][:MOST_ENTRIES]


def margin_state(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer clearinghouseState."""
    if body.get("dex") not in (None, ""):
        raise Malformed(UNREADABLE)
    return accounts.margin_state(desk, _account(desk, body), now_ns)


def spot_state(desk: Desk, body: Body, _: int) -> Json:
    """Answer spotClearinghouseState."""
    return accounts.spot_state(desk, _account(desk, body))


def asset_data(desk: Desk, body: Body, _: int) -> Json:
    """Answer activeAssetData."""
    market = desk.markets.of_coin(text(body, "coin"))
    if market is None or not market.is_perpetual:
        raise Malformed(UNREADABLE)
    user = address(body, "user")
    told = accounts.asset_data(desk, desk.wallets.account(user), market)
    return {"user": user, "coin": market.coin, **told}


def fees(desk: Desk, body: Body, _: int) -> Json:
    """Answer userFees."""
    _account(desk, body)
    return accounts.fees(desk)


def rate_limit(desk: Desk, body: Body, _: int) -> Json:
    """Answer userRateLimit."""
    return accounts.rate_limit(desk, _account(desk, body))


def role(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer userRole: a user, an agent of one, or nobody."""
    user = address(body, "user")
    owner = desk.wallets.owner(user, milliseconds(now_ns))
    if owner is None:
        return {"role": "missing"}
    return {"role": "user"} if owner == user else {"role": "agent", "data": {"user": owner}}


def abstraction(desk: Desk, body: Body, _: int) -> Json:
    """Answer userAbstraction: whether one balance serves all markets."""
    address(body, "user")
    return "unifiedAccount" if desk.quirks.unified_account else "disabled"


def builder_fee(desk: Desk, body: Body, _: int) -> Json:
    """Answer maxBuilderFee, in tenths of a basis point."""
    account = _account(desk, body)
    return desk.settings.builder_fee(account or "", address(body, "builder"))


def agents(desk: Desk, body: Body, _: int) -> Json:
    """Answer extraAgents."""
    return [
        {"name": agent.name, "address": agent.address, "validUntil": agent.valid_until_ms}
        for agent in desk.wallets.agents(address(body, "user"))
    ]


def referral(desk: Desk, body: Body, _: int) -> Json:
    """Answer referral."""
    code = desk.settings.referrers.get(_account(desk, body) or "")
    return {
        "referredBy": None if code is None else {"referrer": None, "code": code},
        "cumVlm": "0.0",
        "unclaimedRewards": "0.0",
        "claimedRewards": "0.0",
        "builderRewards": "0.0",
        "referrerState": None,
        "rewardHistory": [],
    }


def nothing(desk: Desk, body: Body, _: int) -> Json:
    """Answer with an empty list what does not happen here, such as funding."""
    _account(desk, body)
    return []


def no_sub_accounts(desk: Desk, body: Body, _: int) -> Json:
    """Answer subAccounts: there are none."""
    _account(desk, body)


def fills_of(desk: Desk, account: str | None) -> list[ExecutionReport]:
    """Return all fills of an account that are known, the oldest first."""
    if account is None:
        return []
    markets = desk.markets
    found = [fill for one in markets for fill in desk.exchange.fills(account, one.engine_symbol)]
    return sorted(found, key=lambda report: report.execution_id)


def _fill(desk: Desk, report: ExecutionReport) -> Json:
    return orders.fill(desk.markets.traded(report.symbol), report)


def _orders(desk: Desk, account: str | None, *, open_only: bool) -> list[OrderView]:
    found = () if account is None else desk.exchange.orders(account, open_only=open_only)
    return list(reversed(found))


def _account(desk: Desk, body: Body) -> str | None:
    return desk.wallets.account(address(body, "user"))
