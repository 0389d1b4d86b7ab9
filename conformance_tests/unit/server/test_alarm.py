"""The alarm of the server: one timer at most, where it was last set to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from fillproof.simulator.server.alarm import Alarm


@dataclass
class Timers:
    """Calls that are to come, as the server's clock would make them."""

    waiting: dict[int, Callable[[], None]] = field(default_factory=dict)

    def call_at(self, due_ns: int, call: Callable[[], None]) -> Planned:
        self.waiting[due_ns] = call
        return Planned(self, due_ns)

    def pass_to(self, due_ns: int) -> None:
        self.waiting.pop(due_ns)()


@dataclass
class Planned:
    """One of them."""

    timers: Timers
    due_ns: int

    def cancel(self) -> None:
        del self.timers.waiting[self.due_ns]


def test_an_alarm_rings_once_where_it_was_last_set() -> None:
    """Moving it cancels the old moment; setting it again to the same changes nothing."""
    timers, rung = Timers(), []
    alarm = Alarm(timers.call_at, lambda: rung.append(1))
    for due_ns in (10, 10, 7, None, 8):
        alarm.set(due_ns)
    assert list(timers.waiting) == [8]
    timers.pass_to(8)
    assert (rung, timers.waiting) == ([1], {})
    alarm.set(8)
    assert list(timers.waiting) == [8]


def test_a_silenced_alarm_is_never_set_again() -> None:
    """Once the server stops nothing is planned any more."""
    timers = Timers()
    alarm = Alarm(timers.call_at, lambda: None)
    alarm.set(5)
    alarm.silence()
    alarm.set(6)
    assert timers.waiting == {}
