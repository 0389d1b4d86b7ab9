"""Steps that ask an in-flight order for what it may not know yet."""

from __future__ import annotations

from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.harness.worker.recorder import RAISED, in_words


class InFlightSteps:
    """Asks as a strategy would, and goes on; the answer is recorded when it comes."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {"identify": self._identify}

    def _identify(self, step: Step) -> None:
        scene, label = self._scene, step["order"]
        client_order_id = scene.client_order_id(label)
        scene.recorder.told("call", call="identify", order=label, client_order_id=client_order_id)
        scene.connector.spawn(self._answer(label, client_order_id), f"identify {label}")

    async def _answer(self, label: str, client_order_id: str) -> None:
        recorder, answer = self._scene.recorder, {}
        try:
            answer["venue_order_id"] = await self._scene.adapter.venue_order_id(client_order_id)
        except RAISED as error:
            answer["raised"] = in_words(error)
        keys = {"call": "identify", "order": label, "client_order_id": client_order_id}
        recorder.told("returned", **keys, **answer)
