"""Candles: every one that GET klines can show, against a plain list of trades."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import BTC_USDT, NOW_NS
from conformance_tests.unit.dialects.naive_candles import naive_klines
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.candles import Candles
from fillproof.simulator.dialects.binance.public.intervals import INTERVALS
from fillproof.simulator.dialects.binance.public.klines import klines
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.reports import TradePrinted

SECOND_NS = 1_000_000_000
SPREADS = {"s": 20, "m": 3_000, "h": 100_000, "d": 4_000_000, "w": 10_000_000, "M": 40_000_000}
"""Seconds over which trades are strewn, so that an interval of this unit has a few candles."""


def market_of(trades: list[TradePrinted]) -> Desk:
    """Return a venue whose tape has these trades."""
    exchange = Exchange([BTC_USDT], Fees(maker=Decimal(0), taker=Decimal(0)))
    desk = Desk(exchange, Markets([BTC_USDT]), {}, Quirks())
    desk.tape.note(trades)
    return desk


def ask(desk: Desk, now_ns: int, **parameters: Any) -> Any:
    """Return the rows of GET klines."""
    sent = {name: str(value) for name, value in parameters.items() if value is not None}
    call = Call("", Parameters({"symbol": "BTCUSDT", **sent}), now_ns)
    return json.loads(compact(klines(desk, call).result))


def strewn(spread: int, draws: list[tuple[int, int, int, bool]]) -> list[TradePrinted]:
    """Return trades at parts per thousand of a spread before now, oldest first."""
    times = sorted(NOW_NS - part * spread * SECOND_NS // 1000 for part, _, _, _ in draws)
    return [
        TradePrinted("BTCUSDT", number, price, lots, buyer_is_maker, time_ns)
        for number, (time_ns, (_, price, lots, buyer_is_maker)) in enumerate(
            zip(times, draws, strict=True), 1
        )
    ]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    interval=st.sampled_from(sorted(INTERVALS)),
    minutes_ahead=st.sampled_from([0, 480, -60, 345, 840, -720]),
    draws=st.lists(
        st.tuples(st.integers(0, 1000), st.integers(1, 9), st.integers(1, 9), st.booleans()),
        max_size=8,
    ),
    start=st.none() | st.integers(-100, 1100),
    end=st.none() | st.integers(-100, 1100),
    limit=st.sampled_from([None, 1, 3, 1000]),
)
def test_candles_are_what_a_plain_list_of_trades_says(
    interval: str,
    minutes_ahead: int,
    draws: list[tuple[int, int, int, bool]],
    start: int | None,
    end: int | None,
    limit: int | None,
) -> None:
    """Each candle of a span once and in order, the empty ones where the price was left."""
    spread = SPREADS[interval[-1]]
    trades = strewn(spread, draws)
    start_ms, end_ms = (
        None if part is None else (NOW_NS - part * spread * SECOND_NS // 1000) // 1_000_000
        for part in (start, end)
    )
    sign, minutes = "-" if minutes_ahead < 0 else "", abs(minutes_ahead)
    rows = ask(
        market_of(trades),
        NOW_NS,
        interval=interval,
        timeZone=f"{sign}{minutes // 60}:{minutes % 60:02d}",
        startTime=start_ms,
        endTime=end_ms,
        limit=limit,
    )
    assert rows == naive_klines(
        BTC_USDT,
        trades,
        interval,
        timedelta(minutes=minutes_ahead),
        NOW_NS,
        start_ms=start_ms,
        end_ms=end_ms,
        limit=limit or 500,
    )


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(st.integers(0, 20_000), min_size=1, max_size=30),
    st.integers(-100, 20_100),
    st.integers(0, 20_000),
)
def test_any_span_is_put_together_from_bars(times: list[int], start: int, length: int) -> None:
    """Seconds, minutes and hours together cover a span exactly: no trade twice, none left out."""
    candles = Candles()
    trades = [
        TradePrinted("BTCUSDT", number, 10 + number % 7, number, False, second * SECOND_NS)
        for number, second in enumerate(sorted(times), 1)
    ]
    for trade in trades:
        candles.add(trade)
    inside = [t for t in trades if start <= t.transact_time_ns // SECOND_NS < start + length]
    bar = candles.between(start, start + length)
    assert (bar is None) == (inside == [])
    if bar is not None:
        assert (bar.count, bar.lots) == (len(inside), sum(t.quantity_lots for t in inside))
        assert (bar.first_id, bar.last_id) == (inside[0].trade_id, inside[-1].trade_id)
        assert bar.high == max(t.price_ticks for t in inside)
    earlier = [t for t in trades if t.transact_time_ns // SECOND_NS < start]
    assert candles.close_before(start) == (earlier[-1].price_ticks if earlier else None)


def test_old_seconds_are_forgotten_and_hours_remain() -> None:
    """Bars are bounded: the oldest seconds go first, and what is made of hours is still whole."""
    candles = Candles(kept=8)
    for second in range(0, 36_000, 60):
        candles.add(TradePrinted("BTCUSDT", second, 5, 1, False, second * SECOND_NS))
    assert candles.between(0, 60) is None
    whole = candles.between(7_200, 36_000)
    assert whole is not None
    assert whole.count == 480
    assert candles.close_before(3_600) is None
    assert candles.oldest(1) == 36_000 - 60 * 8
    assert candles.oldest(3_600) == 7_200


def test_a_market_without_trades_has_no_candles() -> None:
    """Before the first trade there is nothing to show."""
    assert ask(market_of([]), NOW_NS, interval="1m") == []


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, -1102),
        ({"interval": "1y"}, -1120),
        ({"interval": "1H"}, -1120),
        ({"interval": "1m", "timeZone": "noon"}, -1100),
        ({"interval": "1m", "timeZone": "14:01"}, -1130),
        ({"interval": "1m", "timeZone": "-12:01"}, -1130),
        ({"interval": "1m", "limit": 0}, -1130),
        ({"interval": "1m", "startTime": "yesterday"}, -1100),
        ({"interval": "1m", "endTime": 2**63}, -1108),
    ],
)
def test_what_no_candle_can_be_made_of_is_refused(parameters: dict[str, Any], code: int) -> None:
    """Interval, zone, limit and times are checked, each with its own error."""
    with pytest.raises(Refusal) as refusal:
        ask(market_of([]), NOW_NS, **parameters)
    assert refusal.value.code == code


def test_times_of_a_span_may_be_in_microseconds() -> None:
    """A startTime of 16 digits means the same moment as one of 13."""
    desk = market_of(strewn(600, [(500, 3, 1, True)]))
    start_ms = NOW_NS // 1_000_000 - 300_000
    assert ask(desk, NOW_NS, interval="1m", startTime=start_ms) == ask(
        desk, NOW_NS, interval="1m", startTime=start_ms * 1_000
    )


def test_far_times_do_not_take_long() -> None:
    """A start or an end at the edge of 64 bits is answered at once: nothing, or everything."""
    desk = market_of(strewn(600, [(500, 3, 1, True)]))
    assert ask(desk, NOW_NS, interval="1M", startTime=2**63 - 1) == []
    assert len(ask(desk, NOW_NS, interval="1M", endTime=2**63 - 1)) == 1
