"""Which markets a request is about: `symbol`, `symbols` and `symbolStatus`."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.vocabulary.orders import MarketPhase

MOST_SYMBOLS = 100

_STATUS: dict[MarketPhase, str] = {
    MarketPhase.TRADING: "TRADING",
    MarketPhase.CANCEL_ONLY: "CANCEL_ONLY",
    # The venue has no word for it: orders are taken, if they are post-only.
    MarketPhase.POST_ONLY: "TRADING",
    MarketPhase.HALTED: "HALT",
    MarketPhase.AUCTION: "AUCTION_MATCH",
}
_FILTERS = ("TRADING", "HALT", "BREAK")


def status_of(desk: Desk, market: Market) -> str:
    """Return the venue's word for what a market allows now."""
    return _STATUS[desk.exchange.phase(market.engine_symbol)]


def one_market(desk: Desk, call: Call) -> Market:
    """Return the market that `symbol` names; it must be there, and be in `symbolStatus`."""
    market = desk.markets.get(call.parameters.required_symbol())
    wanted = _wanted_status(call.parameters)
    if wanted not in (None, status_of(desk, market)):
        raise errors.STATUS_MISMATCH.refusal()
    return market


def some_markets(desk: Desk, call: Call, *, named: bool) -> list[Market]:
    """Return the markets that `symbol` or `symbols` name, as far as they are in `symbolStatus`.

    With neither it is all of them, unless they must be named; then there may be 100 at most.
    """
    parameters = call.parameters
    symbols = parameters.symbols()
    if "symbol" in parameters:
        if symbols is not None:
            raise errors.OPTIONAL_COMBINATION.refusal()
        return [one_market(desk, call)]
    if named and not symbols:
        raise errors.EITHER_MANDATORY.refusal("symbol", "symbols")
    if symbols is None:
        markets = list(desk.markets)
    else:
        _require_list(symbols, named=named)
        markets = [desk.markets.get(symbol) for symbol in symbols]
    wanted = _wanted_status(parameters)
    return [market for market in markets if wanted in (None, status_of(desk, market))]


def symbols_asked(parameters: Parameters) -> int | None:
    """Return how many symbols a request names, None for all."""
    if "symbol" in parameters:
        return 1
    symbols = parameters.symbols()
    return None if symbols is None else len(symbols)


def _require_list(symbols: tuple[str, ...], *, named: bool) -> None:
    if len(set(symbols)) < len(symbols):
        raise errors.DUPLICATE_SYMBOLS.refusal()
    if named and len(symbols) > MOST_SYMBOLS:
        raise errors.TOO_MANY_PARAMETERS.refusal(MOST_SYMBOLS, len(symbols))


def _wanted_status(parameters: Parameters) -> str | None:
    return parameters.choice("symbolStatus", _FILTERS, errors.INVALID_SYMBOL_STATUS)
