"""Steps of the venue: what it does to orders, trades and markets by itself."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.worker.director.scene import TRUTH_BOUND_SECONDS, Op, Scene, Step, Unmet
from fillproof.harness.worker.keys import CLIENT
from fillproof.simulator.vocabulary.commands import (
    BustTrade,
    CorrectTrade,
    EndOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import MarketPhase

_ENDINGS = {"expire": "Expired", "reject": "Rejected"}


class VenueSteps:
    """Does what nobody asked for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ops: dict[str, Op] = {
            "expire": self._end,
            "reject": self._end,
            "restate": self._restate,
            "bust": self._bust,
            "correct": self._correct,
            "halt": self._phase,
            "open": self._phase,
        }

    async def _end(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        await self._scene.carry_out(EndOrder(view.venue_order_id, _ENDINGS[step["op"]]))

    async def _restate(self, step: Step) -> None:
        view = await self._scene.live_order(step["order"])
        lots = self._scene.venue.market_of(view.symbol).quantity_lots(Decimal(step["amount"]))
        await self._scene.carry_out(RestateOrder(view.venue_order_id, lots))

    async def _bust(self, step: Step) -> None:
        trade_id, _ = await self._trade(step)
        self._scene.apply(BustTrade(trade_id))

    async def _correct(self, step: Step) -> None:
        trade_id, market = await self._trade(step)
        amount, price = step.get("amount"), step.get("price")
        lots = None if amount is None else market.quantity_lots(Decimal(amount))
        ticks = None if price is None else market.price_ticks(Decimal(price))
        self._scene.apply(CorrectTrade(trade_id, lots, ticks))

    async def _trade(self, step: Step) -> tuple[int, Instrument]:
        """Return the trade that is meant, and its market, once it has been made."""
        scene, label, which = self._scene, step["order"], step["trade"]
        client_order_id = scene.client_order_id(label)
        order = scene.progress.order(client_order_id)
        made = await scene.progress.until(
            lambda: order.truth["Trade"] >= which, TRUTH_BOUND_SECONDS
        )
        view = scene.venue.exchange.find(CLIENT, client_order_id)
        if not made or view is None:
            raise Unmet(f"order {label} has no trade {which}")
        fills = scene.venue.exchange.fills(CLIENT, view.symbol)
        own = [fill for fill in fills if fill.venue_order_id == view.venue_order_id]
        if len(own) < which:
            raise Unmet(f"order {label} has no trade {which} any more")
        trade_id = own[which - 1].trade_id
        assert trade_id is not None, "a fill has a trade"
        return trade_id, scene.venue.market_of(view.symbol)

    def _phase(self, step: Step) -> None:
        market = self._scene.venue.markets[step["market"]]
        self._scene.apply(SetPhase(market.symbol, MarketPhase(step.get("phase", "TRADING"))))
