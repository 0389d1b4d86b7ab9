"""The faults of one world, of the network and of the venue's answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.tap import WireTap
from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults
from fillproof.simulator.faults.network import NetworkFault, NetworkFaults, What
from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.links import Passage
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.units_on_wire import Form, Unit

_ANSWERS = ("fail", "resend")


class WorldFaults:
    """Arms faults, records when each fires, and heals them. Names are F1, F2 … in arming order."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._count = 0
        self._fired: dict[str, int] = {}
        self._windows_end_ns = 0
        self.network_faults = NetworkFaults(self._network_fired)
        self.answers = AnswerFaults(self._answer_fired)
        self.held_until = self.network_faults.held_until
        self.is_dead = self.network_faults.is_dead
        self.network: Network
        self.tap: WireTap

    # What every link asks ----------------------------------------------------------------------

    def passage(self, unit: Unit) -> Passage:
        """Return how a unit passes; what touched an answer touches the frame that it is."""
        passage = self.network_faults.passage(unit)
        signed = self.answers.signed(unit.body) if unit.form is Form.FRAME else ()
        return replace(passage, faults=(*passage.faults, *signed)) if signed else passage

    # What steps ask ----------------------------------------------------------------------------

    def arm(self, step: Mapping[str, Any], now_ns: int) -> None:
        """Arm the fault of a step."""
        self._count += 1
        name, what = f"F{self._count}", step["op"]
        keys = {k: v for k, v in step.items() if k not in {"op", "line", "column"}}
        self._fired[name] = 0
        self._recorder.wire("armed", fault=name, what=what, **keys)
        if what in _ANSWERS:
            self.answers.arm(AnswerFault(fault=name, what=what, **keys))
            return
        until_ns = now_ns + keys.get("for", 0)
        self._windows_end_ns = max(self._windows_end_ns, until_ns)
        self.network_faults.arm(
            NetworkFault(
                name=name,
                what=What(what),
                channel=keys["channel"],
                until_ns=until_ns,
                by_ns=keys.get("by", 0),
                at_byte=keys.get("at_byte", 0),
                left=keys.get("count", 0),
            )
        )
        if what == What.HALF_OPEN:
            self._silence(name, keys["channel"], keys["for"])

    def fire_once(self, what: str, unit: int | None = None, **keys: Any) -> None:
        """Record a fault that acts at the moment it is asked for (a close)."""
        self._count += 1
        name = f"F{self._count}"
        self._recorder.wire("armed", fault=name, what=what, **keys)
        self._recorder.wire("fired", fault=name, what=what, unit=unit)
        self._fired[name] = 1

    @property
    def windows_end_ns(self) -> int:
        """When the last window (hold, half-open) that was asked for is over; 0 without one."""
        return self._windows_end_ns

    @property
    def waiting(self) -> bool:
        """True while a fault waits for units it was armed for."""
        return self.network_faults.waiting or self.answers.waiting

    def heal(self) -> None:
        """End every fault; those that silenced a connection end by cutting it."""
        for name in self.network_faults.dead_faults():
            self._bury(name)
        self.network_faults.heal()
        self.answers.heal()
        for name, fired in self._fired.items():
            self._recorder.wire("healed", fault=name, fired=fired)
        self._fired.clear()
        self._windows_end_ns = 0

    def _silence(self, name: str, channel: str, for_ns: int) -> None:
        alive = {c.name for c in self.network.connections if c.is_open}
        carriers = tuple(c for c in self.tap.carriers(channel) if c in alive)
        self.network_faults.silence(name, carriers)
        for _ in carriers:
            self._note(name, What.HALF_OPEN.value, None)
        loop = asyncio.get_running_loop()
        loop.call_later(for_ns / NANOSECONDS, self._bury, name)

    def _bury(self, name: str) -> None:
        """The silence ends: what was on the other side has forgotten the connection."""
        buried = self.network_faults.bury(name)
        for connection in self.network.connections:
            if connection.name in buried:
                connection.cut()

    def _network_fired(self, fault: NetworkFault, unit: int) -> None:
        self._note(fault.name, fault.what.value, unit)

    def _answer_fired(self, fault: AnswerFault) -> None:
        self._note(fault.fault, fault.what, None)

    def _note(self, name: str, what: str, unit: int | None) -> None:
        self._fired[name] = self._fired.get(name, 0) + 1
        self._recorder.wire("fired", fault=name, what=what, unit=unit)
