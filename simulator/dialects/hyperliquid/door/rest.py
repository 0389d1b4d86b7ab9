"""The HTTP side: which path is asked, what it weighs, and replies as they are written."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.door.limits import (
    INFO_WEIGHT,
    INFO_WEIGHTS,
    action_weight,
)
from fillproof.simulator.dialects.hyperliquid.encoding import encode
from fillproof.simulator.dialects.protocol import HttpReply, Json

INFO = "/info"
EXCHANGE = "/exchange"
SOCKET = "/ws"
PATHS = (INFO, EXCHANGE)

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"
_OK = 200


def reply(value: Json) -> HttpReply:
    """Return an answer."""
    return HttpReply(_OK, encode(value), _JSON)


def plain(status: int, text: str = "") -> HttpReply:
    """Return what is said in bare text."""
    return HttpReply(status, text.encode(), _TEXT)


def too_many() -> HttpReply:
    """Return what is said to an address that has asked too much."""
    return HttpReply(429, encode(None), _JSON)


def weight_of(body: Mapping[str, Json]) -> int:
    """Return what a query or an action weighs; one of many parts weighs more."""
    if "action" not in body:
        return info_weight(body.get("type"))
    action = body["action"]
    lists = action.values() if isinstance(action, dict) else ()
    return action_weight(max((len(one) for one in lists if isinstance(one, list)), default=1))


def info_weight(kind: object) -> int:
    """Return what a query weighs."""
    return INFO_WEIGHTS.get(kind, INFO_WEIGHT) if isinstance(kind, str) else INFO_WEIGHT
