"""Steps of the network that act at once; every other fault is armed and waits for its unit."""

from __future__ import annotations

from fillproof.harness.worker.director.scene import Op, Scene, Step


class NetworkSteps:
    """Closes streams and heals faults."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {"close": self._close, "heal": self._heal}

    async def _close(self, step: Step) -> None:
        self._scene.faults.fire_once("close", channel=step["channel"], code=step["code"])
        await self._scene.venue.server.close_channel(step["channel"], step["code"])

    def _heal(self, _step: Step) -> None:
        self._scene.faults.heal()
