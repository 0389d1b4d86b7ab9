"""Lets market life act on a served venue whenever its time has come."""

from __future__ import annotations

from collections.abc import Callable

from fillproof.simulator.life.protocol import Life
from fillproof.simulator.server.pushes import CallAt, Clock, Timer
from fillproof.simulator.vocabulary.commands import Command


class Pulse:
    """Calls itself at the times that life asks for; `apply` carries out each command."""

    def __init__(
        self,
        life: Life,
        apply: Callable[[Command], object],
        clock: Clock,
        call_at: CallAt,
    ) -> None:
        self._life = life
        self._apply = apply
        self._clock = clock
        self._call_at = call_at
        self._timer: Timer | None = None

    def beat(self) -> None:
        """Let life act, and come back when it wants to act again."""
        for command in self._life.act(self._clock()):
            self._apply(command)
        next_ns = self._life.next_ns
        self._timer = None if next_ns is None else self._call_at(next_ns, self.beat)

    def stop(self) -> None:
        """Act no more."""
        if self._timer is not None:
            self._timer.cancel()
