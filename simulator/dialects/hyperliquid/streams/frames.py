"""Text frames of /ws: subscriptions, pings and posted requests, and how they are answered."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.simulator.dialects.hyperliquid.encoding import compact
from fillproof.simulator.dialects.protocol import Json

PONG = compact({"channel": "pong"})


def subscribed(method: str, subscription: Mapping[str, Json]) -> str:
    """Return how the venue confirms a subscription, or its end."""
    data = {"method": method, "subscription": subscription}
    return compact({"channel": "subscriptionResponse", "data": data})


def error(text: str) -> str:
    """Return an error that is of no posted request."""
    return compact({"channel": "error", "data": text})


def unreadable(text: str) -> str:
    """Return what is said to a frame that is no request."""
    return error(f"Error parsing JSON into valid websocket request: {text}")


def posted(number: Json, kind: str, payload: Json) -> str:
    """Return the answer to a posted request: kind is info, action or error."""
    response = {"type": kind, "payload": payload}
    return compact({"channel": "post", "data": {"id": number, "response": response}})
