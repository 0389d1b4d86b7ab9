"""What every step works on, and how a step says that it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from fillproof.harness.connectors.protocol import Adapter
from fillproof.harness.worker.connector import Connector
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.keys import CLIENT
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.restarting import Restarting
from fillproof.harness.worker.venue import Venue
from fillproof.simulator.chain import ChainExchange
from fillproof.simulator.matching import OrderView
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.reports import Impossible, Report, TransactionChanged

TRUTH_BOUND_SECONDS = 60.0

Step = Mapping[str, Any]
Op = Callable[[Step], str | None] | Callable[[Step], Coroutine[Any, Any, str | None]]
"""Carries out a step; returns "expired" when an await ran out, else None."""


class Unmet(Exception):
    """The step asked for something that can no longer happen in this run; the verdict says so."""


class ImpossibleStep(Exception):
    """The step asks for what the venue does not allow: the scenario is wrong at this line."""


@dataclass(slots=True)
class Scene:
    """All that steps act on. `ids` gives the client order id of each label."""

    connector: Connector
    restarting: Restarting
    venue: Venue
    faults: WorldFaults
    recorder: Recorder
    progress: Progress
    clock: Clock
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def adapter(self) -> Adapter:
        """The adapter that runs; raises Unmet while there is none."""
        if not self.connector.is_there:
            raise Unmet("the connector is not there: it was stopped, or did not start again")
        return self.connector.adapter

    def client_order_id(self, label: str) -> str:
        """Return the id that placing the order returned; raises Unmet when placing it raised."""
        if label not in self.ids:
            raise Unmet(f"order {label} was never placed: placing it raised")
        return self.ids[label]

    def name_foreign(self, label: str, client_order_id: str, by: str) -> None:
        """Give an order that is not the connector's the name by which steps speak of it."""
        self.ids[label] = client_order_id
        self.progress.foreign.add(client_order_id)
        self.recorder.run("label", order=label, client_order_id=client_order_id, by=by)

    def apply(self, command: Command) -> tuple[Report, ...]:
        """Have the venue carry out a command; raises ImpossibleStep when it says it cannot."""
        reports = self.venue.server.apply(command)
        for report in reports:
            if isinstance(report, Impossible):
                raise ImpossibleStep(report.why)
        return reports

    async def carry_out(self, command: Command) -> None:
        """Have the venue carry out a command; on a chain, wait until a block has it.

        Where only steps make blocks, or none is made now, it just waits in the mempool; what a
        block makes of it is the block's. Raises ImpossibleStep when the venue says it cannot.
        """
        reports = self.apply(command)
        chain = self.venue.exchange
        if not isinstance(chain, ChainExchange) or not chain.makes_blocks:
            return
        sent = [one for one in reports if isinstance(one, TransactionChanged)]
        number, settled = sent[-1].transaction, self.venue.transactions.is_settled
        if not await self.progress.until(lambda: settled(number), TRUTH_BOUND_SECONDS):
            raise Unmet(f"no block has it in {TRUTH_BOUND_SECONDS:g} s")

    async def live_order(self, label: str) -> OrderView:
        """Return the order once truth knows it; raises Unmet when it is over or never comes."""
        client_order_id = self.client_order_id(label)
        order = self.progress.order(client_order_id)
        if not await self.progress.until(lambda: order.status is not None, TRUTH_BOUND_SECONDS):
            raise Unmet(f"order {label} did not reach the venue in {TRUTH_BOUND_SECONDS:g} s")
        view = self.venue.exchange.find(CLIENT, client_order_id)
        if view is None or not view.is_open:
            raise Unmet(f"order {label} is over: {order.status}")
        return view
