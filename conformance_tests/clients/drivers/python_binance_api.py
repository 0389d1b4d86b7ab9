"""python-binance's AsyncClient: the WebSocket API."""

from __future__ import annotations

from typing import Any

from binance.async_client import AsyncClient
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_orders import SYMBOL, legs, shown
from conformance_tests.clients.drivers.python_binance import point
from conformance_tests.clients.driving import Stage, refusals

LIMIT = {"symbol": SYMBOL, "timeInForce": "GTC"}


class Driver:
    """The `ws_` methods of `binance.async_client.AsyncClient`."""

    client: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.orders: dict[str, int] = {}

    async def start(self) -> None:
        """Make the client: it pings the venue and asks for its time."""
        kind = point(AsyncClient, self.stage)
        self.client = await kind.create(keys.HMAC_KEY, keys.HMAC_SECRET)

    async def stop(self) -> None:
        """Close the REST session; closing the other waits ten seconds for its next message."""
        await self.client.session.close()

    async def markets(self) -> Any:
        info = await self.client.ws_get_exchange_info(symbol=SYMBOL)
        return [one["symbol"] for one in info["symbols"]]

    async def account(self) -> Any:
        account = await self.client.ws_get_account()
        return [one["asset"] for one in account["balances"]]

    async def place_limit(self) -> Any:
        order = {"quantity": "0.1", "price": "21000", "newClientOrderId": "a"}
        made = await self.client.ws_order_limit_buy(symbol=SYMBOL, **order)
        self.orders["a"] = made["orderId"]
        return shown(made)

    async def open_orders(self) -> Any:
        orders = await self.client.ws_get_open_orders(symbol=SYMBOL)
        return [one["clientOrderId"] for one in orders]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.04")
        return await self.order()

    async def order(self) -> Any:
        return shown(await self.client.ws_get_order(symbol=SYMBOL, origClientOrderId="a"))

    async def cancel_replace(self) -> Any:
        answer = await self.client.ws_cancel_and_replace_order(
            **LIMIT,
            side="BUY",
            type="LIMIT",
            quantity="0.2",
            price="22000",
            cancelReplaceMode="STOP_ON_FAILURE",
            cancelOrigClientOrderId="a",
            newClientOrderId="b",
        )
        return [answer["cancelResult"], shown(answer["newOrderResponse"])]

    async def cancel(self) -> Any:
        canceled = await self.client.ws_cancel_order(symbol=SYMBOL, origClientOrderId="b")
        return canceled["status"]

    async def oco(self) -> Any:
        answer = await self.client.ws_create_oco_order(
            symbol=SYMBOL,
            side="BUY",
            quantity="0.1",
            aboveType="STOP_LOSS",
            aboveStopPrice="60000",
            belowType="LIMIT_MAKER",
            belowPrice="20000",
        )
        return legs(answer)

    async def oto(self) -> Any:
        answer = await self.client.ws_create_oto_order(
            symbol=SYMBOL,
            workingType="LIMIT",
            workingSide="BUY",
            workingPrice="20000",
            workingQuantity="0.1",
            workingTimeInForce="GTC",
            pendingType="MARKET",
            pendingSide="SELL",
            pendingQuantity="0.05",
        )
        return legs(answer)

    async def cancel_all(self) -> Any:
        return len(await self.client.ws_cancel_all_open_orders(symbol=SYMBOL))

    async def own_trades(self) -> Any:
        trades = await self.client.ws_get_my_trades(symbol=SYMBOL, limit=1)
        return [[one["price"], one["qty"]] for one in trades]

    async def order_book(self) -> Any:
        book = await self.client.ws_get_order_book(symbol=SYMBOL, limit=1)
        return [book["bids"], book["asks"]]

    async def candles(self) -> Any:
        candles = await self.client.ws_get_klines(symbol=SYMBOL, interval="1M")
        return candles[-1][1:6]

    async def insufficient_balance(self) -> Any:
        order = {"quantity": "1000", "price": "21000"}
        return await self.client.ws_order_limit_buy(symbol=SYMBOL, **order)

    async def unknown_order(self) -> Any:
        return await self.client.ws_cancel_order(symbol=SYMBOL, orderId=777777)

    async def bad_signature(self) -> Any:
        secret, self.client.API_SECRET = self.client.API_SECRET, "wrong"
        try:
            return await self.client.ws_get_account()
        finally:
            self.client.API_SECRET = secret

    async def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return await self.client.ws_get_account()

    async def too_many_requests(self) -> Any:
        """All tickers weigh 80 of the 6,000 that a minute has; whoever goes on is banned."""
        return await refusals(self.client.ws_get_ticker)
