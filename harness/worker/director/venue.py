"""Steps of the venue: what it does to an order by itself."""

from __future__ import annotations

from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.simulator.vocabulary.commands import EndOrder

_ENDINGS = {"expire": "Expired", "reject": "Rejected"}


class VenueSteps:
    """Ends orders that nobody asked to end."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {"expire": self._end, "reject": self._end}

    async def _end(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        self._scene.apply(EndOrder(view.venue_order_id, _ENDINGS[step["op"]]))
