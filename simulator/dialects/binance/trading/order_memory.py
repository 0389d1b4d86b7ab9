"""What the venue remembers of orders that its engine does not know: names of cancels, labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

_LIVE = (OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED)
_Value = TypeVar("_Value")

KEPT = 100_000
"""Entries of each kind that are surely kept; at most twice as many are."""


class _Recent(Generic[_Value]):
    """The latest entries by number: two generations, of which the older is forgotten whole."""

    def __init__(self) -> None:
        self._young: dict[int, _Value] = {}
        self._old: dict[int, _Value] = {}

    def keep(self, number: int, value: _Value) -> None:
        if len(self._young) >= KEPT:
            self._old, self._young = self._young, {}
        self._young[number] = value

    def get(self, number: int) -> _Value | None:
        return self._young.get(number, self._old.get(number))


class OrderMemory:
    """Entries by order; as many as may be asked for soon, not all there ever were."""

    def __init__(self) -> None:
        self._made_ids = 0
        self._cancel_ids = _Recent[str]()
        self._labels = _Recent[dict[str, Json]]()
        self._announced = _Recent[bool]()
        self._told_anyway = _Recent[bool]()

    def make_client_order_id(self) -> str:
        """Return an id for an order or cancel that came without one: 22 characters, a counter."""
        self._made_ids += 1
        return f"fp{self._made_ids:020d}"

    def keep_cancel_id(self, venue_order_id: int, cancel_id: str) -> None:
        """Remember under which id an order's cancel was asked."""
        self._cancel_ids.keep(venue_order_id, cancel_id)

    def cancel_id(self, venue_order_id: int) -> str:
        """Return the id of an order's cancel; one that nobody asked for gets a made one."""
        known = self._cancel_ids.get(venue_order_id)
        if known is not None:
            return known
        made = self.make_client_order_id()
        self.keep_cancel_id(venue_order_id, made)
        return made

    def keep_labels(self, venue_order_id: int, labels: dict[str, Json]) -> None:
        """Remember the client's labels of an order, if it has any."""
        if labels:
            self._labels.keep(venue_order_id, labels)

    def labels(self, venue_order_id: int) -> dict[str, Json]:
        """Return an order's labels, as answers show them."""
        return self._labels.get(venue_order_id) or {}

    def note_announced(self, reports: Iterable[Report]) -> None:
        """Remember which orders were told canceled when their cancel was asked.

        One whose cancel has come to nothing, and which lives, is canceled no more; that is told.
        """
        for report in reports:
            if not isinstance(report, ExecutionReport):
                continue
            if report.execution_type is ExecutionType.PENDING_CANCEL:
                self._announced.keep(report.venue_order_id, True)
            elif self.was_announced(report.venue_order_id) and _lives_again(report):
                self._announced.keep(report.venue_order_id, False)
                self._told_anyway.keep(report.execution_id, True)

    def was_announced(self, venue_order_id: int) -> bool:
        """Return whether an order was told canceled when its cancel was asked."""
        return self._announced.get(venue_order_id) is True

    def tell_refusal(self, execution_id: int) -> None:
        """Have the streams tell a refusal, which is mostly only answered."""
        self._told_anyway.keep(execution_id, True)

    def is_told(self, execution_id: int) -> bool:
        """Return whether the streams tell this report, of a kind that they mostly do not tell."""
        return self._told_anyway.get(execution_id) is not None


def _lives_again(report: ExecutionReport) -> bool:
    return report.execution_type is ExecutionType.RESTATED and report.order_status in _LIVE
