"""JSON as the venue writes it: without blanks, and each moment in the client's time unit."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.json import Encoder

from fillproof.simulator.dialects.binance.moments import Moment, TimeUnit
from fillproof.simulator.dialects.protocol import Json


def _in_unit(nanoseconds: int) -> Callable[[object], int]:
    def write(value: object) -> int:
        if isinstance(value, Moment):
            return value // nanoseconds
        raise TypeError(f"{type(value).__name__} {value!r} is nothing that JSON can say")

    return write


_ENCODERS = {unit: Encoder(enc_hook=_in_unit(unit)) for unit in TimeUnit}


def encode(value: Json, unit: TimeUnit = TimeUnit.MILLISECOND) -> bytes:
    """Write JSON as bytes."""
    return _ENCODERS[unit].encode(value)


def compact(value: Json, unit: TimeUnit = TimeUnit.MILLISECOND) -> str:
    """Write JSON as text."""
    return _ENCODERS[unit].encode(value).decode()
