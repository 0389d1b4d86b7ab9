"""The faults of one world: of the network, of the venue's answers, of the client's machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.tap import WireTap
from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults
from fillproof.simulator.faults.network import NetworkFault, NetworkFaults, What
from fillproof.simulator.server import VenueServer
from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.universe.links import Passage, Way
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.units_on_wire import Form, Unit

_SERVICE_RESTART = 1012
_MAINTENANCE = "The service is down for maintenance."

Keys = Mapping[str, Any]


class WorldFaults:
    """Arms faults, records when each fires, and heals them. Names are F1, F2 … in arming order."""

    def __init__(self, recorder: Recorder, clock: Clock) -> None:
        self._recorder = recorder
        self._clock = clock
        self._count = 0
        self._fired: dict[str, tuple[str, int]] = {}
        self._windows_end_ns = 0
        self.network_faults = NetworkFaults(self._network_fired)
        self.answers = AnswerFaults(self._answer_fired)
        self.held_until = self.network_faults.held_until
        self.is_dead = self.network_faults.is_dead
        self.barred_until = self.network_faults.barred_until
        self.network: Network
        self.tap: WireTap
        self.server: VenueServer
        self.disturbs: Callable[[float], None] = lambda _until: None
        """Hears, whenever a fault fires, until when faults last at the most, in seconds."""
        self._armed_by: Mapping[str, Callable[[str, Keys], None]] = {
            "fail": self._arm_answer,
            "resend": self._arm_answer,
            "lag": self._arm_lag,
            "maintenance": self._arm_maintenance,
            "skew": self._arm_skew,
            "stall": self._arm_stall,
            "unreachable": self._arm_unreachable,
            "half_open": self._arm_half_open,
            "revoke": self._arm_revoke,
        }

    # What every link asks ----------------------------------------------------------------------

    def passage(self, unit: Unit) -> Passage:
        """Return how a unit passes; what touched an answer touches the frame that it is."""
        passage = self.network_faults.passage(unit)
        signed = self.answers.signed(unit.body) if unit.form is Form.FRAME else ()
        return replace(passage, faults=(*passage.faults, *signed)) if signed else passage

    # What steps ask ----------------------------------------------------------------------------

    def arm(self, step: Mapping[str, Any]) -> None:
        """Arm the fault of a step."""
        what = step["op"]
        keys = {k: v for k, v in step.items() if k not in {"op", "line", "column"}}
        name = self._name(what, keys)
        self._windows_end_ns = max(self._windows_end_ns, self._until_ns(keys))
        self._armed_by.get(what, self._arm_network)(name, {"what": what, **keys})

    def fire_once(self, what: str, unit: int | None = None, **keys: Any) -> None:
        """Record a fault that acts at the moment it is asked for (a close)."""
        self._note(self._name(what, keys), unit)

    def lie(self, what: str, texts: Sequence[str], **keys: Any) -> None:
        """Record messages that say what is not so; they leave right after."""
        name = self._name(what, keys)
        for text in texts:
            self.answers.sign(text, (name,))
            self._note(name)

    @property
    def windows_end_ns(self) -> int:
        """When the last window (hold, half-open …) that was asked for is over; 0 without one."""
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
        self.server.catch_up()
        self.server.revoke(0, announced=True)
        self._clock.skew_ns = 0
        self._loop().wake_client()
        for name, (_, fired) in self._fired.items():
            self._recorder.wire("healed", fault=name, fired=fired)
        self._fired.clear()
        self._windows_end_ns = 0

    # How each is armed -------------------------------------------------------------------------

    def _arm_network(self, name: str, keys: Keys) -> None:
        self.network_faults.arm(
            NetworkFault(
                name=name,
                what=What(keys["what"]),
                channel=keys.get("channel", ""),
                until_ns=self._until_ns(keys),
                by_ns=keys.get("by", keys.get("over", keys.get("every", 0))),
                at_byte=keys.get("at_byte", 0),
                left=keys.get("count", 0),
                skip=keys.get("skip", 0),
                way=Way(keys["how"]) if "how" in keys else None,
            )
        )

    def _arm_half_open(self, name: str, keys: Keys) -> None:
        self._arm_network(name, keys)
        alive = {c.name for c in self.network.connections if c.is_open}
        carriers = tuple(c for c in self.tap.carriers(keys["channel"]) if c in alive)
        self.network_faults.silence(name, carriers)
        for _ in carriers:
            self._note(name)
        self._at_the_end(keys, self._bury, name)

    def _arm_unreachable(self, name: str, keys: Keys) -> None:
        self._arm_network(name, keys)
        if keys["breaks"]:
            for connection in self.network.connections:
                if connection.is_open:
                    connection.cut()

    def _arm_revoke(self, name: str, keys: Keys) -> None:
        for _ in range(self.server.revoke(keys["for"], announced=keys["announced"])):
            self._note(name)

    def _arm_stall(self, name: str, keys: Keys) -> None:
        self._arm_network(name, keys)
        self._loop().stall_client(keys["for"] / NANOSECONDS)
        self._note(name)

    def _arm_answer(self, name: str, keys: Keys) -> None:
        rest = {key: value for key, value in keys.items() if key != "retry_after"}
        wait_ns = keys.get("retry_after")
        wait_s = None if wait_ns is None else -(-wait_ns // NANOSECONDS)
        self.answers.arm(AnswerFault(fault=name, retry_after_s=wait_s, **rest))

    def _arm_lag(self, name: str, keys: Keys) -> None:
        self.server.lag(name, keys["channel"].replace("_reply", "_request"))
        self._at_the_end(keys, self.server.catch_up, name)

    def _arm_maintenance(self, name: str, keys: Keys) -> None:
        self.answers.arm(AnswerFault(name, "maintenance", status=keys["status"], text=_MAINTENANCE))
        self.server.close_all(_SERVICE_RESTART)
        self._at_the_end(keys, self.answers.lift, name)

    def _arm_skew(self, name: str, keys: Keys) -> None:
        self._clock.skew_ns = keys.get("ahead", 0) - keys.get("behind", 0)
        self._note(name)

    def _loop(self) -> WorldLoop:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop), "a world runs on a world's loop"
        return loop

    def _until_ns(self, keys: Keys) -> int:
        return self._clock.now_ns + int(keys.get("for", 0))

    def _at_the_end(self, keys: Keys, end: Callable[[str], None], name: str) -> None:
        asyncio.get_running_loop().call_later(keys["for"] / NANOSECONDS, end, name)

    def _bury(self, name: str) -> None:
        """The silence ends: what was on the other side has forgotten the connection."""
        buried = self.network_faults.bury(name)
        for connection in self.network.connections:
            if connection.name in buried:
                connection.cut()

    # What fired --------------------------------------------------------------------------------

    def stale(self, name: str) -> None:
        """A reply lagged behind what the venue knows."""
        self._note(name)

    def _name(self, what: str, keys: Keys) -> str:
        """Give a fault its name, and record it as armed."""
        self._count += 1
        name = f"F{self._count}"
        self._fired[name] = (what, 0)
        self._recorder.wire("armed", fault=name, what=what, **keys)
        return name

    def _network_fired(self, fault: NetworkFault, unit: int | None) -> None:
        self._note(fault.name, unit)

    def _answer_fired(self, fault: AnswerFault) -> None:
        self._note(fault.fault)

    def _note(self, name: str, unit: int | None = None) -> None:
        what, fired = self._fired[name]
        self._fired[name] = (what, fired + 1)
        self._recorder.wire("fired", fault=name, what=what, unit=unit)
        self.disturbs(max(self._clock.now_ns, self._windows_end_ns) / NANOSECONDS)
