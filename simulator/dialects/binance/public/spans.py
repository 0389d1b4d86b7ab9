"""From when until when a request wants to know: `startTime`, `endTime` and `limit`."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.dialects.binance.parameters import Parameters

_DEFAULT_ENTRIES = 500
_MOST_ENTRIES = 1_000
_MILLISECOND_NS = 1_000_000
_MICROSECOND_NS = 1_000
_FEWEST_MICROSECONDS = 10**15
"""A time of 16 digits or more is in microseconds."""


@dataclass(frozen=True, slots=True)
class Span:
    """Entries from the start on; without a start, the latest until the end. Both inclusive.

    Nanoseconds; an end is the last one of its millisecond, or microsecond.
    """

    start_ns: int | None
    end_ns: int | None
    limit: int

    @classmethod
    def of(cls, parameters: Parameters) -> Span:
        """Read a span; raises Refusal for what is no number."""
        start, end = parameters.integer("startTime"), parameters.integer("endTime")
        return cls(
            None if start is None else start * _unit(start),
            None if end is None else (end + 1) * _unit(end) - 1,
            entries_asked(parameters),
        )

    @property
    def is_open(self) -> bool:
        """True without a start and an end."""
        return self.start_ns is None and self.end_ns is None


def entries_asked(parameters: Parameters) -> int:
    """Return `limit`: 500 when it was not sent, 1000 at most."""
    return parameters.limit("limit", _DEFAULT_ENTRIES, _MOST_ENTRIES)


def _unit(time: int) -> int:
    return _MICROSECOND_NS if time >= _FEWEST_MICROSECONDS else _MILLISECOND_NS
