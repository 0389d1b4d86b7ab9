"""The fills that the venue has shown: what it shows no more, a reorganisation has taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from fillproof.harness.connectors.reference.facts import Fill, Seen, TakenBack


@dataclass(frozen=True, slots=True)
class _Known:
    fill: Fill
    heard_ns: int


@dataclass(frozen=True, slots=True)
class KnownFills:
    """Each fill of each order with when it was first heard of, in monotonic nanoseconds."""

    _orders: dict[str, dict[str, _Known]] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)

    def note(self, fill: Fill, now_ns: int) -> None:
        """Take note of a fill that a message shows."""
        known = self._orders.setdefault(fill.venue_order_id, {})
        known.setdefault(fill.trade_id, _Known(fill, now_ns))

    def total(self, venue_order_id: str, before_ns: int) -> Decimal:
        """Return how much of an order was filled, as far as was heard before then."""
        known = self._orders.get(venue_order_id, {}).values()
        return sum((one.fill.amount for one in known if one.heard_ns < before_ns), Decimal(0))

    def compare(
        self,
        venue_order_id: str,
        listed: Collection[Fill],
        asked_ns: int,
        shown: Seen | None = None,
    ) -> tuple[TakenBack, ...]:
        """Return what a list of all fills of an order, asked for then, shows to be taken back.

        What was heard of after the question may be newer than the answer. A list that lags behind
        shows nothing: one that does not has the latest of what was known, or what is new; or it is
        empty, and so is what another answer has `shown` as of a later time.
        """
        known = self._orders.get(venue_order_id, {})
        before = {name: one for name, one in known.items() if one.heard_ns < asked_ns}
        there = {fill.trade_id for fill in listed}
        if not before or not there.isdisjoint(self._gone):
            return ()
        latest = max(before.values(), key=lambda one: one.heard_ns).fill
        is_new = latest.trade_id in there or not there <= known.keys()
        if not is_new and (listed or not _is_empty(shown, latest)):
            return ()
        gone = [name for name in before if name not in there]
        self._gone.update(gone)
        return tuple(_taken_back(known.pop(name).fill) for name in gone)


def _is_empty(shown: Seen | None, latest: Fill) -> bool:
    """Return whether a status later than the latest fill says that nothing is filled."""
    if shown is None or shown.time_ms is None:
        return False
    return not shown.cumulative_quantity and shown.time_ms > latest.time_ms


def _taken_back(fill: Fill) -> TakenBack:
    return TakenBack(fill.venue_order_id, fill.trade_id, fill.amount, fill.price)
