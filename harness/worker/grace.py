"""Looks at what the connector tracks in the middle of each grace window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from fillproof.harness.worker.keys import CLIENT
from fillproof.harness.worker.recorder import Recorder
from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

_ENDS = (ExecutionType.PENDING_CANCEL, ExecutionType.CANCELED, ExecutionType.EXPIRED)


class GraceWatch:
    """Takes a reading half a window after truth first said that an order ends."""

    def __init__(
        self, grace_ns: int, reading: Callable[[], Mapping[str, Any]], recorder: Recorder
    ) -> None:
        self._half_seconds = grace_ns / 2 / NANOSECONDS
        self._reading = reading
        self._recorder = recorder
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def note(self, reports: Iterable[Report]) -> None:
        """Look after the orders of the connector's account that end."""
        for report in reports:
            if not isinstance(report, ExecutionReport) or report.account != CLIENT:
                continue
            number = report.venue_order_id
            if report.execution_type in _ENDS and number not in self._timers:
                look = partial(self._look, report.client_order_id)
                loop = asyncio.get_running_loop()
                self._timers[number] = loop.call_later(self._half_seconds, look)

    def close(self) -> None:
        """Look no more."""
        for timer in self._timers.values():
            timer.cancel()

    def _look(self, client_order_id: str) -> None:
        keys = {"at": "grace", "client_order_id": client_order_id}
        self._recorder.told("reading", **keys, **self._reading())
