"""What the dialect of this repository has, read from its tables, its source and its streams."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from conformance_tests.fidelity.binance import documented
from conformance_tests.fidelity.source import Source
from conformance_tests.unit.dialects.bench import Bench

import fillproof.simulator.dialects.binance as dialect_package
from fillproof.simulator.dialects.binance import rules
from fillproof.simulator.dialects.binance.door import limits
from fillproof.simulator.dialects.binance.door.signing import KeyKind
from fillproof.simulator.dialects.binance.endpoints import METHODS, PLACE, REST
from fillproof.simulator.dialects.binance.trading.order_types import KINDS
from fillproof.simulator.dialects.binance.trading.refusals import _FILTERS

SOURCE = Source(Path(dialect_package.__path__[0]))
SYMBOL = "btcusdt"
INTERVAL = "1m"
_LONGEST_PERIOD_NS = 3_000_000_000
_STREAM_SOCKET, _API_SOCKET = 7, 8


def rest() -> set[str]:
    """Return the endpoints of REST, as "METHOD /path"."""
    return {f"{method} {path}" for method, path in REST}


def methods() -> set[str]:
    """Return the methods of the WebSocket API: those of a session, and those that REST has too."""
    bench = Bench()
    bench.open("/ws-api/v3", _API_SOCKET)
    return {*METHODS, *bench.dialect._users[_API_SOCKET]._identity.methods}


def order_types() -> set[str]:
    """Return the order types."""
    return set(KINDS)


def order_parameters() -> set[str]:
    """Return what a new order may be sent with."""
    return set(PLACE.parameters)


def self_trade_prevention() -> set[str]:
    """Return the modes."""
    return set(rules.STP_MODES)


def signatures() -> set[str]:
    """Return the kinds of keys whose signatures are verified."""
    return {str(kind) for kind in KeyKind}


def rate_limits() -> set[str]:
    """Return the kinds of limits."""
    return {limit.kind for limit in (*limits.PUBLISHED, limits.CONNECTIONS)}


def filters() -> set[str]:
    """Return the filters that the venue refuses by, by name."""
    return set(_FILTERS.values())


def streams() -> set[str]:
    """Return the documented streams that speak when a market lives."""
    venue = Bench()
    named = {concrete(name): name for name in documented.STREAMS.split()}
    venue.open("/stream", _STREAM_SOCKET)
    for at, name in enumerate(named):
        if name.startswith("!serverShutdown"):
            continue
        # Subscribed at another second each: no more than five messages a second are taken.
        venue.now_ns += 1_000_000_000
        subscribed = venue.say({"method": "SUBSCRIBE", "params": [name], "id": at}, _STREAM_SOCKET)
        assert subscribed == {"result": None, "id": at}
    venue.limit("SELL", "1", "30000", "maker", who="bob")
    venue.limit("BUY", "0.4", "30000", "taker")
    venue.limit("BUY", "1", "29000", "rests")
    _let_timers_run(venue)
    for push in venue.dialect.farewell(venue.now_ns):
        venue.heard.setdefault(push.socket, []).append(json.loads(push.text))
    return {named[one["stream"]] for one in venue.heard[_STREAM_SOCKET] if "stream" in one}


def _let_timers_run(venue: Bench) -> None:
    end_ns = venue.now_ns + _LONGEST_PERIOD_NS
    while (due_ns := venue.dialect.next_wake_ns()) is not None and due_ns <= end_ns:
        venue.now_ns = due_ns
        for push in venue.dialect.wake(due_ns):
            venue.heard[push.socket].append(json.loads(push.text))


def concrete(stream: str) -> str:
    """Return a stream's name with a market and an interval in it."""
    return stream.replace("<symbol>", SYMBOL).replace("<interval>", INTERVAL)


def headers() -> set[str]:
    """Return those of the documented headers that the dialect's source names."""
    return {
        name
        for name in documented.HEADERS.split()
        if any(word and name.lower().startswith(word) for word in _header_words())
    }


def _header_words() -> set[str]:
    return {
        word.lower()
        for word in SOURCE.words()
        if word.lower().startswith(("x-mbx-", "retry-after"))
    }


def error_codes() -> set[str]:
    """Return every error code that the dialect's source names."""
    return {
        f"-{node.operand.value}"
        for tree in SOURCE.trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int)
        and 1000 <= node.operand.value < 3000
    }


def engine_messages() -> set[str]:
    """Return those of the documented messages that the dialect's source writes."""
    return {text for text in documented.ENGINE_MESSAGES if text in SOURCE.words()}
