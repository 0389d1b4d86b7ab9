"""Every query, once: its channel's role, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import text
from fillproof.simulator.dialects.hyperliquid.errors import UNREADABLE, Malformed
from fillproof.simulator.dialects.hyperliquid.info import market_queries, user_queries
from fillproof.simulator.dialects.protocol import Json

Handler = Callable[[Desk, Mapping[str, Json], int], Json]


@dataclass(frozen=True, slots=True)
class Query:
    """One type of POST /info; `role` is the stem of its channels."""

    role: str
    handler: Handler


def _public(handler: Handler) -> Query:
    return Query("reference", handler)


def _account(handler: Handler) -> Query:
    return Query("account", handler)


QUERIES: Mapping[str, Query] = {
    "meta": _public(market_queries.meta),
    "spotMeta": _public(market_queries.spot_meta),
    "metaAndAssetCtxs": _public(market_queries.meta_and_contexts),
    "spotMetaAndAssetCtxs": _public(market_queries.spot_meta_and_contexts),
    "allPerpMetas": _public(market_queries.all_metas),
    "perpDexs": _public(market_queries.dexs),
    "allMids": _public(market_queries.all_mids),
    "l2Book": _public(market_queries.book),
    "recentTrades": _public(market_queries.recent_trades),
    "candleSnapshot": _public(market_queries.candles),
    "fundingHistory": _public(market_queries.funding_history),
    "exchangeStatus": _public(market_queries.exchange_status),
    "tokenDetails": _public(market_queries.token_details),
    "orderStatus": Query("query", user_queries.order_status),
    "openOrders": Query("query", user_queries.open_orders),
    "frontendOpenOrders": Query("query", user_queries.frontend_open_orders),
    "historicalOrders": Query("query", user_queries.historical_orders),
    "userFills": Query("trades", user_queries.fills),
    "userFillsByTime": Query("trades", user_queries.fills_by_time),
    "clearinghouseState": _account(user_queries.margin_state),
    "spotClearinghouseState": _account(user_queries.spot_state),
    "activeAssetData": _account(user_queries.asset_data),
    "userFees": _public(user_queries.fees),
    "userRateLimit": _public(user_queries.rate_limit),
    "userRole": _public(user_queries.role),
    "userAbstraction": _public(user_queries.abstraction),
    "maxBuilderFee": _public(user_queries.builder_fee),
    "extraAgents": _public(user_queries.agents),
    "referral": _public(user_queries.referral),
    "userFunding": _public(user_queries.nothing),
    "userNonFundingLedgerUpdates": _public(user_queries.nothing),
    "userTwapSliceFills": _public(user_queries.nothing),
    "userVaultEquities": _public(user_queries.nothing),
    "subAccounts": _public(user_queries.no_sub_accounts),
}


def answer(desk: Desk, body: Mapping[str, Json], now_ns: int) -> Json:
    """Answer a query; raises Malformed when there is no such type, or it lacks what it needs."""
    query = QUERIES.get(text(body, "type"))
    if query is None:
        raise Malformed(UNREADABLE)
    return query.handler(desk, body, now_ns)
