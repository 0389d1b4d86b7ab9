"""Queries about markets that anybody may ask."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import text, whole
from fillproof.simulator.dialects.hyperliquid.errors import UNREADABLE, Malformed
from fillproof.simulator.dialects.hyperliquid.info import accounts, books, reference
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.protocol import Json

Body = Mapping[str, Json]

_RECENT = 10
_MOST_CANDLES = 5_000


def meta(desk: Desk, body: Body, _: int) -> Json:
    """Answer meta."""
    _require_main_dex(body)
    return reference.meta(desk)


def spot_meta(desk: Desk, _body: Body, _: int) -> Json:
    """Answer spotMeta."""
    return reference.spot_meta(desk)


def meta_and_contexts(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer metaAndAssetCtxs."""
    _require_main_dex(body)
    return reference.meta_and_contexts(desk, now_ns)


def spot_meta_and_contexts(desk: Desk, _body: Body, now_ns: int) -> Json:
    """Answer spotMetaAndAssetCtxs."""
    return reference.spot_meta_and_contexts(desk, now_ns)


def all_metas(desk: Desk, _body: Body, _: int) -> Json:
    """Answer allPerpMetas: those of the only perpetual exchange there is."""
    return [reference.meta(desk)]


def dexs(_desk: Desk, _body: Body, _: int) -> Json:
    """Answer perpDexs: the first one has no name, and there is no other."""
    return [None]


def all_mids(desk: Desk, body: Body, _: int) -> Json:
    """Answer allMids."""
    _require_main_dex(body)
    return reference.mids(desk)


def book(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer l2Book; a coin that is not known has none."""
    text(body, "coin")
    market = desk.markets.of_coin(body["coin"])
    return None if market is None else books.book(desk, market, now_ns)


def recent_trades(desk: Desk, body: Body, _: int) -> Json:
    """Answer recentTrades, the latest first."""
    market = _market(desk, body)
    latest = list(desk.tape.of(market).trades)[-_RECENT:]
    return [books.trade(market, trade) for trade in reversed(latest)]


def candles(desk: Desk, body: Body, now_ns: int) -> Json:
    """Answer candleSnapshot."""
    wanted = body.get("req")
    if not isinstance(wanted, dict):
        raise Malformed(UNREADABLE)
    market, interval = _market(desk, wanted), text(wanted, "interval")
    if interval not in books.INTERVALS_MS:
        raise Malformed(UNREADABLE)
    start, end = whole(wanted, "startTime"), milliseconds(now_ns)
    if wanted.get("endTime") is not None:
        end = whole(wanted, "endTime")
    trades = desk.tape.of(market).trades
    return books.candles(market, trades, interval, start, end)[-_MOST_CANDLES:]


def funding_history(desk: Desk, body: Body, _: int) -> Json:
    """Answer fundingHistory: no funding is paid here."""
    _market(desk, body)
    return []


def exchange_status(_desk: Desk, _body: Body, now_ns: int) -> Json:
    """Answer exchangeStatus."""
    return {"specialStatuses": None, "time": milliseconds(now_ns)}


def token_details(desk: Desk, body: Body, _: int) -> Json:
    """Answer tokenDetails."""
    return accounts.token_details(desk, text(body, "tokenId"))


def _market(desk: Desk, body: Body) -> Market:
    market = desk.markets.of_coin(text(body, "coin"))
    if market is None:
        raise Malformed(UNREADABLE)
    return market


def _require_main_dex(body: Body) -> None:
    """Hold a query to the exchange without a name: no builder has deployed another."""
    if body.get("dex") not in (None, ""):
        raise Malformed(UNREADABLE)
