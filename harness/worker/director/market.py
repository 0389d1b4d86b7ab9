"""Steps of the market: counterparties and strangers."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.worker.director.scene import Op, Scene, Step
from fillproof.simulator.vocabulary.commands import FillOrder, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

STRANGER = "stranger"


class MarketSteps:
    """Trades with the connector's orders and beside them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._strangers = 0
        self.ops: dict[str, Op] = {"trade": self._trade, "rest": self._rest, "sweep": self._sweep}

    async def _trade(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        market = self._scene.venue.market_of(view.symbol)
        lots = market.quantity_lots(Decimal(step["amount"]))
        await self._scene.carry_out(FillOrder(view.venue_order_id, lots))

    async def _rest(self, step: Step) -> None:
        await self._stranger_order(step, OrderType.LIMIT, TimeInForce.GTC)

    async def _sweep(self, step: Step) -> None:
        await self._stranger_order(step, OrderType.MARKET, TimeInForce.IOC)

    async def _stranger_order(self, step: Step, kind: OrderType, life: TimeInForce) -> None:
        market = self._scene.venue.markets[step["market"]]
        self._strangers += 1
        price = step.get("price")
        self._scene.venue.fund(STRANGER)
        await self._scene.carry_out(
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
