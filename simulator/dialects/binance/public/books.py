"""Books: their levels, and the best of each side."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.symbols import one_market, some_markets
from fillproof.simulator.dialects.protocol import Json

_DEFAULT_LEVELS = 100
_MOST_LEVELS = 5_000
_WEIGHTS = ((100, 5), (500, 25), (1_000, 50), (_MOST_LEVELS, 250))
"""Up to so many levels, a request weighs so much."""


def depth(desk: Desk, call: Call) -> Outcome:
    """Show a book with the number of its last update."""
    market = one_market(desk, call)
    return Outcome(book(desk, market, _levels_asked(call.parameters)))


def depth_weight(parameters: Parameters) -> int:
    """Return what a look at a book weighs, by the levels asked for."""
    levels_asked = _levels_asked(parameters)
    return next(weight for most, weight in _WEIGHTS if levels_asked <= most)


def ticker_book(desk: Desk, call: Call) -> Outcome:
    """Show best prices."""
    shown = [
        {"symbol": market.symbol, **best_prices(desk, market)}
        for market in some_markets(desk, call, named=False)
    ]
    return Outcome(shown[0] if "symbol" in call.parameters else shown)


def book(desk: Desk, market: Market, limit: int) -> Json:
    """Write so many levels of each side, and the number of the last update."""
    bids, asks = desk.exchange.depth(market.engine_symbol, limit)
    return {
        "lastUpdateId": desk.tape.of(market.engine_symbol).update_id,
        "bids": levels(market, bids),
        "asks": levels(market, asks),
    }


def levels(market: Market, side: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Write the levels of one side."""
    return [[market.price(ticks), market.quantity(lots)] for ticks, lots in side]


def best_prices(desk: Desk, market: Market) -> dict[str, str]:
    """Write the best level of each side; zeros where there is none."""
    bids, asks = desk.exchange.depth(market.engine_symbol, 1)
    bid, ask = ((bids or [(0, 0)])[0], (asks or [(0, 0)])[0])
    return {
        "bidPrice": market.price(bid[0]),
        "bidQty": market.quantity(bid[1]),
        "askPrice": market.price(ask[0]),
        "askQty": market.quantity(ask[1]),
    }


def _levels_asked(parameters: Parameters) -> int:
    return parameters.limit("limit", _DEFAULT_LEVELS, _MOST_LEVELS)
