"""Carries out the steps of a scenario inside a world: one small class for each kind of step."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fillproof.harness.worker.director.chain import ChainSteps
from fillproof.harness.worker.director.desk import DeskSteps
from fillproof.harness.worker.director.in_flight import InFlightSteps
from fillproof.harness.worker.director.market import MarketSteps
from fillproof.harness.worker.director.network import NetworkSteps
from fillproof.harness.worker.director.restart import RestartSteps
from fillproof.harness.worker.director.scene import ImpossibleStep, Op, Scene, Step, Unmet
from fillproof.harness.worker.director.strategy import StrategySteps
from fillproof.harness.worker.director.venue import VenueSteps
from fillproof.harness.worker.director.waiting import WaitingSteps

_KINDS = (
    StrategySteps,
    InFlightSteps,
    RestartSteps,
    WaitingSteps,
    MarketSteps,
    DeskSteps,
    VenueSteps,
    ChainSteps,
    NetworkSteps,
)
_START = "start"
_WHERE = ("line", "column")


class Director:
    """Runs steps in order. What an order is called in the scenario is its label."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._ops: dict[str, Op] = {}
        for kind in _KINDS:
            self._ops.update(kind(scene).ops)

    async def run(self, steps: Sequence[Step], first: int = 0) -> bool:
        """Carry out every step; return False when one was impossible and the rest was left.

        `first` is the place of the first of them in the scenario.
        """
        recorder = self._scene.recorder
        for index, step in enumerate(steps, start=first):
            shown = {key: value for key, value in step.items() if key not in _WHERE}
            keys = {"index": index, "line": step.get("line", 0), "op": step["op"], "step": shown}
            recorder.run("step", **keys, state="begun")
            try:
                state = await self._carry_out(step)
            except Unmet as unmet:
                recorder.run("step", **keys, state="unmet", note=str(unmet))
            except ImpossibleStep as wrong:
                recorder.run("step", **keys, state="impossible", note=str(wrong))
                return False
            else:
                recorder.run("step", **keys, state=state)
        return True

    async def _carry_out(self, step: Step) -> str:
        op = self._ops.get(step["op"])
        if op is None:
            self._scene.faults.arm(step)
            return "done"
        outcome = op(step)
        if asyncio.iscoroutine(outcome):
            outcome = await outcome
        return outcome or "done"


def parted(steps: Sequence[Step]) -> tuple[Sequence[Step], Sequence[Step]]:
    """Return the steps before the connector starts, and those from its start on."""
    at = next((index for index, step in enumerate(steps) if step["op"] == _START), 0)
    return steps[:at], steps[at:]


__all__ = ["Director", "Scene", "Step", "parted"]
