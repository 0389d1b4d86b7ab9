"""Books: their levels, and the best of each side."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.past_books import PastBook
from fillproof.simulator.dialects.binance.public.symbols import one_market, some_markets
from fillproof.simulator.dialects.binance.public.tape import FIRST_UPDATE_ID
from fillproof.simulator.dialects.protocol import Json

_DEFAULT_LEVELS = 100
_MOST_LEVELS = 5_000
_WEIGHTS = ((100, 5), (500, 25), (1_000, 50), (_MOST_LEVELS, 250))
"""Up to so many levels, a request weighs so much."""


def depth(desk: Desk, call: Call) -> Outcome:
    """Show a book with the number of its last update."""
    market, limit = one_market(desk, call), _levels_asked(call.parameters)
    if desk.quirks.snapshot_age_ns:
        return Outcome(_past_book(desk, market, limit, call.now_ns))
    return Outcome(book(desk, market, limit))


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


def note_book(desk: Desk, symbol: str, now_ns: int) -> None:
    """Remember a book that has changed, to be shown when it is old enough."""
    bids, asks = desk.exchange.depth(symbol, _MOST_LEVELS)
    update_id = desk.tape.of(symbol).update_id
    desk.past_books.note(symbol, PastBook(now_ns, update_id, list(bids), list(asks)))


def _past_book(desk: Desk, market: Market, limit: int, now_ns: int) -> Json:
    past = desk.past_books.shown(market.engine_symbol, now_ns)
    if past is None:
        return {"lastUpdateId": FIRST_UPDATE_ID, "bids": [], "asks": []}
    return {
        "lastUpdateId": past.update_id,
        "bids": levels(market, past.bids[:limit]),
        "asks": levels(market, past.asks[:limit]),
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
