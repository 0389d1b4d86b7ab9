"""What a reply says of the door: that a request was turned away for how it was sent."""

from __future__ import annotations

from fillproof.simulator.dialects.hyperliquid.errors import (
    ACTION_EXPIRED,
    NONCE_OUT_OF_RANGE,
    TOO_MANY_ACTIONS,
    UNKNOWN_WALLET,
)
from fillproof.simulator.dialects.protocol import Json

Fact = dict[str, Json]

_TOO_MANY = 429
_WHY = (
    (UNKNOWN_WALLET, "signature"),
    (NONCE_OUT_OF_RANGE, "timestamp"),
    (ACTION_EXPIRED, "timestamp"),
    (TOO_MANY_ACTIONS, "order_limit"),
)
"""Each text with its places, and what it is about."""


def turned_away(status: int, body: Json) -> list[Fact]:
    """Return the fact of a reply that turned its request away."""
    if status == _TOO_MANY:
        return [_fact("limit", None)]
    text = body.get("response") if isinstance(body, dict) else None
    if not isinstance(text, str):
        return []
    return [_fact(why, text) for known, why in _WHY if _says(text, known)]


def _says(text: str, known: str) -> bool:
    """Return whether a text is a known one, whatever stands in its places."""
    return all(part in text for part in known.replace("%d", "%s").split("%s"))


def _fact(why: str, text: str | None) -> Fact:
    return {"fact": "turned_away", "why": why, "code": None, "text": text}
