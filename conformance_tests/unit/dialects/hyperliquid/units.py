"""Units of Hyperliquid's wire as the tap sees them."""

from __future__ import annotations

import json
from typing import Any

from conformance_tests.unit.dialects.bench import TapUnit
from conformance_tests.unit.dialects.hyperliquid.bench import (
    CLOID,
    NOW_MS,
    OTHER_CLOID,
    PERPETUAL,
    order,
    orders,
)

NAMES = {"client_order_id": CLOID, "market": "BTC-USDC"}
BOTH = {**NAMES, "venue_order_id": "1"}


def asked(path: str, body: Any) -> TapUnit:
    """Return a request."""
    text = json.dumps(body).encode()
    return TapUnit("request", "c2v", text, "POST", path)


def replied(request: TapUnit, body: Any, status: int = 200) -> TapUnit:
    """Return the response to it."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return TapUnit("response", "v2c", text, status=status, request=request)


def frame(body: Any, direction: str = "v2c", opcode: int = 1) -> TapUnit:
    """Return a frame of a socket."""
    handshake = TapUnit("request", "c2v", b"", "GET", "/ws")
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return TapUnit("frame", direction, text, opcode=opcode, request=handshake)


def action(body: dict[str, Any]) -> dict[str, Any]:
    """Return an action as a client posts it; the tap does not look at its signature."""
    return {"action": body, "nonce": NOW_MS, "signature": {}}


PLACE = action(orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID)))
CANCEL = action({"type": "cancel", "cancels": [{"a": PERPETUAL, "o": 1}]})
CANCEL_BY_CLOID = action(
    {"type": "cancelByCloid", "cancels": [{"asset": PERPETUAL, "cloid": CLOID}]}
)
MODIFY = action(
    {
        "type": "batchModify",
        "modifies": [{"oid": CLOID, "order": order(PERPETUAL, "buy", "2", "29000", c=OTHER_CLOID)}],
    }
)
