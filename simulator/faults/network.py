"""Faults of the network and of who reads from it: armed by channel, fired by what meets them.

A fault that was armed and never met anything has fired 0 times: the judge says so, because the
situation that was asked for did not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from fillproof.simulator.universe.links import UNDISTURBED, Passage, Way
from fillproof.simulator.universe.units_on_wire import Unit


class What(StrEnum):
    """The network faults, and those of the client's reading."""

    HOLD = "hold"
    DELAY = "delay"
    DROP = "drop"
    DUPLICATE = "duplicate"
    CUT = "cut"
    HALF_OPEN = "half_open"
    TRICKLE = "trickle"
    UNREACHABLE = "unreachable"
    SLOW_READER = "slow_reader"
    STALL = "stall"


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """One armed fault. Times in virtual nanoseconds.

    `left` is how many units it awaits, once `skip` have passed; `way` is where it bars the way.
    """

    name: str
    what: What
    channel: str = ""
    until_ns: int = 0
    by_ns: int = 0
    at_byte: int = 0
    left: int = 0
    skip: int = 0
    way: Way | None = None
    fired: int = 0


_COUNTED = (What.DELAY, What.DROP, What.DUPLICATE, What.CUT, What.TRICKLE)


class NetworkFaults:
    """The armed faults of one world. `on_fired(fault, unit number)` hears of each that fires."""

    def __init__(self, on_fired: Callable[[NetworkFault, int | None], None]) -> None:
        self._armed: dict[str, NetworkFault] = {}
        self._dead: dict[str, str] = {}
        self._read_at: dict[str, int] = {}
        self._held: set[tuple[str, int]] = set()
        self._on_fired = on_fired

    def arm(self, fault: NetworkFault) -> None:
        """Add a fault; names are unique in a world."""
        assert fault.name not in self._armed
        self._armed[fault.name] = fault

    @property
    def waiting(self) -> bool:
        """True while a counted fault has not met all its units."""
        return any(fault.left > 0 for fault in self._armed.values())

    def heal(self) -> tuple[NetworkFault, ...]:
        """End all faults and return them as they were, with how often each fired."""
        ended = tuple(self._armed.values())
        self._armed.clear()
        return ended

    def dead_faults(self) -> tuple[str, ...]:
        """Return the faults that keep a connection silent, in the order in which they did."""
        return tuple(dict.fromkeys(self._dead.values()))

    def bury(self, name: str) -> tuple[str, ...]:
        """End one half-open fault; return the connections it had silenced."""
        buried = tuple(c for c, fault in self._dead.items() if fault == name)
        for connection in buried:
            del self._dead[connection]
        return buried

    def silence(self, name: str, connections: tuple[str, ...]) -> None:
        """Make connections half-open by an armed fault."""
        for connection in connections:
            self._dead[connection] = name

    def is_dead(self, connection: str) -> str | None:
        """Return the fault that made a connection half-open, or None."""
        return self._dead.get(connection)

    def passage(self, unit: Unit) -> Passage:
        """Return how a unit passes that enters its link, and count it against the faults."""
        if not self._armed:
            return UNDISTURBED
        passage = UNDISTURBED
        for fault in list(self._armed.values()):
            if fault.channel == unit.channel and fault.what in _COUNTED and fault.left > 0:
                if fault.skip:
                    self._armed[fault.name] = replace(fault, skip=fault.skip - 1)
                else:
                    passage = self._meet(fault, unit, passage)
        return passage

    def held_until(self, unit: Unit, now_ns: int) -> tuple[int, str] | None:
        """Return (until, fault) when a unit that would arrive now is held."""
        for fault in self._armed.values():
            until_ns = self._read_from(fault, unit, now_ns)
            if now_ns < until_ns:
                if (fault.name, unit.number) not in self._held:
                    self._held.add((fault.name, unit.number))
                    self._fire(fault, unit.number)
                return until_ns, fault.name
        return None

    def barred_until(self, way: Way, now_ns: int, *, met: bool) -> int:
        """Return until when nobody gets through this way, 0 when it is free.

        `met`: somebody has just tried, and the fault that bars the way has fired.
        """
        for fault in self._armed.values():
            if fault.way is way and now_ns < fault.until_ns:
                if met:
                    self._fire(fault, None)
                return fault.until_ns
        return 0

    def _read_from(self, fault: NetworkFault, unit: Unit, now_ns: int) -> int:
        """Return when a unit that would arrive now is read as far as this fault goes."""
        if now_ns >= fault.until_ns:
            return 0
        if fault.what is What.STALL:
            return fault.until_ns if unit.direction == "v2c" else 0
        if fault.channel != unit.channel:
            return 0
        if fault.what is What.SLOW_READER:
            return self._free_at(fault, now_ns)
        return fault.until_ns if fault.what is What.HOLD else 0

    def _free_at(self, fault: NetworkFault, now_ns: int) -> int:
        """Return when a slow reader is through with what it has; who reads now keeps it busy."""
        free_ns = self._read_at.get(fault.name, 0)
        if now_ns >= free_ns:
            self._read_at[fault.name] = now_ns + fault.by_ns
            return 0
        return free_ns

    def _meet(self, fault: NetworkFault, unit: Unit, passage: Passage) -> Passage:
        self._fire(replace(fault, left=fault.left - 1), unit.number)
        passage = replace(passage, faults=(*passage.faults, fault.name))
        match fault.what:
            case What.DELAY:
                return replace(passage, extra_ns=passage.extra_ns + fault.by_ns)
            case What.DROP:
                return replace(passage, copies=0)
            case What.DUPLICATE:
                return replace(passage, copies=passage.copies * 2)
            case What.TRICKLE:
                return replace(passage, spread_ns=passage.spread_ns + fault.by_ns)
            case _:
                return replace(passage, cut_at=fault.at_byte)

    def _fire(self, fault: NetworkFault, unit: int | None) -> None:
        fired = replace(fault, fired=fault.fired + 1)
        self._armed[fault.name] = fired
        self._on_fired(fired, unit)
