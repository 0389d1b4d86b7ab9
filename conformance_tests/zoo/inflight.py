"""Animals that break I1 to I9: their in-flight orders say what is not so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import LAX, ONE, planted

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.in_flight import InFlight


class _Fibber(Animal):
    """A base: every in-flight order, and what is made of its JSON, says it in another way."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        """Return what is said instead."""
        raise NotImplementedError

    def in_flight(self, client_order_id: str) -> InFlight | None:
        said = super().in_flight(client_order_id)
        if said is None or said.copy is None:
            return said
        copy = self.changed(said.copy, client_order_id)
        return replace(self.changed(said, client_order_id), copy=copy)


class CancellingIsDone(_Fibber):
    """An order counts as done from when its cancel is asked for."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._cancelling: set[str] = set()

    def cancel(self, client_order_id: str) -> None:
        self._cancelling.add(client_order_id)
        super().cancel(client_order_id)

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, is_done=said.is_done or client_order_id in self._cancelling)


class FilledIsNotDone(_Fibber):
    """Only an order that was cancelled, expired or rejected counts as done."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, is_done=said.is_failure)


class NeverCancelled(_Fibber):
    """Its status is compared with another spelling: no order counts as cancelled."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, is_cancelled=False)


class ExpiredIsCancelled(_Fibber):
    """An order that expired says that it was cancelled."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, is_cancelled=said.is_failure)


class CancelIsNoFailure(_Fibber):
    """It says that whatever ends early has failed, and a cancelled order has not."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, is_failure=said.is_failure and not said.is_cancelled)


class SwapsItsAssets(_Fibber):
    """Base and quote are taken for each other."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, base_asset=said.quote_asset, quote_asset=said.base_asset)


class KnowsAnotherId(_Fibber):
    """It keeps its own id where the venue's belongs."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        return replace(said, venue_order_id=client_order_id)


class GivesUpOnTheId(Animal):
    """Whoever waits for the venue's id is told after 10 s that there is none."""

    async def venue_order_id(self, client_order_id: str) -> str | None:
        async with asyncio.timeout(10):
            return await super().venue_order_id(client_order_id)


class WakesNobody(Animal):
    """Whoever waits for the venue's id waits for ever: only who asks later gets it."""

    async def venue_order_id(self, client_order_id: str) -> str | None:
        said = self.in_flight(client_order_id)
        if said is not None and said.venue_order_id is not None:
            return said.venue_order_id
        await asyncio.get_running_loop().create_future()
        return None


class LimitsTheRest(_Fibber):
    """The limit order is for what is left to fill."""

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        whole, filled = said.limit_order, said.filled or Decimal(0)
        if whole is None:
            return said
        return replace(said, limit_order=replace(whole, amount=whole.amount - filled))


class ForgetsItsFills(Animal):
    """What `from_json` makes has no fills, though they are in the JSON."""

    def in_flight(self, client_order_id: str) -> InFlight | None:
        said = super().in_flight(client_order_id)
        if said is None or said.copy is None:
            return said
        return replace(said, copy=replace(said.copy, filled=Decimal(0)))


class CountsFromItsStart(_Fibber):
    """The executed amount is what was filled since the connector started."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._before: dict[str, Decimal] = {}

    def restore(self, state: Any) -> None:
        super().restore(state)
        self._before = {entry["ticket"]["client_order_id"]: _filled(entry) for entry in state}

    def changed(self, said: InFlight, client_order_id: str) -> InFlight:
        filled = (said.filled or Decimal(0)) - self._before.get(client_order_id, Decimal(0))
        limit_order = said.limit_order
        return replace(
            said,
            filled=filled,
            limit_order=None if limit_order is None else replace(limit_order, filled=filled),
        )


def _filled(entry: dict[str, Any]) -> Decimal:
    return Decimal(entry["filled"])


ROWS = (
    planted(CancellingIsDone, "cancels/fill_while_it_travels", "I1", Anomaly.WRONG_FLAG),
    planted(FilledIsNotDone, "partial_fills/many", "I1", Anomaly.WRONG_FLAG),
    planted(NeverCancelled, "cancels/resting", "I2", Anomaly.WRONG_FLAG),
    planted(ExpiredIsCancelled, "expiries/untouched", "I2", Anomaly.WRONG_FLAG, LAX),
    planted(CancelIsNoFailure, "cancels/resting", "I3", Anomaly.WRONG_FLAG),
    planted(SwapsItsAssets, ONE, "I4", Anomaly.GARBLED_HELPER),
    planted(KnowsAnotherId, ONE, "I5", Anomaly.UNKNOWN_ID),
    planted(
        GivesUpOnTheId,
        "in_flight/id_awaited_while_the_reply_is_held",
        "I6",
        Anomaly.UNKNOWN_ID,
    ),
    planted(
        WakesNobody,
        "in_flight/id_awaited_while_the_reply_is_held",
        "I6",
        Anomaly.UNKNOWN_ID,
    ),
    planted(LimitsTheRest, ONE, "I7", Anomaly.GARBLED_HELPER),
    planted(ForgetsItsFills, ONE, "I8", Anomaly.LOSSY_JSON),
    planted(
        CountsFromItsStart,
        "restarts/killed_after_a_partial_fill",
        "I9",
        Anomaly.GARBLED_HELPER,
    ),
)
"""Each with the scenario that shows it, and the rule that is its root."""
