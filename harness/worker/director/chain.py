"""Steps of the chain: blocks, reorganisations, and what befalls transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from fillproof.harness.worker.chain import concerns
from fillproof.harness.worker.director.scene import (
    TRUTH_BOUND_SECONDS,
    ImpossibleStep,
    Op,
    Scene,
    Step,
    Unmet,
)
from fillproof.harness.worker.keys import CLIENT
from fillproof.simulator.chain import ChainExchange, Transaction
from fillproof.simulator.vocabulary.reports import Impossible, Report

Act = Callable[[ChainExchange, int, int, Step], tuple[Report, ...]]
"""Does something to a transaction now."""

_ACTS: dict[str, Act] = {
    "lose": lambda chain, number, now_ns, _: chain.drop(number, now_ns),
    "starve": lambda chain, number, now_ns, _: chain.starve(number, now_ns),
    "outbid": lambda chain, number, now_ns, _: chain.outbid(number, now_ns),
    "withhold": lambda chain, number, now_ns, step: chain.withhold(number, step["for"], now_ns),
}


class ChainSteps:
    """Makes blocks, takes them back, and gets in the way of transactions."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._claims = 0
        self.ops: dict[str, Op] = {
            "mine": self._mine,
            "reorg": self._reorganise,
            "halt_sequencer": self._halt,
            "submitted": self._submitted,
            "claim": self._claim,
            **dict.fromkeys(_ACTS, self._act),
        }

    async def _mine(self, step: Step) -> None:
        wanted = None
        if step.get("of") is not None:
            wanted = [await self._waiting(name) for name in step["of"]]
        chain = self._chain
        for _ in range(step["blocks"]):
            self._do(chain.mine, wanted)
            wanted = None

    def _reorganise(self, step: Step) -> None:
        chain, lost = self._chain, [self._number(name) for name in step.get("lost", ())]
        self._do(lambda now_ns, _: chain.reorganise(step["depth"], now_ns, lost), None)

    def _halt(self, step: Step) -> None:
        chain = self._chain
        self._do(lambda now_ns, _: chain.halt(step["for"], now_ns), None)

    async def _submitted(self, step: Step) -> None:
        self._number(step["transaction"], await self._sent(step["transaction"]))

    async def _act(self, step: Step) -> None:
        number = await self._waiting(step["transaction"])
        chain, act = self._chain, _ACTS[step["op"]]
        self._do(lambda now_ns, _: act(chain, number, now_ns, step), None)

    async def _claim(self, step: Step) -> None:
        scene = self._scene
        view = scene.venue.exchange.find(CLIENT, scene.client_order_id(step["order"]))
        if view is None:
            raise Unmet(f"order {step['order']} is not known to the venue")
        lots = scene.venue.market_of(view.symbol).quantity_lots(Decimal(step["amount"]))
        self._claims += 1
        if not scene.venue.claim(view, lots, self._claims, scene.faults):
            raise Unmet("nobody listens to the stream")

    def _do(
        self,
        act: Callable[[int, list[int] | None], tuple[Report, ...]],
        wanted: list[int] | None,
    ) -> None:
        for report in self._scene.venue.server.have(lambda now_ns: act(now_ns, wanted)):
            if isinstance(report, Impossible):
                raise ImpossibleStep(report.why)

    @property
    def _chain(self) -> ChainExchange:
        chain = self._scene.venue.exchange
        assert isinstance(chain, ChainExchange), "the scenario has a chain"
        return chain

    async def _waiting(self, name: str) -> int:
        """Return the number of a transaction that the mempool has; wait until it has it."""
        found = await self._sent(name)
        waiting = [one.number for one in found if one in self._chain.waiting()]
        if not waiting:
            raise Unmet(f'"{name}" does not wait any more')
        return waiting[-1]

    async def _sent(self, name: str) -> list[Transaction]:
        """Return all transactions of a name, once there is one."""
        scene = self._scene
        kind, _, label = name.partition(" ")
        client_order_id = scene.client_order_id(label)
        found: list[Transaction] = []

        def is_there() -> bool:
            found[:] = self._named(kind, client_order_id)
            return bool(found)

        if not await scene.progress.until(is_there, TRUTH_BOUND_SECONDS):
            raise Unmet(f'"{name}" did not reach the mempool in {TRUTH_BOUND_SECONDS:g} s')
        return found

    def _named(self, kind: str, client_order_id: str) -> list[Transaction]:
        number = self._scene.venue.order_number(CLIENT, client_order_id)
        return [one for one in self._chain.sent() if concerns(one, kind, number)]

    def _number(self, name: str, found: Iterable[Transaction] | None = None) -> int:
        """Return the number of a transaction that was sent; raises Unmet when none was."""
        if found is None:
            kind, _, label = name.partition(" ")
            found = self._named(kind, self._scene.client_order_id(label))
        numbers = [one.number for one in found]
        if not numbers:
            raise Unmet(f'"{name}" was never sent')
        return numbers[-1]
