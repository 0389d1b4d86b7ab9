"""The strangers of a venue, made from its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fillproof.simulator.life.protocol import Gap, Life, Sight
from fillproof.simulator.life.replay import RecordedTrade, Replay, ReplayPlan
from fillproof.simulator.life.traders import Traders, TradersPlan
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import Side

_MARGIN = 200
"""A gap is wider than the prices it is for by one part in so many: half a percent."""

Document = Mapping[str, Any]


def named_prices(steps: Iterable[Document], market: str) -> tuple[Decimal, ...]:
    """Return the prices that steps name in a market."""
    return tuple(
        Decimal(step["price"])
        for step in steps
        if step.get("market") == market and step.get("price") is not None
    )


def life_of(
    document: Document,
    markets: Mapping[str, Instrument],
    prices: Sequence[Decimal],
    sight: Sight,
    begin_ns: int,
    seed: int,
) -> Life:
    """Return the life that a document states. Apart, it leaves the prices named free."""
    market = markets[document["market"] or next(iter(markets))]
    apart = document["apart"]
    gap = gap_around(prices, market) if apart and prices else None
    drawn_from = seed if document["seed"] is None else document["seed"]
    if document["replay"] is not None:
        trades = recorded_trades(document["replay"]["trades"], market)
        return Replay(ReplayPlan(market, trades, apart, gap, drawn_from), sight, begin_ns)
    begin = [Decimal(document["price"])] if document["price"] is not None else prices
    low, high = _ticks_around(begin, market)
    plan = TradersPlan(
        market=market,
        traders=document["traders"],
        every_ns=document["every"],
        start_ticks=max(1, (low + high) // 2),
        apart=apart,
        gap=gap,
        seed=drawn_from,
    )
    return Traders(plan, sight, begin_ns)


def gap_around(prices: Sequence[Decimal], market: Instrument) -> Gap:
    """Return the prices to leave free: all that are named, and half a percent on either side."""
    low, high = _ticks_around(prices, market)
    return Gap(low - max(1, low // _MARGIN), high + max(1, high // _MARGIN))


def recorded_trades(text: str, market: Instrument) -> tuple[RecordedTrade, ...]:
    """Return the trades of a document: lines of nanoseconds, price, quantity, side of the taker."""
    rows = (line.split(",") for line in text.splitlines())
    return tuple(
        RecordedTrade(
            int(time_ns),
            market.price_ticks(Decimal(price)),
            market.quantity_lots(Decimal(quantity)),
            Side(taker),
        )
        for time_ns, price, quantity, taker in rows
    )


def _ticks_around(prices: Sequence[Decimal], market: Instrument) -> tuple[int, int]:
    """Return the lowest and the highest price in ticks; a price between two ticks counts as both.

    Orders of a scenario may be off the tick on purpose.
    """
    tick = Fraction(market.tick_size)
    low, high = Fraction(min(prices)) / tick, Fraction(max(prices)) / tick
    return low.numerator // low.denominator, -(-high.numerator // high.denominator)
