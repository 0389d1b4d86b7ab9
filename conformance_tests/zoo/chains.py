"""Animals that do not know what a chain is: windows, the mempool, what is taken back, nonces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from conformance_tests.zoo.animal import Animal, Orders

from fillproof.harness.connectors.protocol import About, EventName, Host, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Seen, Status
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference_dex.adapter import ReferenceDexAdapter
from fillproof.harness.connectors.reference_dex.signing import Nonces


class _Keeps(Orders):
    def release(self, order: Order, asked_ns: int) -> None:
        """Hold on to it."""


class NeverLetsGo(Animal):
    """On a decentralised venue an order that ended is tracked for ever."""

    ledger = _Keeps


class _AfterTheEnd(Animal):
    """Knows which orders it has told the end of."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._ended: set[str] = set()

    def say(self, told: Told) -> Iterable[Told]:
        """Say late fills in a way of its own."""
        if told.event in (EventName.CANCELLED, EventName.EXPIRED):
            self._ended.add(told.client_order_id)
        is_late = told.event is EventName.FILLED and told.client_order_id in self._ended
        return self.say_late(told) if is_late else (told,)

    def say_late(self, told: Told) -> Iterable[Told]:
        """Return what is told of a fill after the end."""
        return (told,)


class CountsTheLateFillTwice(_AfterTheEnd):
    """A fill that follows Cancelled is told twice: once as it is heard, once as it is booked."""

    def say_late(self, told: Told) -> Iterable[Told]:
        return (told, told)


class IgnoresTheLateFill(_AfterTheEnd):
    """A fill that follows Cancelled is taken for a mistake of the venue's and not told."""

    def say_late(self, told: Told) -> Iterable[Told]:
        return ()


class _Trusting(Api):
    async def cancel(self, ticket: Ticket) -> Statement:
        """Take the answer for the deed."""
        statement = await super().cancel(ticket)
        facts = tuple(
            replace(fact, status=Status.CANCELED) if isinstance(fact, Seen) else fact
            for fact in statement.facts
        )
        return Statement(statement.client_order_id, facts)


class BelievesTheMempool(Animal):
    """The answer to a cancel is told as Cancelled, though only the mempool has it.

    Seen in hummingbot#7674.
    """

    api = _Trusting


class KeepsWhatIsTakenBack(Animal):
    """A fill that the chain takes back is kept: Reversed is never told."""

    def say(self, told: Told) -> Iterable[Told]:
        return () if told.event is EventName.REVERSED else (told,)


class ReversesTwice(Animal):
    """A fill that the chain takes back is told as Reversed twice."""

    def say(self, told: Told) -> Iterable[Told]:
        return (told, told) if told.event is EventName.REVERSED else (told,)


class ReversesTheWholeOrder(Animal):
    """Reversed states the amount of the order, not that of the fill."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is not EventName.REVERSED:
            return (told,)
        order = self._connector._ledger.find(told.client_order_id)
        return (replace(told, amount=order.ticket.amount if order else told.amount),)


class _Slow(Nonces):
    def next(self) -> int:
        """Return the time in seconds, as if nobody sent twice in one."""
        return super().next() // 10_000 * 10_000


class NonceOfTheSecond(ReferenceDexAdapter):
    """A nonce is made of a clock that is too coarse: two requests of one moment have the same.

    Seen in hummingbot's Hyperliquid perpetual connector.
    """

    about: ClassVar[About] = replace(ReferenceDexAdapter.about, library="fillproof-zoo")

    async def start(self) -> None:
        """Begin to connect; nothing is signed yet."""
        await super().start()
        self._connector._api._signer._nonces = _Slow()
