"""Which part of a long list a query wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.moments import milliseconds
from fillproof.simulator.dialects.binance.parameters import Parameters

_Entry = TypeVar("_Entry")

_DEFAULT_LIMIT = 500
_MAXIMUM_LIMIT = 1000
_LONGEST_HOURS = 24
_MILLISECONDS_PER_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` entries: the first from an id or a start time on, else the latest."""

    first_id: int | None
    start_ms: int | None
    end_ms: int | None
    limit: int

    @classmethod
    def of(cls, parameters: Parameters, first_id: str) -> Window:
        """Read a window; raises Refusal when it is longer than a day or contradicts itself."""
        window = cls(
            first_id=parameters.integer(first_id),
            start_ms=parameters.integer("startTime"),
            end_ms=parameters.integer("endTime"),
            limit=parameters.limit("limit", _DEFAULT_LIMIT, _MAXIMUM_LIMIT),
        )
        window._require_sense()
        return window

    def _require_sense(self) -> None:
        start_ms, end_ms = self.start_ms, self.end_ms
        if self.first_id is not None and (start_ms is not None or end_ms is not None):
            raise errors.OPTIONAL_COMBINATION.refusal()
        if start_ms is None or end_ms is None:
            return
        if end_ms - start_ms > _LONGEST_HOURS * _MILLISECONDS_PER_HOUR:
            raise errors.LOOKUP_TOO_LONG.refusal(_LONGEST_HOURS)

    def choose(self, entries: Sequence[tuple[int, int, _Entry]]) -> list[_Entry]:
        """Choose among (id, time in nanoseconds, entry), oldest first."""
        chosen = [entry for number, time_ns, entry in entries if self._holds(number, time_ns)]
        if self.first_id is None and self.start_ms is None:
            return chosen[-self.limit :]
        return chosen[: self.limit]

    def _holds(self, number: int, time_ns: int) -> bool:
        time_ms = milliseconds(time_ns)
        return (
            (self.first_id is None or number >= self.first_id)
            and (self.start_ms is None or time_ms >= self.start_ms)
            and (self.end_ms is None or time_ms <= self.end_ms)
        )
