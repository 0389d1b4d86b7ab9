"""Endpoints that look at no market: time, rules, and what this venue has nothing to say of."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors, rules
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.words import moment


def ping(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001 - one signature for all endpoints
    """Say nothing."""
    return Outcome({})


def server_time(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Tell the venue's clock."""
    return Outcome({"serverTime": moment(call.now_ns)})


def exchange_info(desk: Desk, call: Call) -> Outcome:
    """Publish limits and the rules of the markets asked for, or of all."""
    markets = _markets(desk, call)
    wanted = call.parameters.text("permissions")
    if wanted is not None and "SPOT" not in wanted:
        markets = []
    if call.parameters.text("symbolStatus") not in (None, "TRADING"):
        markets = []
    return Outcome(
        {
            "timezone": "UTC",
            "serverTime": moment(call.now_ns),
            "rateLimits": desk.limits.published(),
            "exchangeFilters": [],
            "symbols": [rules.exchange_symbol(market) for market in markets],
        }
    )


def derivatives_info(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Publish that the futures hosts have no market."""
    return Outcome(
        {
            "timezone": "UTC",
            "serverTime": moment(call.now_ns),
            "rateLimits": [],
            "exchangeFilters": [],
            "assets": [],
            "symbols": [],
        }
    )


def nothing(desk: Desk, call: Call) -> Outcome:
    """Answer with an empty list: wallet and margin endpoints that have nothing to say here."""
    symbol = call.parameters.symbol()
    if symbol is not None:
        desk.markets.get(symbol)
    return Outcome([])


def _markets(desk: Desk, call: Call) -> list[Market]:
    """Return the markets that `symbol` or `symbols` name, or all."""
    symbol, symbols = call.parameters.symbol(), call.parameters.symbols()
    if symbol is not None and symbols is not None:
        raise errors.OPTIONAL_COMBINATION.refusal()
    if symbol is not None:
        return [desk.markets.get(symbol)]
    if symbols is not None:
        return [desk.markets.get(name) for name in symbols]
    return list(desk.markets)
