"""What the venue says by itself leaves in the order it happened, some of it a little later."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

from fillproof.simulator.dialects.protocol import Push

Pushes = tuple[Push, ...]


class Timer(Protocol):
    """A call that is to come."""

    def cancel(self) -> None:
        """Call it off."""
        ...


Clock = Callable[[], int]
CallAt = Callable[[int, Callable[[], None]], Timer]
"""Calls a function at a venue time in nanoseconds."""


class PushQueue:
    """Batches of pushes, each due at a time; none overtakes one that came before it."""

    def __init__(self, clock: Clock, call_at: CallAt, deliver: Callable[[Pushes], None]) -> None:
        self._clock = clock
        self._call_at = call_at
        self._deliver = deliver
        self._waiting: deque[tuple[int, Pushes]] = deque()

    def put(self, pushes: Pushes, delay_ns: int) -> None:
        """Deliver a batch after a delay, or with the batch before it when that is later."""
        if not pushes:
            return
        due_ns = self._clock() + delay_ns
        if not self._waiting and delay_ns == 0:
            self._deliver(pushes)
            return
        if self._waiting:
            due_ns = max(due_ns, self._waiting[-1][0])
        self._waiting.append((due_ns, pushes))
        self._call_at(due_ns, partial(self._flush, due_ns))

    def hurry(self) -> None:
        """Deliver all that waits, now."""
        if self._waiting:
            self._flush(self._waiting[-1][0])

    def _flush(self, until_ns: int) -> None:
        """Deliver what was due by then, whichever timer comes first."""
        while self._waiting and self._waiting[0][0] <= until_ns:
            self._deliver(self._waiting.popleft()[1])
