"""What clients that hand over the venue's own answers are asked to do over REST.

The calls have python-binance's names; another client's driver spells them in its own. The steps
are those of plain_orders.py, then those of plain_market.py, then what the venue refuses.
"""

from __future__ import annotations

from typing import Any

from conformance_tests.clients.drivers.plain_market import PlainMarket
from conformance_tests.clients.drivers.plain_orders import LIMIT, SYMBOL
from conformance_tests.clients.driving import described, refusals


class PlainRest(PlainMarket):
    """All steps; `client` is set when the driver starts."""

    async def insufficient_balance(self) -> Any:
        return await self._place("x", "BUY", "1000", price="29000")

    async def unknown_order(self) -> Any:
        return await self._fetched("nobody")

    async def cancel_of_an_unknown_order(self) -> Any:
        return await self._get(self.client.cancel_order(symbol=SYMBOL, orderId=777777))

    async def duplicate_id(self) -> Any:
        await self._place("twice", "BUY", "0.1", price="20000")
        return await self._place("twice", "BUY", "0.1", price="20000")

    async def post_only_that_would_match(self) -> Any:
        return await self._place(
            "y", "BUY", "0.1", price="34000", type="LIMIT_MAKER", timeInForce=None
        )

    async def stop_that_would_trigger(self) -> Any:
        return await self._place(
            "z", "SELL", "0.1", type="STOP_LOSS_LIMIT", price="30000", stopPrice="34500"
        )

    async def off_tick(self) -> Any:
        return await self._place("tick", "BUY", "0.1", price="20000.001")

    async def below_the_minimum_quantity(self) -> Any:
        return await self._place("small", "BUY", "0.00001", price="20000")

    async def below_the_minimum_notional(self) -> Any:
        return await self._place("cheap", "BUY", "0.0001", price="1000")

    async def unknown_symbol(self) -> Any:
        return await self._get(self.client.get_order_book(symbol="NOSUCH"))

    async def missing_parameter(self) -> Any:
        return await self._place("none", "BUY", "0.1")

    async def cancel_replace_of_an_unknown_order(self) -> Any:
        order = {**LIMIT, "side": "BUY", "quantity": "1", "price": "20000", "cancelOrderId": 777777}
        asked = self.client.cancel_replace_order(**order, cancelReplaceMode="STOP_ON_FAILURE")
        return await self._get(asked)

    async def bad_signature(self) -> Any:
        secret, self.client.API_SECRET = self.client.API_SECRET, "wrong"
        try:
            return await self._get(self.client.get_account())
        finally:
            self.client.API_SECRET = secret

    async def too_many_requests(self) -> Any:
        """All tickers weigh 80 of the 6,000 that a minute has; whoever goes on is banned."""
        return await refusals(self.client.get_ticker, self._described)

    async def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return await self._get(self.client.get_account())

    def _described(self, error: Exception) -> str:
        return described(error)
