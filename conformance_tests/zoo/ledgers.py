"""Animals that break C2: each event is near enough, and the book that they make is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import EventName, Told


class StatesNoPrice(Animal):
    """Filled states how much, and not at which price."""

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, price=None) if told.event is EventName.FILLED else told,)


class StatesNoFee(Animal):
    """It promises fees and states none.

    Seen in hummingbot#2084.
    """

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, fees=None) if told.event is EventName.FILLED else told,)


class TellsDust(Animal):
    """Amounts go through binary floating point on their way: 0.1 is told as 0.1000000000000000055.

    Seen in hummingbot#7051.
    """

    def say(self, told: Told) -> Iterable[Told]:
        if told.event is EventName.FILLED and told.amount is not None:
            return (replace(told, amount=Decimal(float(told.amount))),)
        return (told,)
