"""What requests weigh whose weight depends on their parameters."""

from __future__ import annotations

from collections.abc import Callable

from fillproof.simulator.dialects.binance.parameters import Parameters


def heavier_with(name: str, heavy: int, light: int) -> Callable[[Parameters], int]:
    """Return a weight that is heavy when a parameter was sent."""
    return lambda parameters: heavy if name in parameters else light


def heavier_without(name: str, heavy: int, light: int) -> Callable[[Parameters], int]:
    """Return a weight that is heavy when a parameter was not sent."""
    return lambda parameters: light if name in parameters else heavy
