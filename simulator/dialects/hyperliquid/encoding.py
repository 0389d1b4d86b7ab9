"""JSON as the venue writes it: without blanks."""

from __future__ import annotations

from msgspec.json import Encoder

from fillproof.simulator.dialects.protocol import Json

_ENCODER = Encoder()


def encode(value: Json) -> bytes:
    """Write JSON as bytes."""
    return _ENCODER.encode(value)


def compact(value: Json) -> str:
    """Write JSON as text."""
    return _ENCODER.encode(value).decode()
