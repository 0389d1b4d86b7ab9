"""What may differ between one day of the venue and another, as switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fillproof.simulator.dialects.switches import Switches

_MILLISECOND_NS = 1_000_000


@dataclass(frozen=True, slots=True)
class Quirks(Switches):
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

    venue: ClassVar[str] = "hyperliquid"

    stream_after_reply_ns: int = _MILLISECOND_NS
    fills_first: bool = True
    book_interval_ns: int = 500 * _MILLISECOND_NS
    rate_limits: bool = True
    request_weight_per_minute: int = 1_200
    actions_at_first: int = 10_000
    unified_account: bool = False
