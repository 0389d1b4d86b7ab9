"""Steps of the connector's own process: it is stopped or killed, and started again."""

from __future__ import annotations

from fillproof.harness.worker.director.scene import Op, Scene, Step, Unmet


class RestartSteps:
    """Takes the connector down and brings it up again in the same world."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {"stop": self._stop, "restart": self._restart}

    async def _stop(self, step: Step) -> None:
        scene, await_point = self._scene, step.get("await_point")
        if not scene.connector.is_there:
            raise Unmet("the connector is not there")
        if not step["kill"]:
            await scene.restarting.stop()
        elif await_point is None:
            scene.restarting.kill()
        elif not await scene.restarting.kill_at(await_point):
            raise Unmet(f"the connector did not give way to its loop {await_point} times")

    async def _restart(self, step: Step) -> None:
        if self._scene.connector.is_there:
            await self._stop(step)
        if not await self._scene.restarting.restart():
            raise Unmet("the connector did not get ready again")
