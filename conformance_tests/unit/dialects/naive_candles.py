"""Candles made the slow and plain way: a calendar, a list of trades, a loop over it for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import TradePrinted

MILLISECOND = timedelta(milliseconds=1)
LENGTHS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Local times are written as if they were UTC."""


def naive_klines(
    instrument: Instrument,
    trades: list[TradePrinted],
    interval: str,
    zone: timedelta,
    now_ns: int,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    limit: int = 500,
) -> list[list[Any]]:
    """Return the rows of GET klines, all candles since the first trade made and then chosen."""
    if not trades:
        return []
    rows = []
    begin = _begin(_local(trades[0].transact_time_ns, zone), interval)
    before = 0
    while _utc_ms(begin, zone) <= now_ns // 1_000_000:
        end = _next(begin, interval)
        open_ms, next_ms = _utc_ms(begin, zone), _utc_ms(end, zone)
        inside = [
            trade for trade in trades if open_ms <= trade.transact_time_ns // 1_000_000 < next_ms
        ]
        rows.append(_row(instrument, open_ms, next_ms, inside, before))
        before = inside[-1].price_ticks if inside else before
        begin = end
    rows = [row for row in rows if start_ms is None or row[0] >= start_ms]
    rows = [row for row in rows if end_ms is None or row[0] <= end_ms]
    return rows[-limit:] if start_ms is None else rows[:limit]


def _begin(local: datetime, interval: str) -> datetime:
    if interval == "1M":
        return datetime(local.year, local.month, 1, tzinfo=UTC)
    midnight = datetime(local.year, local.month, local.day, tzinfo=UTC)
    if interval == "1w":
        return midnight - timedelta(days=local.weekday())
    length = int(interval[:-1]) * LENGTHS[interval[-1]]
    return EPOCH + (local - EPOCH) // length * length


def _next(begin: datetime, interval: str) -> datetime:
    if interval == "1M":
        return _begin(begin + timedelta(days=31), interval)
    if interval == "1w":
        return begin + timedelta(days=7)
    return begin + int(interval[:-1]) * LENGTHS[interval[-1]]


def _local(time_ns: int, zone: timedelta) -> datetime:
    return EPOCH + timedelta(microseconds=time_ns // 1000) + zone


def _utc_ms(local: datetime, zone: timedelta) -> int:
    return (local - zone - EPOCH) // MILLISECOND


def _row(
    instrument: Instrument, open_ms: int, next_ms: int, trades: list[TradePrinted], before: int
) -> list[Any]:
    ticks = [trade.price_ticks for trade in trades] or [before]
    bought = [trade for trade in trades if not trade.buyer_is_maker]
    return [
        open_ms,
        _price(instrument, ticks[0]),
        _price(instrument, max(ticks)),
        _price(instrument, min(ticks)),
        _price(instrument, ticks[-1]),
        _base(instrument, trades),
        next_ms - 1,
        _quote(instrument, trades),
        len(trades),
        _base(instrument, bought),
        _quote(instrument, bought),
        "0",
    ]


def _price(instrument: Instrument, ticks: int) -> str:
    return f"{ticks * instrument.tick_size:.8f}"


def _base(instrument: Instrument, trades: list[TradePrinted]) -> str:
    return f"{sum((each.quantity_lots * instrument.lot_size for each in trades), Decimal()):.8f}"


def _quote(instrument: Instrument, trades: list[TradePrinted]) -> str:
    tick_lot = instrument.tick_size * instrument.lot_size
    moved = (each.price_ticks * each.quantity_lots * tick_lot for each in trades)
    return f"{sum(moved, Decimal()):.8f}"
