"""How the judge writes numbers, times and events."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.history import Event, History
from fillproof.harness.numbers import plain

_NANOSECONDS = Decimal(1_000_000_000)


def seconds(nanoseconds: int) -> str:
    """Return a duration, e.g. "0.105 s"."""
    return f"{Decimal(nanoseconds) / _NANOSECONDS:.3f} s"


def distance(earlier: int, later: int) -> str:
    """Return a duration to put before a word, e.g. "2.030 s "; empty at the same instant."""
    return f"{seconds(later - earlier)} " if later > earlier else ""


def moment(history: History, t: int) -> str:
    """Return a time as seconds since the steps began, e.g. "0.105 s"."""
    return seconds(t - history.began)


def times(count: int) -> str:
    """Return " (3 times)" for what came more than once."""
    return f" ({count} times)" if count > 1 else ""


def told(event: Event) -> str:
    """Return an event as scenarios write it, e.g. "Filled 0.2"."""
    if event.name == "Filled" and event.amount is not None:
        return f"Filled {plain(event.amount)}"
    return event.name


def trace(events: tuple[Event, ...]) -> str:
    """Return told events in their order, e.g. "Created, Filled 0.2"."""
    return ", ".join(told(event) for event in events) or "nothing"
