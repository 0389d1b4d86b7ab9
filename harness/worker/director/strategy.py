"""Steps of the strategy: it places, changes and cancels orders."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import OrderRequest, Trigger
from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.harness.worker.forms import not_async
from fillproof.harness.worker.recorder import recording_trouble
from fillproof.simulator.universe.clock import NANOSECONDS

_RARE = ("quote_amount", "stop_loss", "take_profit", "self_trade_prevention")
"""What a step says of an order only where it is given."""


class StrategySteps:
    """Asks the connector, as a strategy would, and records what it was asked and returned."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._placed: dict[str, Step] = {}
        self.ops: dict[str, Op] = {
            "buy": self._place,
            "sell": self._place,
            "replace": self._replace,
            "amend": self._amend,
            "cancel": self._cancel,
        }

    def _place(self, step: Step) -> None:
        scene, label = self._scene, step["order"]
        self._placed[label] = step
        scene.recorder.told("call", call="place", order=label, **_asked(step))
        with recording_trouble(scene.recorder, "place_raised"):
            returned = not_async("place", scene.adapter.place(order_of(step)))
            self._name("place", label, returned)

    def _replace(self, step: Step) -> None:
        scene, label = self._scene, step["by"]
        old = scene.client_order_id(step["order"])
        new = {**self._placed[step["order"]], "amount": step["amount"], "price": step["price"]}
        self._placed[label] = new
        scene.recorder.told("call", call="replace", order=label, replaces=old, **_asked(new))
        with recording_trouble(scene.recorder, "place_raised"):
            amount, price = Decimal(step["amount"]), Decimal(step["price"])
            returned = not_async("replace", scene.adapter.replace(old, amount, price))
            self._name("replace", label, returned)

    def _name(self, call: str, label: str, client_order_id: object) -> None:
        """Keep the id that an order got; raises TypeError when it is none."""
        scene = self._scene
        if not isinstance(client_order_id, str):
            returned = type(client_order_id).__name__
            raise TypeError(f"{call}() returned {returned}, not a client order id (str)")
        scene.ids[label] = client_order_id
        scene.progress.order(client_order_id)
        scene.recorder.told("returned", call=call, order=label, client_order_id=client_order_id)
        scene.recorder.run("label", order=label, client_order_id=client_order_id)

    def _amend(self, step: Step) -> None:
        scene, label = self._scene, step["order"]
        keys = {"call": "amend", "order": label, "client_order_id": scene.client_order_id(label)}
        scene.recorder.told("call", **keys, amount=step["amount"])
        with recording_trouble(scene.recorder, "amend_raised"):
            amend: Callable[[str, Decimal], object] = scene.adapter.amend
            not_async("amend", amend(keys["client_order_id"], Decimal(step["amount"])))
            scene.recorder.told("returned", **keys)

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


def _asked(step: Step) -> dict[str, Any]:
    """Return what the recording says of an order that was asked for."""
    return {
        "market": step["market"],
        "side": step["op"].upper(),
        **{
            key: step[key]
            for key in ("amount", "price", "order_type", "time_in_force", "post_only")
        },
        **{key: step[key] for key in _RARE if key in step},
    }


def order_of(step: Step) -> OrderRequest:
    """Return the order that a step asks for."""
    good_for, amount, quote_amount = step["good_for"], step["amount"], step.get("quote_amount")
    return OrderRequest(
        market=step["market"],
        side=step["op"].upper(),
        amount=Decimal(amount or 0),
        price=None if step["price"] is None else Decimal(step["price"]),
        order_type=step["order_type"],
        time_in_force=step["time_in_force"],
        post_only=step["post_only"],
        good_for_seconds=None if good_for is None else Decimal(good_for) / NANOSECONDS,
        quote_amount=None if quote_amount is None else Decimal(quote_amount),
        trigger=_trigger_of(step),
        self_trade_prevention=step.get("self_trade_prevention"),
    )


def _trigger_of(step: Step) -> Trigger | None:
    for key in ("stop_loss", "take_profit"):
        if step.get(key) is not None:
            return Trigger(key.upper(), Decimal(step[key]))
    return None
