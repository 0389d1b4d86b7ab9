"""The values a drawn scenario is made of: few, and chosen for where things go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fillproof.harness.scenario.values import NANOSECONDS

_MS, _S = NANOSECONDS["ms"], NANOSECONDS["s"]

PAUSES = (0, 0, 0, _MS, 5 * _MS, 50 * _MS, 1 * _S, 6 * _S, 35 * _S)
"""Between two moves: at once mostly; a part of a round trip; a poll; longer than any timeout."""

WINDOWS = (1 * _S, 50 * _MS, 6 * _S, 35 * _S)
"""How long a fault holds or delays."""

_USUAL = ("1", "0.5", "2", "0.3", "0.0123")
AMOUNTS = (*_USUAL * 3, "0.0001", "4", "11", "9001")
"""In base: usual ones, one that leaves crumbs, and ones a limit or the balance forbids."""

STRANGERS_AMOUNTS = _USUAL

DESK_AMOUNTS = ("0.3", "0.0123", "0.5")
"""So little that the account mostly has it."""

PRICES = ("29000", "29000", "28990", "29010", "28000")
MARKET = "BTC-USDT"
LABELS = ("a", "b", "c")
DESK_LABELS = ("d", "e", "f")
NOBODYS_ID = "fillproof-nobody"
GOOD_FOR = 6 * _S

LATENCIES = (5 * _MS, 5 * _MS, 50 * _MS)
JITTERS = (0, 0, 20 * _MS)
GRACE_WINDOW = 30 * _S
CHAIN: Mapping[str, Any] = MappingProxyType(
    {
        "preset": None,
        "block_time": 200_000_000,
        "inclusion": {"place": [0, _S], "cancel": [0, 3 * _S], "amend": [0, _S], "trade": [0, 0]},
        "finality": 5,
        "shows": "tip",
        "nonces": "free",
        "order_within": "shuffled",
        "order_life": 0,
        "transaction_life": 0,
        "transaction_life_blocks": 0,
        "announces_cancel": True,
        "chances": {"drop": 20, "fail": 20, "reorganise": 6},
    }
)
"""A gateway that announces cancels, on a chain that loses, fails and takes back."""

NEAR: Mapping[str, tuple[str, ...]] = {
    "place": ("create_reply", "user_stream", "create_request"),
    "cancel": ("cancel_reply", "user_stream", "cancel_request"),
    "amend": ("amend_reply", "user_stream", "amend_request"),
    "market": (*("user_stream",) * 4, "create_reply", "query_reply", "trades_reply"),
    "anything": (
        *("user_stream", "user_stream", "query_reply", "account_reply", "create_reply"),
        *("trades_reply", "query_request", "account_request", "trades_request"),
        *("cancel_reply", "reference_reply", "public_stream", "control"),
    ),
}
"""The channels on which a fault matters to a move, the likeliest first."""

_NETWORK_FAULTS = ("hold", "delay", "drop", "cut")

FAULTS: Mapping[str, tuple[str, ...]] = {
    "reply": (*_NETWORK_FAULTS, "half_open", "fail", "fail"),
    "stream": (*_NETWORK_FAULTS, "half_open", "duplicate", "close"),
    "request": _NETWORK_FAULTS,
    "resendable": (*_NETWORK_FAULTS, "resend"),
    "control": ("hold", "delay", "drop"),
}
"""What can happen on a kind of channel."""

COUNTS = (1, 1, 2, 3)
CUTS = (0, 1, 40, 200)
CLOSE_CODES = (1001, 1000, 1011, 1012)

_UNAVAILABLE: dict[str, Any] = {
    "status": 503,
    "code": -1000,
    "text": "Unknown error, please check your request or try again later.",
}
_TIMED_OUT: dict[str, Any] = {
    "status": 504,
    "code": -1007,
    "text": "Timeout waiting for response from backend server. Send status unknown; "
    "execution status unknown.",
}
_OVERLOADED: dict[str, Any] = {
    "status": 429,
    "code": -1003,
    "text": "Too many requests; current limit is 6000 request weight per 1 MINUTE.",
}
_CLOCK: dict[str, Any] = {
    "status": 400,
    "code": -1021,
    "text": "Timestamp for this request is outside of the recvWindow.",
}
_ANYWHERE = (
    {**_UNAVAILABLE, "acted": True},
    {**_UNAVAILABLE, "acted": False},
    {**_TIMED_OUT, "acted": True},
    {**_TIMED_OUT, "acted": False},
    {**_OVERLOADED, "acted": False},
    {**_CLOCK, "acted": False},
)

FAILURES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "create_reply": (
        *_ANYWHERE,
        {"status": 400, "code": -2010, "text": "Order would trigger immediately.", "acted": False},
        {"status": 400, "code": -1015, "text": "Too many new orders.", "acted": False},
    ),
    "cancel_reply": (
        *_ANYWHERE,
        {"status": 400, "code": -2011, "text": "Unknown order sent.", "acted": False},
    ),
    "amend_reply": (
        *_ANYWHERE,
        {"status": 400, "code": -2038, "text": "Unknown order sent.", "acted": False},
    ),
    "query_reply": (
        *_ANYWHERE,
        {"status": 400, "code": -2013, "text": "Order does not exist.", "acted": False},
    ),
}
"""The errors a venue answers with; a channel not named here has those that fit everywhere."""

FAILURES_ANYWHERE = _ANYWHERE


def kind_of(channel: str) -> str:
    """Return which row of FAULTS a channel has."""
    if channel in ("create_request", "cancel_request", "amend_request"):
        return "resendable"
    return channel.rpartition("_")[2]
