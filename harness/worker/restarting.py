"""Takes the connector down in the middle of a case, and starts another from what it persisted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from fillproof.harness.worker.connector import Connector
from fillproof.harness.worker.host import jsonable
from fillproof.harness.worker.recorder import RAISED, Recorder, in_words, recording_trouble
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.places import way_of

AWAIT_POINT_BOUND_SECONDS = 60.0


class Restarting:
    """Stops or kills a connector that runs, and starts the next one.

    `leave` and `arrive` are called as the connector goes and when another is ready.
    """

    def __init__(
        self,
        connector: Connector,
        recorder: Recorder,
        network: Network,
        leave: Callable[[], None],
        arrive: Callable[[], None],
    ) -> None:
        self._connector = connector
        self._recorder = recorder
        self._network = network
        self._leave = leave
        self._arrive = arrive
        self._persisted: Any = None

    async def stop(self) -> None:
        """Stop the connector in order. What it tells while it stops is still told."""
        self._go("stopped")
        await self._connector.stop()
        self._keep()
        self._connector.leave(killed=False)

    def kill(self) -> None:
        """End the connector where it stands: nothing of it runs, sends or tells any more."""
        self._go("killed")
        self._keep()
        self._connector.leave(killed=True)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop), "a connector runs on a world's loop"
        loop.bury(self._connector.run)
        for connection in self._network.connections:
            connection.abandon()

    async def kill_at(self, await_point: int) -> bool:
        """Kill it as it gives way to the loop for this time from now on; False when it never does.

        Every step of a task and every callback of the connector is such a time.
        """
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop), "a connector runs on a world's loop"
        killed = loop.create_future()
        left = await_point

        def step() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                loop.watch_client(None)
                self.kill()
                killed.set_result(None)

        loop.watch_client(step)
        try:
            await asyncio.wait_for(killed, AWAIT_POINT_BOUND_SECONDS)
        except TimeoutError:
            loop.watch_client(None)
            return False
        return True

    async def restart(self) -> bool:
        """Start the next from what this one persisted; False when that does not get ready."""
        self._recorder.run("phase", phase="restarting")
        try:
            self._connector.make_again(self._persisted)
        except RAISED as error:
            self._recorder.trouble("start_raised", in_words(error), way_of(error))
            return False
        self._connector.note("restored")
        if not await self._connector.get_ready():
            return False
        self._recorder.run("phase", phase="up")
        self._connector.note("up")
        self._arrive()
        return True

    def _go(self, how: str) -> None:
        self._leave()
        self._recorder.run("phase", phase="down", how=how)

    def _keep(self) -> None:
        with recording_trouble(self._recorder, "adapter_raised"):
            self._persisted = self._connector.persist()
        self._recorder.told("raw", what="persisted", value=jsonable(self._persisted))
