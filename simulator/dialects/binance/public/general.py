"""Endpoints that know nothing of the markets: time, and what this venue has nothing to say of."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.words import moment


def ping(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001 - one signature for all endpoints
    """Say nothing."""
    return Outcome({})


def server_time(desk: Desk, call: Call) -> Outcome:  # noqa: ARG001
    """Tell the venue's clock."""
    return Outcome({"serverTime": moment(call.now_ns)})


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
