"""Carries out the steps of a scenario inside a world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Adapter, OrderRequest
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.forms import not_async
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder, recording_trouble
from fillproof.harness.worker.venue import CLIENT, Venue
from fillproof.simulator.matching import OrderView
from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.vocabulary.commands import Command, EndOrder, FillOrder, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import Impossible

TRUTH_BOUND_SECONDS = 60.0
STRANGER = "stranger"
_ENDINGS = {"expire": "Expired", "reject": "Rejected"}
_WHERE = ("line", "column")

Step = Mapping[str, Any]


class Unmet(Exception):
    """The step asked for something that can no longer happen in this run; the verdict says so."""


class ImpossibleStep(Exception):
    """The step asks for what the venue does not allow: the scenario is wrong at this line."""


class Director:
    """Runs steps in order. What an order is called in the scenario is its label."""

    def __init__(
        self,
        adapter: Adapter,
        venue: Venue,
        faults: WorldFaults,
        recorder: Recorder,
        progress: Progress,
        clock: Clock,
    ) -> None:
        self._adapter = adapter
        self._venue = venue
        self._faults = faults
        self._recorder = recorder
        self._progress = progress
        self._clock = clock
        self._ids: dict[str, str] = {}
        self._strangers = 0
        self._ops: dict[str, Callable[[Step], Any]] = {
            "buy": self._place,
            "sell": self._place,
            "cancel": self._cancel,
            "await": self._await,
            "wait": self._wait,
            "trade": self._trade,
            "rest": self._rest,
            "sweep": self._sweep,
            "expire": self._end,
            "reject": self._end,
            "close": self._close,
            "heal": self._heal,
        }

    async def run(self, steps: list[Step]) -> bool:
        """Carry out every step; return False when one was impossible and the rest was left."""
        for index, step in enumerate(steps):
            shown = {key: value for key, value in step.items() if key not in _WHERE}
            keys = {"index": index, "line": step.get("line", 0), "op": step["op"], "step": shown}
            self._recorder.run("step", **keys, state="begun")
            try:
                state = await self._carry_out(step)
            except Unmet as unmet:
                self._recorder.run("step", **keys, state="unmet", note=str(unmet))
            except ImpossibleStep as wrong:
                self._recorder.run("step", **keys, state="impossible", note=str(wrong))
                return False
            else:
                self._recorder.run("step", **keys, state=state)
        return True

    async def _carry_out(self, step: Step) -> str:
        op = self._ops.get(step["op"])
        if op is None:
            self._faults.arm(step, self._clock.now_ns)
            return "done"
        outcome = op(step)
        if asyncio.iscoroutine(outcome):
            outcome = await outcome
        return outcome or "done"

    # The strategy ------------------------------------------------------------------------------

    def _place(self, step: Step) -> None:
        order = OrderRequest(
            market=step["market"],
            side=step["op"].upper(),
            amount=Decimal(step["amount"]),
            price=None if step["price"] is None else Decimal(step["price"]),
            order_type=step["order_type"],
            time_in_force=step["time_in_force"],
            post_only=step["post_only"],
            good_for_seconds=_seconds(step["good_for"]),
        )
        label = step["order"]
        self._recorder.told(
            "call",
            call="place",
            order=label,
            market=order.market,
            side=order.side,
            amount=step["amount"],
            price=step["price"],
            order_type=order.order_type,
            time_in_force=order.time_in_force,
            post_only=order.post_only,
        )
        with recording_trouble(self._recorder, "place_raised"):
            client_order_id = not_async("place", self._adapter.place(order))
            if not isinstance(client_order_id, str):
                returned = type(client_order_id).__name__
                raise TypeError(f"place() returned {returned}, not a client order id (str)")
            self._ids[label] = client_order_id
            self._progress.order(client_order_id)
            self._recorder.told(
                "returned", call="place", order=label, client_order_id=client_order_id
            )
            self._recorder.run("label", order=label, client_order_id=client_order_id)

    def _cancel(self, step: Step) -> None:
        label = step.get("order")
        client_order_id = self._id(label) if label else step["client_order_id"]
        self._recorder.told("call", call="cancel", order=label, client_order_id=client_order_id)
        with recording_trouble(self._recorder, "cancel_raised"):
            cancel: Callable[[str], object] = self._adapter.cancel
            not_async("cancel", cancel(client_order_id))
            self._recorder.told(
                "returned", call="cancel", order=label, client_order_id=client_order_id
            )

    def _id(self, label: str) -> str:
        if label not in self._ids:
            raise Unmet(f"order {label} was never placed: placing it raised")
        return self._ids[label]

    # Waiting -----------------------------------------------------------------------------------

    async def _await(self, step: Step) -> str:
        count = step.get("count", 1)
        if "wire" in step:
            channel = step["wire"]
            count += self._progress.delivered[channel]

            def happened() -> bool:
                return bool(self._progress.delivered[channel] >= count)
        else:
            order = self._progress.order(self._id(step["order"]))
            counts, word = (
                (order.told, step["told"]) if "told" in step else (order.truth, step["truth"])
            )

            def happened() -> bool:
                return bool(counts[word] >= count)

        in_time = await self._progress.until(happened, step["bound"] / NANOSECONDS)
        return "done" if in_time else "expired"

    async def _wait(self, step: Step) -> None:
        await asyncio.sleep(step["for"] / NANOSECONDS)

    # The market --------------------------------------------------------------------------------

    async def _trade(self, step: Step) -> None:
        view = await self._live(step["order"])
        market = self._venue.market_of(view.symbol)
        lots = market.quantity_lots(Decimal(step["amount"]))
        self._apply(FillOrder(view.venue_order_id, lots))

    async def _end(self, step: Step) -> None:
        view = await self._live(step["order"])
        self._apply(EndOrder(view.venue_order_id, _ENDINGS[step["op"]]))

    def _rest(self, step: Step) -> None:
        self._stranger_order(step, OrderType.LIMIT, TimeInForce.GTC)

    def _sweep(self, step: Step) -> None:
        self._stranger_order(step, OrderType.MARKET, TimeInForce.IOC)

    def _stranger_order(self, step: Step, kind: OrderType, life: TimeInForce) -> None:
        market = self._venue.markets[step["market"]]
        self._strangers += 1
        price = step.get("price")
        self._venue.fund(STRANGER)
        self._apply(
            PlaceOrder(
                account=STRANGER,
                client_order_id=f"{STRANGER}-{self._strangers}",
                symbol=market.symbol,
                side=Side(step["side"]),
                order_type=kind,
                time_in_force=life,
                quantity_lots=market.quantity_lots(Decimal(step["amount"])),
                price_ticks=None if price is None else market.price_ticks(Decimal(price)),
            )
        )

    def _apply(self, command: Command) -> None:
        for report in self._venue.server.apply(command):
            if isinstance(report, Impossible):
                raise ImpossibleStep(report.why)

    async def _live(self, label: str) -> OrderView:
        """Return the order once truth knows it; raises Unmet when it is over or never comes."""
        client_order_id = self._id(label)
        order = self._progress.order(client_order_id)
        if not await self._progress.until(lambda: order.status is not None, TRUTH_BOUND_SECONDS):
            raise Unmet(f"order {label} did not reach the venue in {TRUTH_BOUND_SECONDS:g} s")
        view = self._venue.exchange.find(CLIENT, client_order_id)
        if view is None or not view.is_open:
            raise Unmet(f"order {label} is over: {order.status}")
        return view

    # Faults ------------------------------------------------------------------------------------

    async def _close(self, step: Step) -> None:
        self._faults.fire_once("close", channel=step["channel"], code=step["code"])
        await self._venue.server.close_channel(step["channel"], step["code"])

    def _heal(self, _step: Step) -> None:
        self._faults.heal()


def _seconds(nanoseconds: int | None) -> Decimal | None:
    return None if nanoseconds is None else Decimal(nanoseconds) / NANOSECONDS
