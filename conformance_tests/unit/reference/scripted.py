"""A caretaker of one order in virtual time, before a venue whose answers are written down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import OrderRequest, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen, Status
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.tasks import Tasks
from fillproof.harness.connectors.reference.ticket import Ticket, ticket_of
from fillproof.harness.connectors.reference.trouble import Refusal, Unanswered, VenueTrouble
from fillproof.simulator.universe.bounds import Bounds
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.loop import WorldLoop

TICKET = ticket_of(
    "a",
    OrderRequest("BTC-USDT", "BUY", Decimal(1), Decimal(29000)),
    Decimal(1),
    Decimal(29000),
)
LOST = Unanswered("no answer")
NO_SUCH_ORDER = Refusal(400, -2013, "Order does not exist.")
UNKNOWN_ORDER = Refusal(400, -2011, "Unknown order sent.")

Answer = Fact | tuple[Fill, ...] | VenueTrouble


def seen(status: str, cumulative: str = "0") -> Seen:
    """The venue shows the order."""
    return Seen("7", Status(status), Decimal(cumulative), 0)


def fill(trade_id: str, amount: str) -> Fill:
    """The venue shows a trade of the order."""
    return Fill("7", trade_id, Decimal(amount), Decimal(29000), None, 0)


@dataclass
class Script:
    """Answers by question, each after so many seconds; the last one is given for ever."""

    answers: dict[str, list[tuple[float, Answer]]]
    clock: Clock = field(default_factory=Clock)
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def answer(self, question: str) -> Any:
        """Wait and answer, or raise."""
        self.asked.append(f"{self.clock.now:g} {question}")
        answers = self.answers[question]
        seconds, answer = answers.pop(0) if len(answers) > 1 else answers[0]
        await asyncio.sleep(seconds)
        if isinstance(answer, VenueTrouble):
            raise answer
        return answer

    def tell(self, told: Told) -> None:
        """Write an event down with its time."""
        amount = f" {told.amount}" if told.event == "Filled" else ""
        self.told.append(f"{self.clock.now:g} {told.event}{amount}")


class ScriptedApi(Api):
    """The questions of the connector, answered by a script."""

    def __init__(self, script: Script) -> None:
        self._script = script

    async def create(self, ticket: Ticket) -> Statement:
        return await self._statement(ticket, "create")

    async def cancel(self, ticket: Ticket) -> Statement:
        return await self._statement(ticket, "cancel")

    async def status(self, ticket: Ticket) -> Statement:
        return await self._statement(ticket, "status")

    async def trades(self, ticket: Ticket, venue_order_id: str) -> tuple[Fill, ...]:
        assert (ticket, venue_order_id) == (TICKET, "7")
        fills: tuple[Fill, ...] = await self._script.answer("trades")
        return fills

    async def _statement(self, ticket: Ticket, question: str) -> Statement:
        return Statement(ticket.client_order_id, (await self._script.answer(question),))


Strategy = Callable[[Caretaker], Awaitable[None]]


async def nothing(_caretaker: Caretaker) -> None:
    """A strategy that only watches."""


def live(
    script: Script, strategy: Strategy = nothing, *, grace_seconds: int = 0, seconds: float = 60
) -> Script:
    """Send the order, let the strategy act, and return what was asked and told in this time."""

    async def act(caretaker: Caretaker, ledger: Ledger) -> None:
        caretaker.send(TICKET)
        assert ledger.tracked() == ("a",)
        assert script.asked == []
        await strategy(caretaker)

    return _live(script, Ledger(grace_seconds * 1_000_000_000), act, seconds)


def resumed(script: Script, heard: tuple[Fact, ...], *, seconds: float = 60) -> Script:
    """Go on with an order of which this much was heard before a restart."""
    before, ledger = Ledger(), Ledger()
    before.track(TICKET)
    before.hear("a", heard, 0)
    ledger.restore(before.journal.read(), 0)

    async def act(caretaker: Caretaker, _ledger: Ledger) -> None:
        caretaker.resume()

    return _live(script, ledger, act, seconds)


def _live(
    script: Script,
    ledger: Ledger,
    act: Callable[[Caretaker, Ledger], Awaitable[None]],
    seconds: float,
) -> Script:
    async def world() -> None:
        tasks = Tasks()
        caretaker = Caretaker(ScriptedApi(script), ledger, tasks, script.tell)
        await act(caretaker, ledger)
        await asyncio.sleep(seconds - script.clock.now)
        script.told.append("tracked" if ledger.tracked() else "over")
        await tasks.stop()

    loop = WorldLoop(script.clock, None, Bounds())  # type: ignore[arg-type]
    try:
        loop.run_until_complete(world())
    finally:
        loop.close()
    return script
