"""What a connection asks before it lets a unit pass: latency, and the faults that are armed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from fillproof.simulator.universe.units_on_wire import Unit


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """One way's latency and the most that jitter adds to it, in virtual nanoseconds."""

    latency_ns: int = 5_000_000
    jitter_ns: int = 0


class Way(StrEnum):
    """Where it can end for who wants to connect."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Passage:
    """How one unit passes.

    `cut_at` bytes arrive and then the connection is gone; what follows the head of a message takes
    `spread_ns` to arrive, piece by piece.
    """

    extra_ns: int = 0
    copies: int = 1
    cut_at: int | None = None
    spread_ns: int = 0
    faults: tuple[str, ...] = ()


UNDISTURBED = Passage()


class Disturbances(Protocol):
    """Asked by every link; `simulator.faults` is one."""

    def passage(self, unit: Unit) -> Passage:
        """Return how a unit passes that enters its link now."""

    def held_until(self, unit: Unit, now_ns: int) -> tuple[int, str] | None:
        """Return until when a unit that would arrive now is held, and by which fault."""

    def is_dead(self, connection: str) -> str | None:
        """Return the fault that made the connection half-open, or None."""

    def barred_until(self, way: Way, now_ns: int, *, met: bool) -> int:
        """Return until when nobody gets through this way, 0 when it is free."""


class Tap(Protocol):
    """Hears everything that crosses."""

    def channel(self, unit: Unit) -> str: ...

    def head(self, host: str, method: str, path: str) -> None: ...

    def opened(self, connection: str, host: str, port: int) -> None: ...

    def sent(self, unit: Unit) -> None: ...

    def delivered(self, unit: Unit, faults: tuple[str, ...]) -> None: ...

    def lost(self, unit: Unit, faults: tuple[str, ...]) -> None: ...

    def closed(self, connection: str, by: str, code: int | None) -> None: ...

    def ended(self, connection: str, by: str) -> None: ...

    def unknown_host(self, host: str, port: int) -> None: ...

    def unreadable(self, connection: str, error: str) -> None: ...


class Latency:
    """Draws the time one unit needs, from the world's own seeded generator."""

    def __init__(self, settings: LinkSettings, entropy: random.Random) -> None:
        self._settings = settings
        self._entropy = entropy

    def draw_ns(self) -> int:
        """Return virtual nanoseconds from entry to arrival."""
        jitter = self._settings.jitter_ns
        return self._settings.latency_ns + (self._entropy.randrange(jitter + 1) if jitter else 0)
