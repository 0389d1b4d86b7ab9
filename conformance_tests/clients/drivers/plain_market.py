"""What clients that hand over the venue's own answers are asked of the market."""

from __future__ import annotations

from typing import Any

from conformance_tests.clients.drivers.plain_orders import SYMBOL, PlainOrders


class PlainMarket(PlainOrders):
    """The steps that read the market and the account's history."""

    async def order_book(self) -> Any:
        book = await self._get(self.client.get_order_book(symbol=SYMBOL, limit=5))
        return [book["bids"], book["asks"]]

    async def trades(self) -> Any:
        trades = await self._get(self.client.get_recent_trades(symbol=SYMBOL))
        return [[one["price"], one["qty"], one["isBuyerMaker"]] for one in trades]

    async def old_trades(self) -> Any:
        old = await self._get(self.client.get_historical_trades(symbol=SYMBOL, limit=1))
        return [[one["price"], one["qty"]] for one in old]

    async def aggregate_trades(self) -> Any:
        trades = await self._get(self.client.get_aggregate_trades(symbol=SYMBOL))
        return [[one["p"], one["q"], one["m"]] for one in trades]

    async def tickers(self) -> Any:
        day = await self._get(self.client.get_ticker(symbol=SYMBOL))
        price = await self._get(self.client.get_symbol_ticker(symbol=SYMBOL))
        best = await self._get(self.client.get_orderbook_ticker(symbol=SYMBOL))
        return [day["lastPrice"], day["volume"], price["price"], best["bidPrice"], best["askPrice"]]

    async def window_ticker(self) -> Any:
        asked = self.client.get_symbol_ticker_window(symbol=SYMBOL, windowSize="1h")
        ticker = await self._get(asked)
        return [ticker["lastPrice"], ticker["volume"]]

    async def average_price(self) -> Any:
        return sorted(await self._get(self.client.get_avg_price(symbol=SYMBOL)))

    async def candles(self) -> Any:
        candles = await self._get(self.client.get_klines(symbol=SYMBOL, interval="1M"))
        return candles[-1][1:6]

    async def all_orders(self) -> Any:
        orders = await self._get(self.client.get_all_orders(symbol=SYMBOL))
        ours = [one for one in orders if len(one["clientOrderId"]) < 4]
        return {one["clientOrderId"]: one["status"] for one in ours}

    async def order_count(self) -> Any:
        counts = await self._get(self.client.get_current_order_count())
        return [[one["rateLimitType"], one["interval"], one["intervalNum"]] for one in counts]

    async def prevented_matches(self) -> Any:
        """Two orders of one account would trade with each other: the taker's word decides."""
        await self._place("mine", "SELL", "0.1", price="29600")
        stp = {"selfTradePreventionMode": "EXPIRE_TAKER"}
        made = await self._place("self", "BUY", "0.1", price="29600", **stp)
        asked = self.client.get_prevented_matches(symbol=SYMBOL, orderId=self.orders["self"])
        prevented = await self._get(asked)
        facts = ("selfTradePreventionMode", "price", "takerPreventedQuantity")
        return [made["status"], [[one.get(fact) for fact in facts] for one in prevented]]
