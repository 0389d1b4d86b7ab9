"""What the wire taps of all dialects say alike: units decoded, and channels without a role."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from fillproof.simulator.dialects.protocol import Json, WireUnit

CONTROL: Final = "control"
USER_STREAM: Final = "user_stream"
PUBLIC_STREAM: Final = "public_stream"

TEXT: Final = 1
"""The opcode of a text frame (RFC 6455)."""

_CLOSE = 8
_FRAME_NAMES = {0: "continuation", 2: "binary", _CLOSE: "close", 9: "ping", 10: "pong"}
_KEPT = 64
_EXACT = json.JSONDecoder(parse_float=str)


@lru_cache(maxsize=_KEPT)
def decoded(body: bytes) -> Json:
    """Return what the bytes say, fractions as text; bytes that are no JSON as text.

    A unit is asked about when it is sent and when it arrives; what is said of it is only read.
    """
    text = body.decode("utf-8", "replace")
    try:
        return _EXACT.decode(text)
    except (ValueError, RecursionError):
        return text


def control_message(unit: WireUnit) -> dict[str, Json]:
    """Return a frame that is no text decoded: its kind, and the data or the reason to close."""
    name = _FRAME_NAMES.get(unit.opcode, str(unit.opcode))
    if unit.opcode != _CLOSE:
        return {"frame": name, "data": unit.body.decode("latin-1")}
    code = int.from_bytes(unit.body[:2], "big") if unit.body else None
    return {"frame": name, "code": code, "reason": unit.body[2:].decode("utf-8", "replace")}
