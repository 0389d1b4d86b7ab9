"""Animals that break C1: when all is quiet they still believe what is not so."""

from __future__ import annotations

from dataclasses import replace

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import Balance, Reading
from fillproof.harness.connectors.reference.balances import AccountState, BalanceSheet
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.order import Order, Stage


class _Once(BalanceSheet):
    def hear(self, state: AccountState) -> None:
        if not self.read():
            super().hear(state)


class BalancesOfTheStart(Animal):
    """Balances are read when it starts and never again."""

    sheet = _Once


class _AllIsFree(BalanceSheet):
    def read(self) -> dict[str, Balance]:
        return {asset: Balance(b.total, b.total) for asset, b in super().read().items()}


class LocksNothing(Animal):
    """What an open order locks is told to be available."""

    sheet = _AllIsFree


class _OnlyTheFree(BalanceSheet):
    def read(self) -> dict[str, Balance]:
        return {asset: Balance(b.available, b.available) for asset, b in super().read().items()}


class ForgetsTheLocked(Animal):
    """What an open order locks is not part of the total."""

    sheet = _OnlyTheFree


class HidesItsBalances(Animal):
    """It promises balances and has none to show."""

    def reading(self) -> Reading:
        return replace(super().reading(), balances=None)


class _Forgetful(Caretaker):
    async def _look(self, order: Order) -> bool:
        if order.stage is Stage.OPEN:
            self._ledger._drop(order.ticket.client_order_id)
        return await super()._look(order)


class ForgetsAnOpenOrder(Animal):
    """An order that rests until the next poll is dropped without a word.

    Seen in hummingbot#8457.
    """

    caretaker = _Forgetful
