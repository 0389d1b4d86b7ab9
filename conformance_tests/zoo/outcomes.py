"""Animals that break U1: they guess an outcome, or one call becomes two orders."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, OrderRequest, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.base import MarketRule
from fillproof.harness.connectors.reference.connector import Connector
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, InDoubt, NotFound, Refused
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import Unanswered


class _AnotherId(Api):
    async def create(self, ticket: Ticket) -> Statement:
        try:
            return await super().create(ticket)
        except Unanswered:
            await super().create(replace(ticket, client_order_id=f"{ticket.client_order_id}-2"))
            raise


class SendsAgainUnderAnotherId(Animal):
    """A create without an answer is sent again, under another client order id.

    Seen in hummingbot#601.
    """

    api = _AnotherId


class _SameId(Api):
    async def create(self, ticket: Ticket) -> Statement:
        try:
            return await super().create(ticket)
        except Unanswered:
            return await super().create(ticket)


class SendsAgainUnderTheSameId(Animal):
    """A create without an answer is sent again; the id of an order that is full is free again."""

    api = _SameId


class PlacesTwice(Animal):
    """Each order is placed twice and one of the two is forgotten."""

    def place(self, order: OrderRequest) -> str:
        super().place(order)
        return super().place(order)


class TriesItsKey(Animal):
    """When it is ready it places a small order of its own, to see whether its key may trade."""

    async def start(self) -> None:
        await super().start()
        self.host.spawn(self._try(), "try the key")

    async def _try(self) -> None:
        while not self.ready():
            await asyncio.sleep(1)
        self._connector.place(OrderRequest("BTC-USDT", "BUY", Decimal("0.001"), Decimal(20000)))


class _Impatient(Order):
    def hear(self, fact: Fact, now_ns: int) -> tuple[Told, ...]:
        known = Refused(fact.reason) if isinstance(fact, InDoubt) else fact
        return super().hear(known, now_ns)


class FailureOnTimeout(Animal):
    """A create that is not answered in time is told as Failure."""

    tracker = _Impatient


class _Sure(Order):
    def hear(self, fact: Fact, now_ns: int) -> tuple[Told, ...]:
        if isinstance(fact, InDoubt):
            return (self._event(EventName.FAILURE, reason=fact.reason),)
        return super().hear(fact, now_ns)


class FailureOnServerError(Animal):
    """An answer that says the outcome is unknown is told as Failure, whatever the stream said.

    Seen in hummingbot#6123.
    """

    tracker = _Sure


class _GivesUp(Order):
    not_found = 0

    def hear(self, fact: Fact, now_ns: int) -> tuple[Told, ...]:
        if isinstance(fact, NotFound):
            self.not_found += 1
            if self.not_found == 3:
                return (self._event(EventName.FAILURE, reason="not found three times"),)
        return super().hear(fact, now_ns)


class BelievesThreeNotFounds(Animal):
    """An order that the venue does not find three times is told as Failure."""

    tracker = _GivesUp


class _OtherSide(Api):
    async def create(self, ticket: Ticket) -> Statement:
        return await super().create(replace(ticket, side="SELL"))


class SellsForBuys(Animal):
    """Every order is sent as a sell."""

    api = _OtherSide


class _AtTheMarket(Api):
    async def create(self, ticket: Ticket) -> Statement:
        return await super().create(replace(ticket, order_type="MARKET", price=None))


class SendsMarketOrders(Animal):
    """A limit order is sent as a market order."""

    api = _AtTheMarket


class _Resting(Api):
    async def create(self, ticket: Ticket) -> Statement:
        return await super().create(replace(ticket, time_in_force="GTC"))


class ForgetsTheTimeInForce(Animal):
    """An immediate-or-cancel order is sent as one that rests."""

    api = _Resting


class _Taking(Api):
    async def create(self, ticket: Ticket) -> Statement:
        return await super().create(replace(ticket, post_only=False))


class ForgetsPostOnly(Animal):
    """A post-only order is sent as one that may take."""

    api = _Taking


class _WorsePrice(Connector):
    async def _refresh(self) -> None:
        await super()._refresh()
        self._rules = {market: _Dear(rule) for market, rule in self._rules.items()}


class _Dear:
    def __init__(self, rule: MarketRule) -> None:
        self._rule = rule

    def quantise(
        self, side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        other = "SELL" if side == "BUY" else "BUY"
        return self._rule.quantise(other, amount, price)

    def objection(self, amount: Decimal, price: Decimal | None) -> str | None:
        return self._rule.objection(amount, price)


class RoundsToAWorsePrice(Animal):
    """A price between two ticks is rounded to the one that is worse for the strategy."""

    connector = _WorsePrice
