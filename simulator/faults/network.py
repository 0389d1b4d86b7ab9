"""Faults of the network: armed by channel, fired by the units that meet them.

A fault that was armed and never met a unit has fired 0 times: the judge says so, because the
situation that was asked for did not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from fillproof.simulator.universe.links import UNDISTURBED, Passage
from fillproof.simulator.universe.units_on_wire import Unit


class What(StrEnum):
    """The network faults."""

    HOLD = "hold"
    DELAY = "delay"
    DROP = "drop"
    DUPLICATE = "duplicate"
    CUT = "cut"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """One armed fault. Times in virtual nanoseconds; `left` is how many units it awaits."""

    name: str
    what: What
    channel: str
    until_ns: int = 0
    by_ns: int = 0
    at_byte: int = 0
    left: int = 0
    fired: int = 0


_COUNTED = (What.DELAY, What.DROP, What.DUPLICATE, What.CUT)


class NetworkFaults:
    """The armed faults of one world. `on_fired(fault, unit number)` hears of each that fires."""

    def __init__(self, on_fired: Callable[[NetworkFault, int], None]) -> None:
        self._armed: dict[str, NetworkFault] = {}
        self._dead: dict[str, str] = {}
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
                passage = self._meet(fault, unit, passage)
        return passage

    def held_until(self, unit: Unit, now_ns: int) -> tuple[int, str] | None:
        """Return (until, fault) when a unit that would arrive now is held."""
        for fault in self._armed.values():
            if (
                fault.what is What.HOLD
                and fault.channel == unit.channel
                and now_ns < fault.until_ns
            ):
                self._fire(fault, unit)
                return fault.until_ns, fault.name
        return None

    def _meet(self, fault: NetworkFault, unit: Unit, passage: Passage) -> Passage:
        self._fire(replace(fault, left=fault.left - 1), unit)
        passage = replace(passage, faults=(*passage.faults, fault.name))
        match fault.what:
            case What.DELAY:
                return replace(passage, extra_ns=passage.extra_ns + fault.by_ns)
            case What.DROP:
                return replace(passage, copies=0)
            case What.DUPLICATE:
                return replace(passage, copies=passage.copies * 2)
            case _:
                return replace(passage, cut_at=fault.at_byte)

    def _fire(self, fault: NetworkFault, unit: Unit) -> None:
        fired = replace(fault, fired=fault.fired + 1)
        self._armed[fault.name] = fired
        self._on_fired(fired, unit.number)
