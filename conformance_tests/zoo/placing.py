"""Animals that break L1, L2, L3 and L12 while they place an order."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, OrderRequest, Reading, Told
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.connector import Connector
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trading_rules import Limits, TradingRule

NO_LIMITS = Limits(minimum=Decimal(0), maximum=Decimal(0), step=Decimal(0))


class WaitsForTheReply(Animal):
    """buy() and sell() stop the caller for as long as a reply takes."""

    def place(self, order: OrderRequest) -> str:
        time.sleep(0.05)
        return super().place(order)


class _Milliseconds(Connector):
    def _new_id(self) -> str:
        return f"fp-{time.time_ns() // 1_000_000}"


class IdFromTheClock(Animal):
    """The client order id is the time in milliseconds, so two orders of one instant share it."""

    connector = _Milliseconds


class _Afterwards(Caretaker):
    def send(self, ticket: Ticket) -> None:
        self._tasks.start(self._send_and_track(ticket), f"create {ticket.client_order_id}")

    async def _send_and_track(self, ticket: Ticket) -> None:
        statement = await self._api.create(ticket)
        order = self._ledger.track(ticket)
        self._watch(order)
        self.hear(ticket.client_order_id, statement.facts)


class TracksAfterTheReply(Animal):
    """Tracking starts when the create reply is there."""

    caretaker = _Afterwards


class TracksTheVenuesId(Animal):
    """In-flight orders are kept by the venue's order id, which nobody has yet when one is sent."""

    def reading(self) -> Reading:
        orders = self._connector._ledger._orders.values()
        ids = tuple(order.venue_order_id for order in orders if order.venue_order_id)
        return replace(super().reading(), tracked=ids)


class HidesItsOrders(Animal):
    """It promises tracking and has no in-flight orders to show."""

    def reading(self) -> Reading:
        return replace(super().reading(), tracked=None)


class _Unlimited(Api):
    async def trading_rules(self, markets: tuple[str, ...]) -> dict[str, TradingRule]:
        rules = await super().trading_rules(markets)
        return {market: self.without(rule) for market, rule in rules.items()}

    def without(self, rule: TradingRule) -> TradingRule:
        only_steps = replace(rule.amount, minimum=Decimal(0), maximum=Decimal(0))
        return replace(rule, amount=only_steps, notional=NO_LIMITS)


class ChecksNothing(Animal):
    """Every order is sent: the venue will say what is wrong with it."""

    api = _Unlimited


class _WithoutNotional(_Unlimited):
    def without(self, rule: TradingRule) -> TradingRule:
        return replace(rule, notional=NO_LIMITS)


class ForgetsTheNotional(Animal):
    """The minimum amount is checked, the minimum notional is not."""

    api = _WithoutNotional


class _WithoutMaximum(_Unlimited):
    def without(self, rule: TradingRule) -> TradingRule:
        return replace(rule, amount=replace(rule.amount, maximum=Decimal(0)))


class ForgetsTheMaximum(Animal):
    """Minimums are checked, the maximum is not."""

    api = _WithoutMaximum


class _Silent(Caretaker):
    def refuse(self, ticket: Ticket, reason: str) -> None:
        pass


class RefusesInSilence(Animal):
    """An order that breaks a limit is not sent, and nothing is told of it."""

    caretaker = _Silent


class CreatesWhatItRefuses(Animal):
    """An order that breaks a limit is told as Created before it is told as Failure."""

    def say(self, told: Told) -> tuple[Told, ...]:
        if told.event is EventName.FAILURE:
            return replace(told, event=EventName.CREATED, reason=None), told
        return (told,)


class _RoundsUp(TradingRule):
    def quantise(
        self, side: str, amount: Decimal, price: Decimal | None
    ) -> tuple[Decimal, Decimal | None]:
        _, price = super().quantise(side, amount, price)
        lots = (amount / self.amount.step).to_integral_value(ROUND_CEILING)
        return lots * self.amount.step, price


class _RoundingUp(_Unlimited):
    def without(self, rule: TradingRule) -> TradingRule:
        return _RoundsUp(rule.symbol, rule.amount, rule.market_amount, rule.price, rule.notional)


class RoundsTheAmountUp(Animal):
    """An amount between two lots is rounded to the larger one."""

    api = _RoundingUp


class _Doubling(Api):
    async def create(self, ticket: Ticket) -> Statement:
        return await super().create(replace(ticket, amount=ticket.amount * 2))


class SendsTwiceTheAmount(Animal):
    """The order that is sent is for twice the amount that was asked for."""

    api = _Doubling
