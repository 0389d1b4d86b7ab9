"""The channel, the message and the orders of every unit on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import TapUnit
from conformance_tests.unit.dialects.hyperliquid.bench import (
    CLOID,
    OTHER_CLOID,
    PERPETUAL,
    Bench,
    order,
    orders,
)
from conformance_tests.unit.dialects.hyperliquid.units import (
    CANCEL,
    CANCEL_BY_CLOID,
    MODIFY,
    PLACE,
    action,
    asked,
    frame,
    replied,
)


@pytest.mark.parametrize(
    ("path", "body", "role"),
    [
        ("/exchange", PLACE, "create"),
        ("/exchange", CANCEL, "cancel"),
        ("/exchange", CANCEL_BY_CLOID, "cancel"),
        ("/exchange", MODIFY, "amend"),
        ("/exchange", action({"type": "noop"}), "reference"),
        ("/info", {"type": "orderStatus"}, "query"),
        ("/info", {"type": "userFills"}, "trades"),
        ("/info", {"type": "clearinghouseState"}, "account"),
        ("/info", {"type": "meta"}, "reference"),
    ],
)
def test_a_request_and_its_reply_share_a_role(path: str, body: Any, role: str) -> None:
    """Over HTTP and posted on a socket, where the id tells which answer it is."""
    dialect = Bench().dialect
    request = asked(path, body)
    assert dialect.channel(request) == f"{role}_request"
    assert dialect.channel(replied(request, {})) == f"{role}_reply"
    kind = "action" if "action" in body else "info"
    posted = {"method": "post", "id": 7, "request": {"type": kind, "payload": body}}
    assert dialect.frame_channel(json.dumps(posted)) == f"{role}_request"
    assert dialect.channel(frame(posted, "c2v")) == f"{role}_request"
    told = {"channel": "post", "data": {"id": 7, "response": {"type": kind, "payload": {}}}}
    assert dialect.channel(frame(told)) == f"{role}_reply"


@pytest.mark.parametrize(
    ("unit", "channel"),
    [
        (frame({"channel": "orderUpdates", "data": []}), "user_stream"),
        (frame({"channel": "user", "data": {}}), "user_stream"),
        (frame({"channel": "spotState", "data": {}}), "user_stream"),
        (frame({"channel": "l2Book", "data": {}}), "public_stream"),
        (frame({"channel": "activeSpotAssetCtx", "data": {}}), "public_stream"),
        (frame({"channel": "pong"}), "control"),
        (frame({"channel": "subscriptionResponse", "data": {}}), "control"),
        (frame({"channel": "post", "data": {"id": 99}}), "control"),
        (frame({"method": "ping"}, "c2v"), "control"),
        (frame(b"nonsense", "c2v"), "control"),
        (frame(b"", opcode=9), "control"),
        (asked("/ws", {}), "control"),
        (asked("/info", {"type": "nonsense"}), "control"),
    ],
)
def test_everything_else_is_a_stream_or_control(unit: TapUnit, channel: str) -> None:
    """Accounts, markets, and what keeps a connection going."""
    assert Bench().dialect.channel(unit) == channel


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (PLACE, (CLOID,)),
        (
            action(
                orders(
                    order(PERPETUAL, "buy", "1", "29000", c=CLOID),
                    order(PERPETUAL, "buy", "1", "28000"),
                    order(PERPETUAL, "buy", "1", "27000", c=OTHER_CLOID),
                )
            ),
            (CLOID, OTHER_CLOID),
        ),
        (MODIFY, (OTHER_CLOID,)),
        (action({"type": "modify", **MODIFY["action"]["modifies"][0]}), (OTHER_CLOID,)),
        (action(orders(order(PERPETUAL, "buy", "1", "29000"))), ()),
        (action({"type": "order", "orders": ["nonsense"]}), ()),
    ],
)
def test_the_ids_of_orders_to_be_placed_are_read_from_the_request(
    body: dict[str, Any], ids: tuple[str, ...]
) -> None:
    """Over HTTP and posted on a socket; of a modification the new order's, not the old one's."""
    dialect = Bench().dialect
    assert dialect.placed_ids(asked("/exchange", body)) == ids
    posted = {"method": "post", "id": 7, "request": {"type": "action", "payload": body}}
    assert dialect.placed_ids(frame(posted, "c2v")) == ids


def test_a_message_is_what_crossed() -> None:
    """Requests by their parts, frames as their JSON, a close by its code; numbers stay exact."""
    dialect = Bench().dialect
    assert dialect.message(asked("/info?x", {"type": "meta"})) == {
        "method": "POST",
        "path": "/info",
        "parameters": {"type": "meta"},
    }
    reply = replied(asked("/info", {}), b'{"a": 1.10}')
    assert dialect.message(reply) == {"status": 200, "body": {"a": "1.10"}}
    assert dialect.message(frame({"channel": "pong"})) == {"channel": "pong"}
    assert dialect.message(frame(b"[1]")) == {"frame": "text", "data": [1]}
    close = (1001).to_bytes(2, "big") + b"bye"
    assert dialect.message(frame(close, opcode=8)) == {
        "frame": "close",
        "code": 1001,
        "reason": "bye",
    }
    assert dialect.message(frame(b"x", opcode=9)) == {"frame": "ping", "data": "x"}
