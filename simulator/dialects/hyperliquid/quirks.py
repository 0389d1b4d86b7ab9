"""What may differ between one day of the venue and another, as switches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_MILLISECOND_NS = 1_000_000


class QuirkError(ValueError):
    """A quirk that does not exist, or a value it cannot have; the message says which is allowed."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """The switches; the defaults are Hyperliquid as it is documented.

    `stream_after_reply_ns`: how long after the reply the streams tell what an action did; 0 sends
    the streams first.
    `fills_first`: user fills are sent before order updates; nothing is promised of their order.
    `book_interval_ns`: a book, the mids and an asset's context are pushed when they change, at most
    so often.
    `rate_limits`: nobody is refused for asking too much when this is off.
    `request_weight_per_minute` (by address of the network), `actions_at_first` (by account, one
    more for each USDC traded): the limits; 0 is none.
    `unified_account`: one balance serves spot and perpetual markets; else an account tells what is
    its margin in its clearinghouse state alone.
    """

    stream_after_reply_ns: int = _MILLISECOND_NS
    fills_first: bool = True
    book_interval_ns: int = 500 * _MILLISECOND_NS
    rate_limits: bool = True
    request_weight_per_minute: int = 1_200
    actions_at_first: int = 10_000
    unified_account: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            kind = bool if isinstance(field.default, bool) else int
            if type(value) is not kind:
                allowed = "true or false" if kind is bool else "a whole number"
                raise QuirkError(f"quirk {field.name}: {value!r}; {allowed} is allowed")
            if value < 0:
                raise QuirkError(f"quirk {field.name}: {value}; zero or more")

    @classmethod
    def from_mapping(cls, switches: Mapping[str, Any]) -> Quirks:
        """Return the defaults with these switches set; raises QuirkError for unknown names."""
        known = [field.name for field in fields(cls)]
        unknown = [name for name in switches if name not in known]
        if unknown:
            raise QuirkError(
                f"no quirk of hyperliquid: {', '.join(unknown)}; known: {', '.join(known)}"
            )
        return cls(**switches)
