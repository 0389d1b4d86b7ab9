"""Steps that wait: for something to happen, or for time to pass."""

from __future__ import annotations

import asyncio

from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.simulator.universe.clock import NANOSECONDS


class WaitingSteps:
    """Waits on what has happened so far."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {
            "start": self._start,
            "await": self._await,
            "wait": self._wait,
        }

    def _start(self, _step: Step) -> None:
        """The connector runs: what stands before this step was done before it was started."""

    async def _await(self, step: Step) -> str | None:
        progress, count = self._scene.progress, step.get("count", 1)
        if "wire" in step:
            channel = step["wire"]
            count += progress.delivered[channel]

            def happened() -> bool:
                return bool(progress.delivered[channel] >= count)
        else:
            order = progress.order(self._scene.client_order_id(step["order"]))
            counts, word = (
                (order.told, step["told"]) if "told" in step else (order.truth, step["truth"])
            )

            def happened() -> bool:
                return bool(counts[word] >= count)

        in_time = await progress.until(happened, step["bound"] / NANOSECONDS)
        return None if in_time else "expired"

    async def _wait(self, step: Step) -> None:
        await asyncio.sleep(step["for"] / NANOSECONDS)
