"""Steps of the strategy: it places and cancels orders."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fillproof.harness.connectors.protocol import OrderRequest
from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.harness.worker.forms import not_async
from fillproof.harness.worker.recorder import recording_trouble
from fillproof.simulator.universe.clock import NANOSECONDS


class StrategySteps:
    """Asks the connector, as a strategy would, and records what it was asked and returned."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {"buy": self._place, "sell": self._place, "cancel": self._cancel}

    def _place(self, step: Step) -> None:
        scene, label, order = self._scene, step["order"], order_of(step)
        scene.recorder.told(
            "call",
            call="place",
            order=label,
            market=order.market,
            side=order.side,
            amount=step["amount"],
            price=step["price"],
            order_type=order.order_type,
            time_in_force=order.time_in_force,
            post_only=order.post_only,
        )
        with recording_trouble(scene.recorder, "place_raised"):
            client_order_id = not_async("place", scene.adapter.place(order))
            if not isinstance(client_order_id, str):
                returned = type(client_order_id).__name__
                raise TypeError(f"place() returned {returned}, not a client order id (str)")
            scene.ids[label] = client_order_id
            scene.progress.order(client_order_id)
            scene.recorder.told(
                "returned", call="place", order=label, client_order_id=client_order_id
            )
            scene.recorder.run("label", order=label, client_order_id=client_order_id)

    def _cancel(self, step: Step) -> None:
        scene, label = self._scene, step.get("order")
        client_order_id = scene.client_order_id(label) if label else step["client_order_id"]
        scene.recorder.told("call", call="cancel", order=label, client_order_id=client_order_id)
        with recording_trouble(scene.recorder, "cancel_raised"):
            cancel: Callable[[str], object] = scene.adapter.cancel
            not_async("cancel", cancel(client_order_id))
            scene.recorder.told(
                "returned", call="cancel", order=label, client_order_id=client_order_id
            )


def order_of(step: Step) -> OrderRequest:
    """Return the order that a step asks for."""
    good_for = step["good_for"]
    return OrderRequest(
        market=step["market"],
        side=step["op"].upper(),
        amount=Decimal(step["amount"]),
        price=None if step["price"] is None else Decimal(step["price"]),
        order_type=step["order_type"],
        time_in_force=step["time_in_force"],
        post_only=step["post_only"],
        good_for_seconds=None if good_for is None else Decimal(good_for) / NANOSECONDS,
    )
