"""Times in answers and events, written in the unit the client asked for."""

from __future__ import annotations

from enum import IntEnum

from fillproof.simulator.dialects.binance.errors import INVALID_TIME_UNIT

NANOSECONDS_PER_MILLISECOND = 1_000_000


class Moment(int):
    """A venue time in nanoseconds; it becomes milliseconds or microseconds when it is written."""

    __slots__ = ()


class TimeUnit(IntEnum):
    """What a client wants times in: nanoseconds to one of them."""

    MILLISECOND = 1_000_000
    MICROSECOND = 1_000


_UNITS = {name: unit for unit in TimeUnit for name in (unit.name, unit.name.lower())}


def time_unit(name: str | None) -> TimeUnit:
    """Return the unit of that name, milliseconds for none; raises Refusal (-1194)."""
    if name is None:
        return TimeUnit.MILLISECOND
    unit = _UNITS.get(name)
    if unit is None:
        raise INVALID_TIME_UNIT.refusal()
    return unit


def milliseconds(time_ns: int) -> int:
    """Return a time in milliseconds, to reckon with; what is written is a `Moment`."""
    return time_ns // NANOSECONDS_PER_MILLISECOND
