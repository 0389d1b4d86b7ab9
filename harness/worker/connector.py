"""The connector under test in each of its runs: made, started, asked what it believes, stopped."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Callable, Coroutine
from typing import Any

from fillproof.harness.connectors.protocol import About, Adapter, Capability, Reading
from fillproof.harness.worker.client_side import made_on_the_clients_side
from fillproof.harness.worker.forms import not_async
from fillproof.harness.worker.host import WorldHost, reading_keys
from fillproof.harness.worker.in_flight import in_flight_keys
from fillproof.harness.worker.leftovers import foreign_tasks, note_leftovers
from fillproof.harness.worker.needs import Factory, sound_about
from fillproof.harness.worker.recorder import RAISED, Recorder, in_words, recording_trouble
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.places import way_of
from fillproof.simulator.universe.sides import on_the_clients_side

READY_BOUND_SECONDS = 180.0
STOP_BOUND_SECONDS = 60.0
SETTLE_SECONDS = 1.0


class Connector:
    """Passes on what the world asks of the adapter; what goes wrong with it is in the recording."""

    def __init__(
        self,
        host: Callable[[], WorldHost],
        recorder: Recorder,
        network: Network,
        dialect: str,
    ) -> None:
        self._make_host = host
        self._recorder = recorder
        self._network = network
        self._dialect = dialect
        self._dead: list[Adapter] = []
        self._ready_by: asyncio.Timeout | None = None
        self.run = 0
        self.is_there = False
        self.about: About
        self.adapter: Adapter

    def make(self, factory: Factory) -> About:
        """Make the adapter and return what it says of itself; raises whatever making it raises."""
        self._factory = factory
        self._make()
        self.about = sound_about(self.adapter, self._dialect)
        self.is_there = True
        return self.about

    def make_again(self, persisted: Any) -> None:
        """Make the adapter of the next run; it begins with what the one before persisted."""
        self._make()
        self.adapter.restore(persisted)
        self.is_there = True

    def _make(self) -> None:
        self.run += 1
        self._host = self._make_host()
        self._host.look = self.look
        self.adapter = made_on_the_clients_side(self._factory, self._host, self.run)

    async def get_ready(self) -> bool:
        """Start it and wait until it says it is ready; return False when that never comes."""
        bound = asyncio.timeout(READY_BOUND_SECONDS)
        started = False
        try:
            async with bound:
                self._ready_by = bound
                await self.adapter.start()
                started = True
                while not not_async("ready", self.adapter.ready()):  # noqa: ASYNC110 - no event for it
                    await asyncio.sleep(0.1)
        except RAISED as error:
            if bound.expired():
                self._note_never_ready(error, started=started)
            else:
                self._recorder.trouble("start_raised", in_words(error), way_of(error))
            return False
        finally:
            self._ready_by = None
        await asyncio.sleep(SETTLE_SECONDS)
        return True

    def disturbed(self, until: float) -> None:
        """A fault met something: who gets ready has the whole time for it once that is over."""
        if self._ready_by is not None and not self._ready_by.expired():
            self._ready_by.reschedule(until + READY_BOUND_SECONDS)

    def _note_never_ready(self, error: BaseException, *, started: bool) -> None:
        after = f"after {READY_BOUND_SECONDS:g} virtual seconds without a fault"
        if started:
            self._recorder.trouble(
                "never_ready", f"ready() is still false {after}", foreign_tasks()
            )
        else:
            way = way_of(error.__cause__ or error)
            self._recorder.trouble("never_ready", f"start() has not returned {after}", way)

    async def stop(self) -> None:
        """Stop it, and record what it leaves behind."""
        bound = asyncio.timeout(STOP_BOUND_SECONDS)
        try:
            async with bound:
                await self.adapter.stop()
                await asyncio.sleep(0)  # should it have cancelled this very task, here it shows
        except RAISED as error:
            if bound.expired():
                message = f"stop() has not returned after {STOP_BOUND_SECONDS:g} virtual seconds"
                way = way_of(error.__cause__ or error)
                self._recorder.trouble("never_stopped", message, way)
            else:
                self._recorder.trouble("adapter_raised", in_words(error), way_of(error))
        await self._host.stop()
        self._recorder.run("phase", phase="left")
        await asyncio.sleep(SETTLE_SECONDS)
        note_leftovers(self._recorder, self._network)

    def persist(self) -> Any:
        """Return what the library has persisted by now; raises TypeError when it is no JSON."""
        return json.loads(json.dumps(self.adapter.persist()))

    def leave(self, *, killed: bool) -> None:
        """Hear nothing more of this run; a dead one is kept, since what is forgotten may act."""
        self._host.silence()
        self.is_there = False
        if killed:
            self._dead.append(self.adapter)

    def forget(self) -> None:
        """Let go of the connector: a task it keeps that died unseen is missed only then."""
        del self.adapter
        gc.collect()

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run what a strategy does with the connector: it ends with it."""
        with on_the_clients_side(self.run):
            self._host.spawn(work, name)

    def look(self, at: str, client_order_id: str) -> None:
        """Record what the connector's own in-flight order says now, if it has such a thing."""
        if not self.is_there or Capability.IN_FLIGHT not in self.about.capabilities:
            return
        with recording_trouble(self._recorder, "adapter_raised"):
            said = self.adapter.in_flight(client_order_id)
            if said is not None:
                self._recorder.told(
                    "in_flight", at=at, client_order_id=client_order_id, **in_flight_keys(said)
                )

    def note(self, at: str) -> None:
        """Record what the connector believes now, and what each order that it tracks says."""
        reading = self.reading()
        self._recorder.told("reading", at=at, **reading)
        for client_order_id in dict.fromkeys(reading["tracked"] or ()):
            self.look(at, client_order_id)

    def reading(self) -> dict[str, Any]:
        """Return what the connector believes; nothing when it cannot say, or is not there."""
        if not self.is_there:
            return reading_keys(Reading())
        with recording_trouble(self._recorder, "adapter_raised"):
            return reading_keys(self.adapter.reading())
        return reading_keys(Reading())
