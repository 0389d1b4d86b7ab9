"""One call at a moment that may be moved, or called off."""

from __future__ import annotations

from collections.abc import Callable

from fillproof.simulator.server.pushes import CallAt, Timer


class Alarm:
    """Rings once at the moment it was last set to; setting it to the same moment costs nothing."""

    __slots__ = ("_call_at", "_due_ns", "_ring", "_silent", "_timer")

    def __init__(self, call_at: CallAt, ring: Callable[[], None]) -> None:
        self._call_at = call_at
        self._ring = ring
        self._due_ns: int | None = None
        self._timer: Timer | None = None
        self._silent = False

    def set(self, due_ns: int | None) -> None:
        """Ring at this venue time, and at no other; None is never."""
        if due_ns == self._due_ns or self._silent:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due_ns = due_ns
        self._timer = None if due_ns is None else self._call_at(due_ns, self._go_off)

    def silence(self) -> None:
        """Never ring again."""
        self.set(None)
        self._silent = True

    def _go_off(self) -> None:
        self._due_ns = self._timer = None
        self._ring()
