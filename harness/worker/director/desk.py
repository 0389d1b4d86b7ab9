"""Steps of the desk: orders on the connector's account that the connector did not make."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.worker.director.scene import Op, Scene, Step, Unmet
from fillproof.harness.worker.keys import CLIENT
from fillproof.simulator.vocabulary.commands import AmendOrder, CancelOrder, Command, PlaceOrder
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import AmendRefused, CancelRefused, ExecutionReport

DESK = "desk"


class DeskSteps:
    """Places, cancels and amends as the account's owner may on another way."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._orders = 0
        self.ops: dict[str, Op] = {
            "desk_buy": self._place,
            "desk_sell": self._place,
            "desk_cancel": self._cancel,
            "desk_amend": self._amend,
        }

    def _place(self, step: Step) -> None:
        scene, label = self._scene, step["order"]
        market, price = scene.venue.markets[step["market"]], step.get("price")
        self._orders += 1
        client_order_id = f"{DESK}-{self._orders}"
        scene.name_foreign(label, client_order_id, by=DESK)
        self._ask(
            PlaceOrder(
                account=CLIENT,
                client_order_id=client_order_id,
                symbol=market.symbol,
                side=Side(step["op"].removeprefix("desk_").upper()),
                order_type=OrderType.MARKET if price is None else OrderType.LIMIT,
                time_in_force=TimeInForce.IOC if price is None else TimeInForce.GTC,
                quantity_lots=market.quantity_lots(Decimal(step["amount"])),
                price_ticks=None if price is None else market.price_ticks(Decimal(price)),
                self_trade_prevention=SelfTradePrevention(step["self_trade_prevention"]),
            )
        )

    async def _cancel(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        self._ask(CancelOrder(CLIENT, view.symbol, venue_order_id=view.venue_order_id))

    async def _amend(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        lots = self._scene.venue.market_of(view.symbol).quantity_lots(Decimal(step["amount"]))
        self._ask(AmendOrder(CLIENT, view.symbol, lots, venue_order_id=view.venue_order_id))

    def _ask(self, command: Command) -> None:
        """Have the venue carry it out; raises Unmet when it refuses, as it does to a client."""
        for report in self._scene.apply(command):
            match report:
                case (
                    AmendRefused(reason=reason)
                    | CancelRefused(reason=reason)
                    | ExecutionReport(execution_type=ExecutionType.REJECTED, reason=reason)
                ):
                    raise Unmet(f"the venue refused it to the desk: {reason}")
